// Accounts, passwords, tokens and sessions over a socket.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <deque>

#include "engine/runtime/audit.h"
#include "engine/runtime/digest.h"
#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using adapters::http::HttpSettings;

HttpSettings cheap() {
    HttpSettings settings;
    settings.password_cost = {1, std::size_t{8} << 20};
    return settings;
}

std::string sign_in_body(const std::string& account, const std::string& password) {
    return json::serialize(json::object{{"account", account}, {"password", password}});
}

struct HttpAccounts : testing::Test {
    Daemon daemon{cheap()};
    Client admin = daemon.as("admin", "en");

    Reply set_password(const std::string& account, const std::string& password) {
        return admin.post(
            "/api/v1/accounts/" + account + "/password",
            json::serialize(json::object{{"password", password}, {"must_change", false}}));
    }
    Reply sign_in(const std::string& account, const std::string& password) {
        return daemon.anybody().post("/api/v1/session", sign_in_body(account, password));
    }
    Client by(const std::string& token) { return Client(daemon.server->port(), token, "en"); }
    // What the store holds, everything anybody could find in a copy of it.
    std::string everything() {
        auto reader = daemon.store.reader().value();
        const auto rows = reader->history("directory", 0, 1000).value();
        const auto accounts = reader->accounts().value();
        std::string text;
        for (const auto& row : rows) text += row.body;
        for (const auto& row : accounts) {
            const auto tokens = reader->tokens_of(row.id).value();
            text += row.body;
            for (const auto& token : tokens) text += token.hash;
        }
        return text;
    }
};

TEST_F(HttpAccounts, AnAccountIsMadeGivenAPasswordAndSignsIn) {
    const auto made = admin.post("/api/v1/accounts",
                                 R"({"account": "liu", "roles": ["mediator"], "person": "wang"})");
    ASSERT_EQ(made.status, 200) << made.body;
    EXPECT_EQ(sign_in("liu", "not set yet").status, 401);
    ASSERT_EQ(set_password("liu", "correct horse").status, 200);
    const auto in = sign_in("liu", "correct horse");
    ASSERT_EQ(in.status, 201) << in.body;
    const std::string token(in.json().at("token").as_string());
    EXPECT_EQ(in.json().at("expires_at"), "2026-03-03T22:00:00+08:00");
    EXPECT_EQ(by(token).get("/api/v1/me").json().at("account"), "liu");
    EXPECT_EQ(sign_in("liu", "correct horsf").status, 401);
    EXPECT_EQ(by(token).call("DELETE", "/api/v1/session", {}).status, 200);
    EXPECT_EQ(by(token).get("/api/v1/me").status, 401);
    const auto all = everything();
    EXPECT_EQ(all.find("correct horse"), std::string::npos);
    EXPECT_EQ(all.find(token), std::string::npos);
    EXPECT_EQ(daemon.store.reader().value()->history("directory", 0, 10).value().size(), 2U);
    EXPECT_TRUE(engine::runtime::verify(*daemon.store.reader().value())->breaks.empty());
}

TEST_F(HttpAccounts, OnlyAdministratorsMayChangeThem) {
    for (const std::string who : {"chen", "he", "wang", "qian", "auditor"}) {
        auto client = daemon.as(who);
        EXPECT_EQ(client.get("/api/v1/accounts").status, 403) << who;
        EXPECT_EQ(client.get("/api/v1/accounts/acc-wang/tokens").status, 403) << who;
        for (const std::string below :
             {"", "/acc-gone/roles", "/acc-gone/password", "/acc-gone/disable", "/acc-gone/enable",
              "/acc-gone/tokens", "/acc-gone/tokens/revoke", "/acc-gone/unlock",
              "/acc-gone/sign-out"})
            EXPECT_EQ(client.post("/api/v1/accounts" + below, "{}").status, 403) << who << below;
    }
}

TEST_F(HttpAccounts, AListShowsNoSecret) {
    ASSERT_EQ(set_password("acc-wang", "correct horse").status, 200);
    const auto list = admin.get("/api/v1/accounts");
    ASSERT_EQ(list.status, 200);
    EXPECT_EQ(list.body.find("argon2"), std::string::npos);
    const auto body = list.json();
    bool found = false;
    for (const auto& item : body.at("items").as_array()) {
        if (item.at("account") != "acc-wang") continue;
        found = true;
        EXPECT_EQ(item.at("has_password"), true);
        EXPECT_EQ(item.at("tokens"), 1);
        EXPECT_EQ(item.at("roles"), json::value({"duty_officer"}));
    }
    EXPECT_TRUE(found);
}

