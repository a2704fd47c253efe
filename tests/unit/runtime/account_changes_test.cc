#include "engine/runtime/account_changes.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "engine/runtime/audit.h"
#include "engine/runtime/sign_ins.h"
#include "tests/unit/runtime/office.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;

// The office with one administrator, boss.
struct Accounts : testing::Test {
    Office office;

    void SetUp() override { add("boss", "administrator"); }

    runtime::Answer change(const std::string& kind, json::object data, std::string secret = {}) {
        runtime::Submission one;
        runtime::DirectoryChange change{kind, std::move(data), {}};
        change.secret = std::move(secret);
        one.work = std::move(change);
        return office.send(std::move(one));
    }
    void add(const std::string& name, const std::string& role) {
        EXPECT_NE(accepted(change("put_account", {{"account", name}, {"roles", {role}}})), nullptr);
    }
    json::object stored(const std::string& name) {
        const auto row = office.reader()->find_account(model::AccountId{name}).value();
        return row ? json::parse(row->body).as_object() : json::object{};
    }
    std::string refused_with(const runtime::Answer& answer) {
        return failed(answer) == nullptr ? "" : failed(answer)->what;
    }
    bool opens(const std::string& hash) {
        return office.reader()->find_token(hash).value().has_value();
    }
};

TEST_F(Accounts, EveryChangeIsOnTheDirectorysRecordWithoutItsSecret) {
    ASSERT_NE(accepted(change("set_password", {{"account", "boss"}}, "$argon2id$secret")), nullptr);
    ASSERT_NE(accepted(change("put_token", {{"account", "boss"}, {"token", "desk"}}, "cafe")),
              nullptr);
    EXPECT_EQ(stored("boss").at("password"), "$argon2id$secret");
    const auto rows = office.history("directory");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_NE(rows[1].body.find("set_password"), std::string::npos);
    for (const auto& row : rows) {
        EXPECT_EQ(row.body.find("argon2id"), std::string::npos);
        EXPECT_EQ(row.body.find("cafe"), std::string::npos);
    }
    const auto report = runtime::verify(*office.reader());
    ASSERT_TRUE(report.ok());
    EXPECT_TRUE(report->breaks.empty());
}

TEST_F(Accounts, ANameIsTakenOnceAndFitsAPath) {
    EXPECT_EQ(refused_with(change("put_account", {{"account", "boss"}, {"roles", {"auditor"}}})),
              "account.taken");
    for (const std::string name : {"", "a/b", "a b", "..", "王"})
        EXPECT_EQ(refused_with(change("put_account", {{"account", name}, {"roles", {"auditor"}}})),
                  "account.name")
            << name;
    EXPECT_EQ(refused_with(change("put_account", {{"account", "new"}})), "account.roles");
    EXPECT_EQ(refused_with(change("enable_account", {{"account", "nobody"}})), "account.unknown");
    EXPECT_EQ(office.history("directory").size(), 1U);
}

TEST_F(Accounts, TheLastAdministratorStays) {
    EXPECT_EQ(refused_with(change("disable_account", {{"account", "boss"}})),
              "account.last_administrator");
    EXPECT_EQ(refused_with(change("set_roles", {{"account", "boss"}, {"roles", {"auditor"}}})),
              "account.last_administrator");
    add("second", "administrator");
    ASSERT_NE(accepted(change("disable_account", {{"account", "boss"}})), nullptr);
    EXPECT_EQ(stored("boss").at("enabled"), false);
    EXPECT_EQ(refused_with(change("disable_account", {{"account", "second"}})),
              "account.last_administrator");
    ASSERT_NE(accepted(change("enable_account", {{"account", "boss"}})), nullptr);
    ASSERT_NE(accepted(change("disable_account", {{"account", "second"}})), nullptr);
}

TEST_F(Accounts, RolesAreReplacedAsAWholeAndThePasswordStays) {
    ASSERT_NE(accepted(change("put_account", {{"account", "he"},
                                              {"roles", {"department"}},
                                              {"person", "he"},
                                              {"department", "hr"},
                                              {"language", "en"}})),
              nullptr);
    ASSERT_NE(accepted(change("set_password", {{"account", "he"}}, "hash")), nullptr);
    ASSERT_NE(accepted(change("set_roles", {{"account", "he"}, {"roles", {"mediator"}}})), nullptr);
    const auto he = stored("he");
    EXPECT_EQ(he.at("roles"), json::value({"mediator"}));
    EXPECT_FALSE(he.contains("department"));
    EXPECT_EQ(he.at("password"), "hash");
    EXPECT_EQ(he.at("language"), "en");
}

