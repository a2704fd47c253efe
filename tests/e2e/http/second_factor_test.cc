// A code beside the password, from making it to losing it.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/http/totp.h"
#include "engine/runtime/audit.h"
#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

adapters::http::HttpSettings asked_of_supervisors() {
    adapters::http::HttpSettings settings;
    settings.password_cost = {1, std::size_t{8} << 20};
    settings.second_factor = {"supervisor"};
    settings.lock_after = 4;
    settings.zone_name = "zone";
    return settings;
}

std::string bytes_of_base32(const std::string& text) {
    const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    unsigned held = 0, bits = 0;
    for (const char c : text) {
        held = held << 5 | static_cast<unsigned>(letters.find(c));
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>(held >> bits & 255U);
    }
    return out;
}

struct HttpSecondFactor : testing::Test {
    Daemon daemon{asked_of_supervisors()};
    Client admin = daemon.as("admin", "en");
    std::string secret;
    std::vector<std::string> recovery;

    void SetUp() override {
        for (const std::string name : {"acc-qian", "acc-wang"})
            ASSERT_EQ(admin
                          .post("/api/v1/accounts/" + name + "/password",
                                R"({"password": "correct horse", "must_change": false})")
                          .status,
                      200);
    }
    Reply sign_in(const std::string& code = {}, const std::string& account = "acc-qian") {
        json::object body{{"account", account}, {"password", "correct horse"}};
        if (!code.empty()) body["code"] = code;
        return daemon.anybody().post("/api/v1/session", json::serialize(body));
    }
    Client session(const Reply& in) {
        EXPECT_EQ(in.status, 201) << in.body;
        return Client(daemon.server->port(), text(in.json(), "token"), "en");
    }
    std::string code(std::int64_t steps = 0) {
        const auto now = engine::time::to_ms(daemon.clock.now()) / 30'000;
        return adapters::http::totp_code(secret, now + steps);
    }
    Reply offer(Client& client, const std::string& password = "correct horse") {
        auto reply = client.post("/api/v1/me/second-factor",
                                 json::serialize(json::object{{"password", password}}));
        if (reply.status == 201) secret = bytes_of_base32(text(reply.json(), "secret"));
        return reply;
    }
    Reply confirm(Client& client, const std::string& shown) {
        auto reply = client.post("/api/v1/me/second-factor/confirm",
                                 json::serialize(json::object{{"code", shown}}));
        if (reply.status == 200) {
            const auto body = reply.json();
            for (const auto& one : body.at("recovery_codes").as_array())
                recovery.emplace_back(one.as_string());
        }
        return reply;
    }
    void enrol() {
        auto client = session(sign_in());
        ASSERT_EQ(offer(client).status, 201);
        const auto done = confirm(client, code());
        ASSERT_EQ(done.status, 200) << done.body;
    }
    std::string everything() {
        auto reader = daemon.store.reader().value();
        std::string out;
        const auto rows = reader->history("directory", 0, 1000).value();
        for (const auto& row : rows) out += row.body;
        const auto accounts = reader->accounts().value();
        for (const auto& row : accounts) out += row.body;
        return out;
    }
};

TEST_F(HttpSecondFactor, WhoNeedsOneMakesItBeforeAnythingElse) {
    const auto in = sign_in();
    EXPECT_EQ(in.json().at("must_enrol"), true);
    auto client = session(in);
    EXPECT_EQ(client.get("/api/v1/cases").code(), "second_factor_required");
    EXPECT_EQ(client.get("/api/v1/me").json().at("must_enrol"), true);
    EXPECT_EQ(offer(client, "guess").code(), "wrong_password");
    const auto offered = offer(client);
    ASSERT_EQ(offered.status, 201) << offered.body;
    EXPECT_EQ(text(offered.json(), "uri").find("otpauth://totp/zone:acc-qian?secret="), 0u);
    EXPECT_EQ(client.get("/api/v1/cases").code(), "second_factor_required");  // not yet shown
    EXPECT_EQ(confirm(client, "000000").code(), "wrong_code");
    EXPECT_EQ(confirm(client, code()).status, 200);
    EXPECT_EQ(recovery.size(), 10u);
    EXPECT_EQ(client.get("/api/v1/cases").status, 200);
    EXPECT_EQ(client.get("/api/v1/me").json().at("second_factor"), true);
    EXPECT_EQ(confirm(client, code(1)).code(), "nothing_to_confirm");
}

TEST_F(HttpSecondFactor, OthersAndTokensAreNotAsked) {
    EXPECT_EQ(session(sign_in({}, "acc-wang")).get("/api/v1/cases").status, 200);
    EXPECT_EQ(daemon.as("qian").get("/api/v1/cases").status, 200);
}

TEST_F(HttpSecondFactor, ThePasswordAloneOpensNothingAnyMore) {
    enrol();
    EXPECT_EQ(sign_in().code(), "code_required");
    daemon.clock.turn(30s);
    auto client = session(sign_in(code()));
    EXPECT_EQ(client.get("/api/v1/cases").status, 200);
}