TEST_F(HttpAccounts, FaultyAccountsAreRefusedByField) {
    const auto field = [&](const std::string& body) {
        const auto reply = admin.post("/api/v1/accounts", body);
        EXPECT_EQ(reply.status, 422) << body << reply.body;
        return std::string(reply.json().at("errors").at(0).at("field").as_string());
    };
    EXPECT_EQ(field(R"({"account": "x"})"), "roles");
    EXPECT_EQ(field(R"({"account": "x", "roles": ["boss"]})"), "roles.0");
    EXPECT_EQ(field(R"({"account": "x", "roles": ["department"]})"), "department");
    EXPECT_EQ(field(R"({"account": "x", "roles": ["enterprise_union"]})"), "enterprise");
    EXPECT_EQ(field(R"({"account": "x/y", "roles": ["auditor"]})"), "account");
    EXPECT_EQ(field(R"({"account": "x", "roles": ["auditor"], "person": "nobody"})"), "person");
    const auto taken =
        admin.post("/api/v1/accounts", R"({"account": "acc-wang", "roles": ["auditor"]})");
    EXPECT_EQ(taken.status, 409);
    EXPECT_EQ(taken.json().at("errors").at(0).at("code"), "account.taken");
    EXPECT_EQ(admin.post("/api/v1/accounts/nobody/disable", "{}").status, 404);
    EXPECT_EQ(set_password("nobody", "correct horse").status, 404);
    EXPECT_EQ(set_password("acc-wang", "short").status, 422);
    const auto last = admin.post("/api/v1/accounts/acc-admin/disable", "{}");
    EXPECT_EQ(last.status, 422);
    EXPECT_EQ(last.json().at("errors").at(0).at("code"), "account.last_administrator");
}

TEST_F(HttpAccounts, ADisabledAccountIsOutAtOnce) {
    auto wang = daemon.as("wang");
    ASSERT_EQ(set_password("acc-wang", "correct horse").status, 200);
    auto session =
        by(std::string(sign_in("acc-wang", "correct horse").json().at("token").as_string()));
    ASSERT_EQ(wang.get("/api/v1/me").status, 200);
    ASSERT_EQ(session.get("/api/v1/me").status, 200);
    ASSERT_EQ(admin.post("/api/v1/accounts/acc-wang/disable", "{}").status, 200);
    // On the connections that were open already.
    EXPECT_EQ(wang.get("/api/v1/me").status, 401);
    EXPECT_EQ(session.get("/api/v1/me").status, 401);
    EXPECT_EQ(sign_in("acc-wang", "correct horse").status, 401);
    ASSERT_EQ(admin.post("/api/v1/accounts/acc-wang/enable", "{}").status, 200);
    EXPECT_EQ(wang.get("/api/v1/me").status, 200);
    EXPECT_EQ(session.get("/api/v1/me").status, 401);
}

TEST_F(HttpAccounts, TokensAreShownOnceAndEndAtTheirTime) {
    const auto made = admin.post("/api/v1/accounts/acc-wang/tokens",
                                 R"({"token": "pager", "expires_at": "2026-03-03T11:00:00+08:00"})",
                                 {{"Idempotency-Key", "k1"}});
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string token(made.json().at("token").as_string());
    // Not under a key either: nothing of it is kept.
    EXPECT_FALSE(daemon.store.reader().value()->answer("acc-admin", "k1").value().has_value());
    EXPECT_EQ(everything().find(token), std::string::npos);
    auto pager = by(token);
    EXPECT_EQ(pager.get("/api/v1/me").json().at("account"), "acc-wang");
    EXPECT_EQ(pager.call("DELETE", "/api/v1/session", {}).status, 409);
    const auto tokens = admin.get("/api/v1/accounts/acc-wang/tokens");
    EXPECT_EQ(tokens.body.find(engine::runtime::sha256_hex(token)), std::string::npos);
    EXPECT_EQ(tokens.json().at("items").as_array().size(), 2U);
    daemon.clock.turn(1h);
    EXPECT_EQ(pager.get("/api/v1/me").status, 401);
    ASSERT_EQ(admin.post("/api/v1/accounts/acc-wang/tokens/revoke", R"({"token": "test"})").status,
              200);
    EXPECT_EQ(daemon.as("wang").get("/api/v1/me").status, 401);
    EXPECT_EQ(admin.post("/api/v1/accounts/acc-wang/tokens/revoke", R"({"token": "test"})").status,
              404);
}

TEST_F(HttpAccounts, TheLastDayOfATokenIsNoted) {
    daemon.as("wang").get("/api/v1/me");
    daemon.as("wang").get("/api/v1/me");
    // The note is a submission without anybody waiting: the next change comes after it.
    ASSERT_EQ(set_password("acc-wang", "correct horse").status, 200);
    const auto tokens = admin.get("/api/v1/accounts/acc-wang/tokens").json();
    EXPECT_EQ(tokens.at("items").at(0).at("used_on"), "2026-03-03");
}