TEST_F(Accounts, TokensHaveNamesAndEnds) {
    const auto put = [&](json::object data, const std::string& secret) {
        data["account"] = "boss";
        return change("put_token", std::move(data), secret);
    };
    ASSERT_NE(accepted(put({{"token", "desk"}}, "h1")), nullptr);
    EXPECT_EQ(refused_with(put({{"token", "desk"}}, "h2")), "account.token_taken");
    EXPECT_EQ(
        refused_with(put({{"token", "late"}, {"expires_at", "2026-03-03T09:00:00+08:00"}}, "h3")),
        "directory.past");
    ASSERT_NE(accepted(put({{"token", "day"}, {"expires_at", "2026-03-04T09:00:00+08:00"}}, "h4")),
              nullptr);
    EXPECT_TRUE(office.reader()->find_token("h4").value()->expires_at.has_value());
    ASSERT_NE(accepted(change("drop_token", {{"account", "boss"}, {"token", "desk"}})), nullptr);
    EXPECT_FALSE(opens("h1"));
    EXPECT_EQ(refused_with(change("drop_token", {{"account", "boss"}, {"token", "desk"}})),
              "account.token_unknown");
    for (std::size_t i = 1; i < runtime::most_tokens; ++i)
        ASSERT_NE(accepted(put({{"token", "t" + std::to_string(i)}}, "x" + std::to_string(i))),
                  nullptr);
    EXPECT_EQ(refused_with(put({{"token", "one_more"}}, "h5")), "account.tokens");
}

TEST_F(Accounts, SessionsEndWithThePasswordAndWithTheAccount) {
    add("second", "administrator");
    const auto sign_in = [&](const std::string& hash) {
        runtime::Registration rows;
        rows.tokens.push_back({hash, model::AccountId{"boss"}, "", true, office.clock.now(),
                               office.clock.now() + std::chrono::hours{12}, ""});
        runtime::Submission one;
        one.work = std::move(rows);
        ASSERT_NE(accepted(office.send(std::move(one))), nullptr);
    };
    ASSERT_NE(accepted(change("put_token", {{"account", "boss"}, {"token", "desk"}}, "desk")),
              nullptr);
    sign_in("s1");
    ASSERT_TRUE(opens("s1"));
    ASSERT_NE(accepted(change("set_password", {{"account", "boss"}}, "new")), nullptr);
    EXPECT_FALSE(opens("s1"));
    sign_in("s2");
    ASSERT_NE(accepted(change("disable_account", {{"account", "boss"}})), nullptr);
    EXPECT_FALSE(opens("s2"));
    EXPECT_TRUE(opens("desk"));  // it opens nothing while the account is disabled
}

json::object failure(const std::string& outcome = "wrong_password", int lock_after = 3) {
    return {{"account", "boss"},
            {"from", "203.0.113.*"},
            {"outcome", outcome},
            {"lock_after", lock_after}};
}

json::object session(json::array ended = {}) {
    return {{"account", "boss"},
            {"from", "198.51.100.*"},
            {"expires_at_ms", 4'000'000'000'000},
            {"ended", std::move(ended)}};
}

TEST_F(Accounts, SigningInIsNotedAndIsNoRowOfTheRecord) {
    ASSERT_NE(accepted(change("sign_in", session(), "s1")), nullptr);
    ASSERT_NE(accepted(change("note_failure", failure())), nullptr);
    ASSERT_NE(accepted(change("note_failure", failure())), nullptr);
    ASSERT_NE(accepted(change("sign_in", session({"s1"}), "s2")), nullptr);
    EXPECT_FALSE(opens("s1"));
    EXPECT_TRUE(opens("s2"));
    const auto noted = runtime::sign_ins_of(*office.reader(), model::AccountId{"boss"}).value();
    ASSERT_EQ(noted.size(), 3U);
    EXPECT_EQ(noted[0].outcome, "signed_in");
    EXPECT_EQ(noted[1].outcome, "wrong_password");
    EXPECT_EQ(noted[1].times, 2);
    EXPECT_EQ(noted[1].from, "203.0.113.*");
    EXPECT_EQ(office.history("directory").size(), 1U);
}

TEST_F(Accounts, OnlySoManyAttemptsAreKept) {
    for (int i = 0; i < 60; ++i) {
        auto one = failure("wrong_password", 0);
        one["from"] = "10.0." + std::to_string(i) + ".*";
        ASSERT_NE(accepted(change("note_failure", std::move(one))), nullptr);
    }
    const auto noted = runtime::sign_ins_of(*office.reader(), model::AccountId{"boss"}).value();
    ASSERT_EQ(noted.size(), runtime::sign_ins_kept);
    EXPECT_EQ(noted.back().from, "10.0.59.*");
    EXPECT_FALSE(stored("boss").contains("failures"));
}

TEST_F(Accounts, NamesNobodyHasLeaveNoTrace) {
    auto stray = failure();
    stray["account"] = "hunter2";
    EXPECT_EQ(refused_with(change("note_failure", std::move(stray))), "account.unknown");
    EXPECT_TRUE(
        runtime::sign_ins_of(*office.reader(), model::AccountId{"hunter2"}).value().empty());
}

