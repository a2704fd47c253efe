#include "engine/runtime/account_changes.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "engine/runtime/audit.h"
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

}  // namespace
}  // namespace jinqiao::tests