TEST_F(HttpAccounts, OnesOwnPasswordIsChangedByKnowingTheOneBefore) {
    ASSERT_EQ(set_password("acc-wang", "correct horse").status, 200);
    auto session =
        by(std::string(sign_in("acc-wang", "correct horse").json().at("token").as_string()));
    const auto change = [&](const std::string& before) {
        return session.post("/api/v1/accounts/acc-wang/password",
                            json::serialize(json::object{{"password", "battery staple"},
                                                         {"old_password", before}}));
    };
    EXPECT_EQ(change("guess").code(), "wrong_password");
    ASSERT_EQ(change("correct horse").status, 200);
    EXPECT_EQ(session.get("/api/v1/me").status, 401);  // signed in with the one before
    EXPECT_EQ(sign_in("acc-wang", "correct horse").status, 401);
    EXPECT_EQ(sign_in("acc-wang", "battery staple").status, 201);
}

TEST_F(HttpAccounts, SessionsOfOneAccountAreFew) {
    ASSERT_EQ(set_password("acc-wang", "correct horse").status, 200);
    std::vector<std::string> tokens;
    for (int i = 0; i < 11; ++i) {
        daemon.clock.turn(1s);
        tokens.emplace_back(sign_in("acc-wang", "correct horse").json().at("token").as_string());
    }
    EXPECT_EQ(by(tokens[0]).get("/api/v1/me").status, 401);
    EXPECT_EQ(by(tokens[1]).get("/api/v1/me").status, 200);
    EXPECT_EQ(by(tokens[10]).get("/api/v1/me").status, 200);
    daemon.clock.turn(12h);
    EXPECT_EQ(by(tokens[10]).get("/api/v1/me").status, 401);
}

TEST(HttpSignIn, IsThrottledByAccountAndByAddress) {
    auto settings = cheap();
    settings.sign_in_failures = {3, 1h};
    settings.sign_in_failures_from = {5, 1h};
    Daemon daemon(settings);
    const auto sign_in = [&](const std::string& account, const std::string& password) {
        return daemon.anybody().post("/api/v1/session", sign_in_body(account, password));
    };
    ASSERT_EQ(daemon.as("admin")
                  .post("/api/v1/accounts/acc-wang/password", R"({"password": "correct horse"})")
                  .status,
              200);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in("acc-wang", "correct horse").status, 201) << i;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(sign_in("acc-wang", "guess").status, 401) << i;
    const auto held = sign_in("acc-wang", "correct horse");
    EXPECT_EQ(held.status, 429);
    EXPECT_EQ(held.code(), "too_many");
    EXPECT_GT(std::stoi(held.field("retry-after")), 3000);
    EXPECT_EQ(sign_in("acc-qian", "guess").status, 401);
    EXPECT_EQ(sign_in("nobody", "guess").status, 401);
    EXPECT_EQ(sign_in("acc-admin", "guess").status, 429);        // the address has had its five
    EXPECT_EQ(daemon.as("wang").get("/api/v1/me").status, 200);  // tokens are not guessed
}

TEST(HttpSignIn, MoreThanCanWaitAreToldToComeBackAndOthersAreServed) {
    auto settings = cheap();
    settings.password_cost = {20, std::size_t{64} << 20};
    settings.passwords_at_once = 1;
    settings.passwords_waiting = 1;
    Daemon daemon(settings);
    std::deque<Client> clients;
    for (int i = 0; i < 6; ++i) {
        clients.emplace_back(daemon.server->port());
        auto& client = clients.back();
        client.send(client.message("POST", "/api/v1/session", sign_in_body("nobody", "guess")));
    }
    // While passwords are checked the thread that serves everybody is free.
    EXPECT_EQ(daemon.as("wang").get("/api/v1/me").status, 200);
    int wrong = 0, busy = 0;
    for (auto& client : clients) {
        const auto reply = client.receive();
        if (reply.status == 401) ++wrong;
        if (reply.status == 503) {
            ++busy;
            EXPECT_FALSE(reply.field("retry-after").empty());
        }
    }
    EXPECT_GE(wrong, 2);
    EXPECT_EQ(wrong + busy, 6);
    EXPECT_GE(busy, 1);
}

TEST(HttpSignIn, WhileNoPasswordCanBeCheckedFiguresAreCounted) {
    auto settings = cheap();
    settings.password_cost = {20, std::size_t{64} << 20};
    settings.passwords_at_once = 1;
    settings.passwords_waiting = 0;
    Daemon daemon(settings);
    Client first(daemon.server->port());
    first.send(first.message("POST", "/api/v1/session", sign_in_body("nobody", "guess")));
    EXPECT_EQ(daemon.as("wang").get("/api/v1/me").status, 200);
    EXPECT_EQ(daemon.as("qian").get("/api/v1/reports/headline").status, 200);
    EXPECT_EQ(daemon.anybody().post("/api/v1/session", sign_in_body("nobody", "guess")).status, 503)
        << "the first was not under way any more: this says nothing";
    EXPECT_EQ(first.receive().status, 401);
}

}  // namespace
}  // namespace jinqiao::tests