TEST_F(Accounts, FailuresInARowLockAndThatIsOnTheRecord) {
    for (int i = 0; i < 2; ++i) ASSERT_NE(accepted(change("note_failure", failure())), nullptr);
    ASSERT_NE(accepted(change("sign_in", session(), "s1")), nullptr);  // the row is broken
    for (int i = 0; i < 2; ++i) ASSERT_NE(accepted(change("note_failure", failure())), nullptr);
    EXPECT_FALSE(stored("boss").contains("locked"));
    ASSERT_NE(accepted(change("note_failure", failure())), nullptr);
    EXPECT_EQ(stored("boss").at("locked"), true);
    EXPECT_EQ(refused_with(change("sign_in", session(), "s2")), "account.closed");
    EXPECT_TRUE(opens("s1"));  // who is at work stays there
    ASSERT_NE(accepted(change("note_failure", failure("locked"))), nullptr);
    const auto rows = office.history("directory");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_NE(rows[1].body.find("lock_account"), std::string::npos);
    ASSERT_NE(accepted(change("unlock_account", {{"account", "boss"}})), nullptr);
    EXPECT_FALSE(stored("boss").contains("locked"));
    ASSERT_NE(accepted(change("note_failure", failure())), nullptr);
    EXPECT_FALSE(stored("boss").contains("locked"));  // counted anew
    ASSERT_NE(accepted(change("sign_in", session(), "s2")), nullptr);
    EXPECT_EQ(office.history("directory").size(), 3U);
    EXPECT_TRUE(runtime::verify(*office.reader())->breaks.empty());
}

TEST_F(Accounts, SigningOutEverywhereLeavesTokens) {
    ASSERT_NE(accepted(change("put_token", {{"account", "boss"}, {"token", "desk"}}, "t1")),
              nullptr);
    ASSERT_NE(accepted(change("sign_in", session(), "s1")), nullptr);
    ASSERT_NE(accepted(change("sign_in", session(), "s2")), nullptr);
    ASSERT_NE(accepted(change("end_sessions", {{"account", "boss"}})), nullptr);
    EXPECT_FALSE(opens("s1"));
    EXPECT_FALSE(opens("s2"));
    EXPECT_TRUE(opens("t1"));
    EXPECT_NE(office.history("directory").back().body.find("end_sessions"), std::string::npos);
}

TEST_F(Accounts, APasswordAnotherChoseIsMarkedUntilOneOfOnesOwn) {
    ASSERT_NE(accepted(change("set_password", {{"account", "boss"}, {"must_change", true}}, "h1")),
              nullptr);
    EXPECT_EQ(stored("boss").at("must_change"), true);
    ASSERT_NE(accepted(change("set_password", {{"account", "boss"}}, "h2")), nullptr);
    EXPECT_FALSE(stored("boss").contains("must_change"));
}

json::object with_code(json::object more) {
    auto data = session();
    for (const auto& [key, value] : more) data[key] = value;
    return data;
}

TEST_F(Accounts, ASecondFactorCountsOnceConfirmedAndEachCodeOnce) {
    ASSERT_NE(accepted(change("offer_totp", {{"account", "boss"}}, "sealed-1")), nullptr);
    ASSERT_NE(accepted(change("sign_in", session(), "s0")), nullptr);
    ASSERT_NE(accepted(change("offer_totp", {{"account", "boss"}}, "sealed-2")), nullptr);
    EXPECT_EQ(
        refused_with(change("confirm_totp",
                            {{"account", "boss"}, {"offered", "sealed-1"}, {"step", 7}}, "r1 r2 ")),
        "account.totp_not_offered");
    ASSERT_NE(
        accepted(change("confirm_totp", {{"account", "boss"}, {"offered", "sealed-2"}, {"step", 7}},
                        "r1 r2 ")),
        nullptr);
    EXPECT_EQ(stored("boss").at("totp").at("recovery").as_array().size(), 2U);
    EXPECT_FALSE(stored("boss").contains("totp_offered"));
    EXPECT_EQ(refused_with(change("sign_in", session(), "s1")), "account.code_used");
    EXPECT_EQ(refused_with(change("sign_in", with_code({{"step", 7}}), "s1")), "account.code_used");
    ASSERT_NE(accepted(change("sign_in", with_code({{"step", 8}}), "s1")), nullptr);
    EXPECT_EQ(refused_with(change("sign_in", with_code({{"step", 8}}), "s2")), "account.code_used");
    ASSERT_NE(accepted(change("sign_in", with_code({{"recovery", "r1"}}), "s2")), nullptr);
    EXPECT_EQ(refused_with(change("sign_in", with_code({{"recovery", "r1"}}), "s3")),
              "account.code_used");
    EXPECT_FALSE(opens("s3"));
    for (const auto& row : office.history("directory"))
        for (const std::string secret : {"sealed", "r1 r2"})
            EXPECT_EQ(row.body.find(secret), std::string::npos) << row.body;
    ASSERT_NE(accepted(change("drop_totp", {{"account", "boss"}})), nullptr);
    EXPECT_EQ(refused_with(change("drop_totp", {{"account", "boss"}})), "account.no_totp");
    ASSERT_NE(accepted(change("sign_in", session(), "s4")), nullptr);
}

}  // namespace
}  // namespace jinqiao::tests
