// Signing in as browsers do, what keeps their sessions to themselves, and what is noted of it.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "engine/runtime/audit.h"
#include "tests/e2e/http/daemon.h"
#include "tests/support/leave_setting.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using Fields = Client::Fields;

adapters::http::HttpSettings quick(int lock_after = 3) {
    adapters::http::HttpSettings settings;
    settings.password_cost = {1, std::size_t{8} << 20};
    settings.lock_after = lock_after;
    settings.public_url = "http://zone.test";
    return settings;
}

struct HttpBrowser : testing::Test {
    Daemon daemon{quick()};
    Client admin = daemon.as("admin", "en");
    const std::pair<std::string, std::string> ours{"Origin", "http://zone.test"};

    void SetUp() override { give("acc-wang", false); }
    void give(const std::string& account, bool must_change) {
        ASSERT_EQ(admin
                      .post("/api/v1/accounts/" + account + "/password",
                            json::serialize(json::object{{"password", "correct horse"},
                                                         {"must_change", must_change}}))
                      .status,
                  200);
    }
    Reply sign_in(json::object body, const Fields& more = {}) {
        if (!body.contains("account")) body["account"] = "acc-wang";
        if (!body.contains("password")) body["password"] = "correct horse";
        return daemon.anybody().post("/api/v1/session", json::serialize(body), more);
    }
    // The Cookie field a browser would send from then on.
    std::pair<std::string, std::string> cookie_of(const Reply& reply) {
        const auto field = reply.field("set-cookie");
        return {"Cookie", field.substr(0, field.find(';'))};
    }
    json::array sign_ins(Client client, const std::string& query = {}) {
        const auto reply = client.get("/api/v1/sign-ins" + query);
        EXPECT_EQ(reply.status, 200) << reply.body;
        return reply.json().at("items").as_array();
    }
};

TEST_F(HttpBrowser, IsGivenACookieAndNoTokenAScriptCouldRead) {
    const auto in = sign_in({{"cookie", true}}, {ours});
    ASSERT_EQ(in.status, 201) << in.body;
    EXPECT_FALSE(in.json().as_object().contains("token"));
    EXPECT_EQ(in.body.find("js_"), std::string::npos);
    const auto given = in.field("set-cookie");
    EXPECT_NE(given.find("jinqiao=js_"), std::string::npos);
    EXPECT_NE(given.find("; HttpOnly; SameSite=Strict"), std::string::npos);
    auto browser = daemon.anybody();
    EXPECT_EQ(browser.get("/api/v1/me", {cookie_of(in)}).json().at("account"), "acc-wang");
    const auto out = browser.call("DELETE", "/api/v1/session", {}, {cookie_of(in), ours});
    ASSERT_EQ(out.status, 200) << out.body;
    EXPECT_NE(out.field("set-cookie").find("Max-Age=0"), std::string::npos);
    const auto after = browser.get("/api/v1/me", {cookie_of(in)});
    EXPECT_EQ(after.status, 401);
    EXPECT_NE(after.field("set-cookie").find("Max-Age=0"), std::string::npos);
}

TEST_F(HttpBrowser, ItsCookieIsSecureWherePeopleComeByTls) {
    auto settings = quick();
    settings.public_url = "https://zone.test";
    Daemon secure(settings);
    ASSERT_EQ(secure.as("admin")
                  .post("/api/v1/accounts/acc-wang/password",
                        R"({"password": "correct horse", "must_change": false})")
                  .status,
              200);
    const auto in = secure.anybody().post(
        "/api/v1/session",
        R"({"account": "acc-wang", "password": "correct horse", "cookie": true})",
        {{"Origin", "https://zone.test"}});
    EXPECT_EQ(in.field("set-cookie").find("__Host-jinqiao=js_"), 0u) << in.body;
    EXPECT_NE(in.field("set-cookie").find("; Secure"), std::string::npos);
}