TEST_F(HttpSecondFactor, NoCodeIsGoodTwice) {
    enrol();
    EXPECT_EQ(sign_in(code()).code(), "wrong_code");  // it confirmed the secret
    daemon.clock.turn(30s);
    const auto shown = code();
    EXPECT_EQ(sign_in(shown).status, 201);
    EXPECT_EQ(sign_in(shown).code(), "wrong_code");
    daemon.clock.turn(90s);
    EXPECT_EQ(sign_in(code(-2)).code(), "wrong_code");
    EXPECT_EQ(sign_in(code(-1)).status, 201);  // a telephone that is slow
    EXPECT_EQ(sign_in(code(1)).status, 201);   // or fast
}

// Both looked at the account before either had changed it.
TEST_F(HttpSecondFactor, OfTwoAtTheSameTimeByOneCodeOneComesIn) {
    enrol();
    daemon.clock.turn(30s);
    const auto body = json::serialize(
        json::object{{"account", "acc-qian"}, {"password", "correct horse"}, {"code", code()}});
    auto first = daemon.anybody(), second = daemon.anybody();
    first.send(first.message("POST", "/api/v1/session", body));
    second.send(second.message("POST", "/api/v1/session", body));
    const auto one = first.receive().status, other = second.receive().status;
    EXPECT_EQ(std::min(one, other), 201);
    EXPECT_EQ(std::max(one, other), 401);
}

TEST_F(HttpSecondFactor, ACodeForRecoveryIsGoodOnce) {
    enrol();
    const auto in = sign_in(recovery[3]);
    EXPECT_EQ(in.status, 201);
    EXPECT_EQ(sign_in(recovery[3]).code(), "wrong_code");
    EXPECT_EQ(sign_in(recovery[4]).status, 201);
    const auto noted = daemon.as("qian", "en").get("/api/v1/sign-ins").json();
    EXPECT_EQ(noted.at("items").at(0).at("outcome"), "recovered");
}

TEST_F(HttpSecondFactor, WrongCodesLockLikeWrongPasswords) {
    enrol();
    for (int i = 0; i < 4; ++i) EXPECT_EQ(sign_in("000000").code(), "wrong_code");
    daemon.clock.turn(30s);
    EXPECT_EQ(sign_in(code()).code(), "sign_in_failed");
    ASSERT_EQ(admin.post("/api/v1/accounts/acc-qian/unlock", "{}").status, 200);
    EXPECT_EQ(sign_in(code()).status, 201);
}

TEST_F(HttpSecondFactor, SecretsAreShownOnceAndKeptSealed) {
    enrol();
    const auto kept = everything();
    EXPECT_EQ(kept.find(adapters::http::base32(secret)), std::string::npos);
    EXPECT_EQ(kept.find(secret), std::string::npos);
    for (const auto& one : recovery) EXPECT_EQ(kept.find(one), std::string::npos);
    std::string record;
    const auto rows = daemon.store.reader().value()->history("directory", 0, 1000).value();
    for (const auto& row : rows) record += row.body;
    EXPECT_NE(record.find("confirm_totp"), std::string::npos);
    const auto sealed = kept.find(R"("secret":")");
    ASSERT_NE(sealed, std::string::npos);
    EXPECT_EQ(record.find(kept.substr(sealed + 10, 40)), std::string::npos);
    EXPECT_TRUE(engine::runtime::verify(*daemon.store.reader().value())->breaks.empty());
    EXPECT_EQ(admin.get("/api/v1/accounts").body.find(kept.substr(sealed + 10, 40)),
              std::string::npos);
}

TEST_F(HttpSecondFactor, ANewOneReplacesTheOldOnlyOnceConfirmed) {
    enrol();
    const auto old = secret;
    daemon.clock.turn(30s);
    auto client = session(sign_in(code()));
    ASSERT_EQ(offer(client).status, 201);
    const auto fresh = secret;
    secret = old;
    daemon.clock.turn(30s);
    EXPECT_EQ(sign_in(code()).status, 201);
    secret = fresh;
    EXPECT_EQ(sign_in(code()).code(), "wrong_code");
    ASSERT_EQ(confirm(client, code()).status, 200);
    daemon.clock.turn(30s);
    EXPECT_EQ(sign_in(code()).status, 201);
    secret = old;
    daemon.clock.turn(30s);
    EXPECT_EQ(sign_in(code()).code(), "wrong_code");
}

TEST_F(HttpSecondFactor, AnotherAdministratorTakesALostOneAway) {
    enrol();
    EXPECT_EQ(daemon.as("wang").post("/api/v1/accounts/acc-qian/second-factor/reset", "{}").status,
              403);
    EXPECT_EQ(admin.post("/api/v1/accounts/acc-admin/second-factor/reset", "{}").status, 403);
    EXPECT_EQ(admin.post("/api/v1/accounts/acc-wang/second-factor/reset", "{}").status, 404);
    ASSERT_EQ(admin.post("/api/v1/accounts/acc-qian/second-factor/reset", "{}").status, 200);
    const auto in = sign_in();
    EXPECT_EQ(in.json().at("must_enrol"), true);
}

}  // namespace
}  // namespace jinqiao::tests