TEST_F(HttpBrowser, AnotherSitesPageDoesNothingInItsName) {
    const auto in = sign_in({{"cookie", true}}, {ours});
    const auto cookie = cookie_of(in);
    const auto filed = [&] {
        return daemon.as("auditor").get("/api/v1/cases").json().at("items").as_array().size();
    };
    const auto alert = json::serialize(leave_alert(3));
    auto browser = daemon.anybody();
    for (const Fields& from :
         {Fields{cookie}, Fields{cookie, {"Origin", "https://evil.example"}},
          Fields{cookie, {"Sec-Fetch-Site", "cross-site"}},
          Fields{cookie, {"Sec-Fetch-Site", "same-site"}}, Fields{cookie, {"Origin", "null"}},
          Fields{cookie, {"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "same-origin"}}}) {
        const auto reply = browser.post("/api/v1/alerts", alert, from);
        EXPECT_EQ(reply.status, 403) << reply.body;
        EXPECT_EQ(reply.code(), "cross_site");
        EXPECT_EQ(browser.call("DELETE", "/api/v1/session", {}, from).status, 403);
    }
    EXPECT_EQ(filed(), 0u);
    EXPECT_EQ(browser.get("/api/v1/me", {cookie, {"Sec-Fetch-Site", "cross-site"}}).status, 403);
    EXPECT_EQ(browser.get("/api/v1/me", {cookie}).status, 200);  // and the session lasts
    EXPECT_EQ(browser
                  .post("/api/v1/people/wang/contacts/confirm", "{}",
                        {cookie, {"Sec-Fetch-Site", "same-origin"}})
                  .status,
              200);
}

TEST_F(HttpBrowser, NobodyIsSignedInAsSomebodyElseByAnotherSite) {
    const auto trap = sign_in({{"cookie", true}}, {{"Origin", "https://evil.example"}});
    EXPECT_EQ(trap.code(), "cross_site");
    EXPECT_EQ(trap.field("set-cookie"), "");
}

TEST_F(HttpBrowser, ACookieCarriesNoTokenThatLasts) {
    EXPECT_EQ(daemon.anybody().get("/api/v1/me", {{"Cookie", "jinqiao=token-wang"}}).status, 401);
    // What the writer of a request says goes before what a browser adds.
    const auto in = sign_in({{"cookie", true}}, {ours});
    EXPECT_EQ(daemon.as("qian").get("/api/v1/me", {cookie_of(in)}).json().at("account"),
              "acc-qian");
    EXPECT_EQ(Client(daemon.server->port(), "wrong").get("/api/v1/me", {cookie_of(in)}).status,
              401);
}

TEST_F(HttpBrowser, WatchesByItsCookieUntilItIsSignedOut) {
    const auto in = sign_in({{"cookie", true}}, {ours});
    auto watching = daemon.anybody();
    watching.send(watching.message("GET", "/api/v1/stream", {}, {cookie_of(in)}));
    EXPECT_TRUE(watching.hears("text/event-stream"));
    daemon.file();
    EXPECT_TRUE(watching.hears("event: "));
}

TEST_F(HttpBrowser, SigningOutEverywhereEndsEverySignInAndNoToken) {
    const auto first = sign_in({{"cookie", true}}, {ours});
    const auto second = sign_in({});
    Client other(daemon.server->port(), text(second.json(), "token"));
    EXPECT_EQ(daemon.as("qian").post("/api/v1/accounts/acc-wang/sign-out", "{}").status, 403);
    const auto out =
        daemon.anybody().post("/api/v1/accounts/acc-wang/sign-out", "{}", {cookie_of(first), ours});
    EXPECT_EQ(out.status, 200) << out.body;
    EXPECT_EQ(other.get("/api/v1/me").status, 401);
    EXPECT_EQ(daemon.anybody().get("/api/v1/me", {cookie_of(first)}).status, 401);
    EXPECT_EQ(daemon.as("wang").get("/api/v1/me").status, 200);
    const auto third = sign_in({});
    EXPECT_EQ(admin.post("/api/v1/accounts/acc-wang/sign-out", "{}").status, 200);
    EXPECT_EQ(Client(daemon.server->port(), text(third.json(), "token")).get("/api/v1/me").status,
              401);
    EXPECT_EQ(admin.post("/api/v1/accounts/nobody/sign-out", "{}").status, 404);
}

TEST_F(HttpBrowser, WrongPasswordsInARowLockUntilSomebodyUnlocks) {
    const auto before = sign_in({});
    Client working(daemon.server->port(), text(before.json(), "token"));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(sign_in({{"password", "guess"}}).status, 401);
    const auto right = sign_in({});
    EXPECT_EQ(right.status, 401);
    EXPECT_EQ(right.code(), "sign_in_failed");  // as any other failure
    EXPECT_EQ(working.get("/api/v1/me").status, 200);
    EXPECT_EQ(daemon.as("wang").get("/api/v1/me").status, 200);
    bool locked = false;
    const auto accounts = admin.get("/api/v1/accounts").json();
    for (const auto& item : accounts.at("items").as_array())
        if (item.at("account") == "acc-wang") locked = item.at("locked").as_bool();
    EXPECT_TRUE(locked);
    EXPECT_EQ(working.post("/api/v1/accounts/acc-wang/unlock", "{}").status, 403);
    ASSERT_EQ(admin.post("/api/v1/accounts/acc-wang/unlock", "{}").status, 200);
    EXPECT_EQ(sign_in({}).status, 201);
    const auto rows = daemon.store.reader().value()->history("directory", 0, 100).value();
    std::string record;
    for (const auto& row : rows) record += row.body;
    EXPECT_NE(record.find("lock_account"), std::string::npos);
    EXPECT_NE(record.find("unlock_account"), std::string::npos);
    EXPECT_TRUE(engine::runtime::verify(*daemon.store.reader().value())->breaks.empty());
}

TEST_F(HttpBrowser, AttemptsAreShownToWhoseTheyAreAndToAdministrators) {
    EXPECT_EQ(sign_in({{"password", "guess"}}).status, 401);
    EXPECT_EQ(sign_in({{"account", "hunter2"}}).status, 401);
    daemon.clock.turn(1min);
    EXPECT_EQ(sign_in({}).status, 201);
    const auto own = sign_ins(daemon.as("wang", "en"));
    ASSERT_EQ(own.size(), 2u);
    EXPECT_EQ(own[0].at("outcome"), "signed_in");
    EXPECT_EQ(own[0].at("at"), "2026-03-03T10:01:00+08:00");
    EXPECT_EQ(own[0].at("from"), "127.0.0.*");
    EXPECT_EQ(own[1].at("outcome"), "wrong_password");
    EXPECT_EQ(own[1].at("outcome_text"), "en:sign_in.wrong_password");
    EXPECT_TRUE(sign_ins(daemon.as("qian")).empty());
    EXPECT_EQ(daemon.as("qian").get("/api/v1/sign-ins?account=acc-wang").status, 403);
    EXPECT_EQ(sign_ins(daemon.as("admin")).size(), 2u);
    EXPECT_EQ(sign_ins(daemon.as("admin"), "?account=acc-wang").size(), 2u);
    EXPECT_TRUE(sign_ins(daemon.as("admin"), "?account=acc-qian").empty());
    EXPECT_EQ(admin.get("/api/v1/sign-ins?acount=acc-wang").status, 400);
}

TEST_F(HttpBrowser, APasswordAnotherChoseOpensTheWayToOnesOwnAndNothingElse) {
    give("acc-admin", false);
    give("acc-wang", true);
    const auto in = sign_in({});
    ASSERT_EQ(in.status, 201);
    EXPECT_EQ(in.json().at("must_change"), true);
    Client session(daemon.server->port(), text(in.json(), "token"), "en");
    EXPECT_EQ(session.get("/api/v1/me").json().at("must_change"), true);
    for (const auto* path :
         {"/api/v1/cases", "/api/v1/tasks", "/api/v1/stream", "/api/v1/sign-ins"})
        EXPECT_EQ(session.get(path).code(), "password_change_required") << path;
    EXPECT_EQ(session.post("/api/v1/alerts", "{}").code(), "password_change_required");
    const auto change = [&](const std::string& to) {
        return session.post(
            "/api/v1/accounts/acc-wang/password",
            json::serialize(json::object{{"password", to}, {"old_password", "correct horse"}}));
    };
    EXPECT_EQ(change("correct horse").status, 422);
    ASSERT_EQ(change("battery staple").status, 200);
    const auto again = sign_in({{"password", "battery staple"}});
    EXPECT_EQ(again.json().at("must_change"), false);
    Client own(daemon.server->port(), text(again.json(), "token"));
    EXPECT_EQ(own.get("/api/v1/cases").status, 200);
    EXPECT_EQ(daemon.as("wang").get("/api/v1/cases").status, 200);
}

// An administrator whose own password somebody else chose must not first choose those of others.
TEST_F(HttpBrowser, AdministratorsAreKeptAtTheDoorAsWell) {
    ASSERT_EQ(admin.post("/api/v1/accounts", R"({"account": "second", "roles": ["administrator"]})")
                  .status,
              200);
    give("second", true);
    const auto in = sign_in({{"account", "second"}});
    Client session(daemon.server->port(), text(in.json(), "token"));
    EXPECT_EQ(
        session.post("/api/v1/accounts/acc-wang/password", R"({"password": "0123456789"})").code(),
        "password_change_required");
    EXPECT_EQ(
        session.post("/api/v1/accounts/second/password", R"({"password": "correct horse"})").status,
        422);
    EXPECT_EQ(session.post("/api/v1/accounts/second/password", R"({"password": "battery staple"})")
                  .status,
              200);
    EXPECT_EQ(
        sign_in({{"account", "second"}, {"password", "battery staple"}}).json().at("must_change"),
        false);
}

}  // namespace
}  // namespace jinqiao::tests
