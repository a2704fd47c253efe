// What administrators and auditors look at: the files beside what is in force, channels and a test
// message, the trail and whether it is whole, calendars.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <set>
#include <thread>

#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
using adapters::http::ChannelTrial;
using adapters::http::ChannelTried;
using adapters::http::Reloaded;
using adapters::http::ReloadOrder;

const std::vector<std::string> nobody_else{"chen", "wang", "qian", "he"};

// ---- the files on the disk

struct Files {
    explicit Files(Daemon& daemon) {
        daemon.reload = [this](const ReloadOrder& order,
                               const std::function<void(Reloaded)>& done) {
            orders.push_back(order);
            done(answer);
        };
    }
    Reloaded answer;
    std::vector<ReloadOrder> orders;
};

TEST(HttpFiles, AreCheckedForAdministratorsAndAuditorsAndNothingIsTakenOver) {
    Daemon daemon;
    Files files(daemon);
    files.answer.kind = Reloaded::Kind::tried;
    files.answer.body = {{"ok", false}, {"faults", json::array{json::object{{"line", 7}}}}};
    for (const auto* who : {"admin", "auditor"}) {
        const auto reply = daemon.as(who, "en").get("/api/v1/config/check");
        ASSERT_EQ(reply.status, 200) << reply.body;
        EXPECT_EQ(reply.json().at("faults").as_array().front().at("line"), json::value(7));
    }
    ASSERT_EQ(files.orders.size(), 2U);
    EXPECT_TRUE(files.orders.front().check);
    EXPECT_FALSE(files.orders.front().confirm);
    EXPECT_EQ(files.orders.front().language, engine::model::Language::en);
    for (const auto& who : nobody_else)
        EXPECT_EQ(daemon.as(who).get("/api/v1/config/check").status, 403) << who;
    EXPECT_EQ(daemon.anybody().get("/api/v1/config/check").status, 401);
    EXPECT_EQ(daemon.as("admin").get("/api/v1/config/check?at=1").status, 400);
    EXPECT_EQ(files.orders.size(), 2U);
}

TEST(HttpFiles, AreComparedAndOfEachChangeAFewCasesAreNamed) {
    Daemon daemon;
    Files files(daemon);
    files.answer.kind = Reloaded::Kind::tried;
    json::array cases;
    for (int i = 0; i < 80; ++i) cases.push_back(json::object{{"number", std::to_string(i)}});
    files.answer.body = {
        {"done", "tried"},
        {"takeover",
         json::object{{"at_once", json::array{json::object{{"count", 80}, {"cases", cases}}}}}}};
    const auto reply = daemon.as("auditor").get("/api/v1/config/diff");
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto body = reply.json();
    const auto& change = body.at("takeover").at("at_once").as_array().front();
    EXPECT_EQ(change.at("count"), json::value(80));
    EXPECT_EQ(change.at("cases").as_array().size(), 50U);
    EXPECT_TRUE(files.orders.front().dry_run);
    EXPECT_FALSE(files.orders.front().check);
    files.answer.kind = Reloaded::Kind::faulty;
    EXPECT_EQ(daemon.as("admin").get("/api/v1/config/diff").code(), "configuration_faulty");
    files.answer.kind = Reloaded::Kind::under_way;
    EXPECT_EQ(daemon.as("admin").get("/api/v1/config/diff").status, 409);
    for (const auto& who : nobody_else)
        EXPECT_EQ(daemon.as(who).get("/api/v1/config/diff").status, 403) << who;
}

// ---- channels

std::string some_channel(const Daemon& daemon) {
    return *daemon.world->get()->directory->channels.begin();
}

TEST(HttpChannels, AreShownWithWhatTheyCameToLately) {
    Daemon daemon;
    adapters::http::ChannelFacts facts;
    facts.name = some_channel(daemon);
    facts.kind = "file";
    facts.delivered = 3;
    facts.failed = 1;
    facts.last = {{daemon.clock.now(), "rejected", "550", "no such box",
                   std::chrono::milliseconds{12}, true}};
    facts.address = "d****n";
    daemon.channel_facts = {facts};
    const auto body = daemon.as("admin").get("/api/v1/channels").json();
    bool found = false;
    for (const auto& item : body.at("items").as_array()) {
        if (item.at("name") != json::value(facts.name)) continue;
        found = true;
        EXPECT_EQ(item.at("kind"), json::value("file"));
        EXPECT_EQ(item.at("test_address"), json::value("d****n"));
        const auto& last = item.at("last").as_array().front();
        EXPECT_EQ(last.at("outcome"), json::value("rejected"));
        EXPECT_EQ(last.at("code"), json::value("550"));
        EXPECT_EQ(last.at("test"), json::value(true));
    }
    EXPECT_TRUE(found);
}

TEST(HttpChannels, ATestTellsWhatItCameToInTheReadersLanguage) {
    Daemon daemon;
    std::vector<ChannelTrial> trials;
    daemon.try_channel = [&](ChannelTrial trial, const std::function<void(ChannelTried)>& done) {
        trials.push_back(trial);
        ChannelTried tried;
        tried.kind = ChannelTried::Kind::tried;
        tried.id = "t-1";
        tried.address = "1****8";
        tried.outcome = {daemon.clock.now(),           "rejected", "550", "The address is unknown",
                         std::chrono::milliseconds{9}, true};
        tried.advice = "check the address";
        done(tried);
    };
    const auto path = "/api/v1/channels/" + some_channel(daemon) + "/test";
    const auto reply = daemon.as("admin", "en").post(path, R"({"address": "13800138000"})");
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto body = reply.json();
    EXPECT_EQ(text(body, "outcome"), "rejected");
    EXPECT_EQ(text(body, "outcome_text"), "en:outcome.rejected");
    EXPECT_EQ(text(body, "detail"), "en:remark.the_address_is_unknown");
    EXPECT_EQ(text(body, "address_masked"), "1****8");
    EXPECT_EQ(reply.body.find("13800138000"), std::string::npos);
    ASSERT_EQ(trials.size(), 1U);
    EXPECT_EQ(trials[0].address, "13800138000");
    EXPECT_EQ(trials[0].actor.account.value, "acc-admin");
    for (const auto& who : nobody_else) EXPECT_EQ(daemon.as(who).post(path, "{}").status, 403);
    EXPECT_EQ(daemon.as("auditor").post(path, "{}").status, 403);
    EXPECT_EQ(daemon.as("admin").post("/api/v1/channels/pigeon/test", "{}").status, 404);
    EXPECT_EQ(daemon.as("admin").post(path, R"({"adress": "x"})").status, 422);
    EXPECT_EQ(trials.size(), 1U);
}

TEST(HttpChannels, WhatCannotBeSentIsRefusedWithTheReason) {
    Daemon daemon;
    ChannelTried::Kind kind{};
    daemon.try_channel = [&](const ChannelTrial&, const std::function<void(ChannelTried)>& done) {
        ChannelTried tried;
        tried.kind = kind;
        tried.expected = "a number";
        done(tried);
    };
    const auto path = "/api/v1/channels/" + some_channel(daemon) + "/test";
    for (const auto& [each, status] :
         std::vector<std::pair<ChannelTried::Kind, int>>{{ChannelTried::Kind::unknown, 404},
                                                         {ChannelTried::Kind::no_address, 422},
                                                         {ChannelTried::Kind::unusable, 422},
                                                         {ChannelTried::Kind::busy, 503}}) {
        kind = each;
        EXPECT_EQ(daemon.as("admin").post(path, "{}").status, status);
    }
}

TEST(HttpChannels, TestsAreRationedByAccount) {
    constexpr int most = 2;
    adapters::http::HttpSettings settings;
    settings.channel_tests = {most, std::chrono::hours{1}};
    Daemon daemon(settings);
    int sent = 0;
    daemon.try_channel = [&](const ChannelTrial&, const std::function<void(ChannelTried)>& done) {
        ++sent;
        ChannelTried tried;
        tried.kind = ChannelTried::Kind::tried;
        done(tried);
    };
    const auto path = "/api/v1/channels/" + some_channel(daemon) + "/test";
    for (int i = 0; i < most; ++i) EXPECT_EQ(daemon.as("admin").post(path, "{}").status, 200);
    const auto refused = daemon.as("admin").post(path, "{}");
    EXPECT_EQ(refused.status, 429);
    EXPECT_FALSE(refused.field("retry-after").empty());
    EXPECT_EQ(sent, most);
}

// ---- the trail

json::array trail(const Daemon& daemon, const std::string& query,
                  const std::string& who = "admin") {
    const auto reply = daemon.as(who).get("/api/v1/audit" + query);
    EXPECT_EQ(reply.status, 200) << reply.body;
    const auto body = reply.json();
    return reply.status == 200 ? body.at("items").as_array() : json::array{};
}

TEST(HttpTrail, TellsTheLatestFirstWhoDidWhat) {
    Daemon daemon;
    const auto kase = daemon.file();
    ASSERT_EQ(daemon.as("admin").post("/api/v1/accounts/acc-he/disable", "{}").status, 200);
    const auto rows = trail(daemon, "");
    ASSERT_GE(rows.size(), 2U);
    EXPECT_EQ(text(rows[0], "command"), "disable_account");
    EXPECT_EQ(text(rows[0], "stream"), "directory");
    EXPECT_EQ(text(rows[0].at("actor"), "account"), "acc-admin");
    EXPECT_EQ(text(rows[0].at("details").as_array().front(), "value"), "acc-he");
    EXPECT_EQ(text(rows[0], "hash").size(), 64U);
    EXPECT_EQ(text(rows[1], "stream"), "case");
    EXPECT_EQ(text(rows[1], "command"), "file");
    EXPECT_EQ(text(rows[1], "case"), kase);
}

TEST(HttpTrail, AnAdministratorReadsNoCaseInIt) {
    Daemon daemon;
    (void)daemon.file();
    const auto administrators = trail(daemon, "?stream=cases");
    ASSERT_FALSE(administrators.empty());
    EXPECT_FALSE(administrators[0].as_object().contains("body"));
    EXPECT_FALSE(administrators[0].as_object().contains("events"));
    EXPECT_FALSE(administrators[0].as_object().contains("details"));
    const auto auditors = trail(daemon, "?stream=cases", "auditor");
    EXPECT_TRUE(auditors[0].as_object().contains("body"));
    EXPECT_TRUE(auditors[0].as_object().contains("events"));
}

TEST(HttpTrail, IsSearchedByStreamWhoWhatAndTime) {
    Daemon daemon;
    (void)daemon.file();
    daemon.clock.turn(std::chrono::hours{1});
    ASSERT_EQ(daemon.as("admin").post("/api/v1/accounts/acc-he/disable", "{}").status, 200);
    daemon.clock.turn(std::chrono::hours{1});
    ASSERT_EQ(daemon.as("admin").post("/api/v1/accounts/acc-he/enable", "{}").status, 200);
    for (const auto& row : trail(daemon, "?stream=directory"))
        EXPECT_EQ(text(row, "stream"), "directory");
    for (const auto& row : trail(daemon, "?who=chen"))
        EXPECT_EQ(text(row.at("actor"), "person"), "chen");
    EXPECT_FALSE(trail(daemon, "?who=chen").empty());
    EXPECT_TRUE(trail(daemon, "?who=nobody-of-this-name").empty());
    const auto disabled = trail(daemon, "?what=disable_account");
    ASSERT_EQ(disabled.size(), 1U);
    const auto until = trail(daemon, "?to=2026-03-03T11:30:00%2B08:00");
    ASSERT_FALSE(until.empty());
    EXPECT_EQ(text(until[0], "command"), "disable_account");
    const auto since = trail(daemon, "?from=2026-03-03T11:30:00%2B08:00");
    ASSERT_EQ(since.size(), 1U);
    EXPECT_EQ(text(since[0], "command"), "enable_account");
    EXPECT_EQ(
        trail(daemon, "?from=2026-03-03T10:30:00%2B08:00&to=2026-03-03T11:30:00%2B08:00").size(),
        1U);
    EXPECT_TRUE(trail(daemon, "?to=2020-01-01T00:00:00%2B08:00").empty());
}

TEST(HttpTrail, IsLeafedThroughToItsEndAndNothingComesTwice) {
    Daemon daemon;
    for (int i = 0; i < 7; ++i) (void)daemon.file();
    std::set<std::string> seen;
    std::string cursor;
    for (int page = 0; page < 50; ++page) {
        const auto body = daemon.as("auditor").get("/api/v1/audit?limit=2" + cursor).json();
        EXPECT_EQ(body.as_object().contains("commands"), page == 0);
        for (const auto& row : body.at("items").as_array())
            EXPECT_TRUE(seen.insert(text(row, "hash")).second);
        if (body.at("next_cursor").is_null()) break;
        cursor = "&cursor=" + text(body, "next_cursor");
    }
    EXPECT_EQ(seen.size(), trail(daemon, "?limit=200").size());
    EXPECT_GE(seen.size(), 7U);
}

TEST(HttpTrail, IsForAdministratorsAndAuditorsAndTakesNoNonsense) {
    Daemon daemon;
    for (const auto& who : nobody_else) {
        EXPECT_EQ(daemon.as(who).get("/api/v1/audit").status, 403) << who;
        EXPECT_EQ(daemon.as(who).get("/api/v1/audit/verify").status, 403) << who;
        EXPECT_EQ(daemon.as(who).post("/api/v1/audit/verify", "{}").status, 403) << who;
    }
    EXPECT_EQ(daemon.anybody().get("/api/v1/audit").status, 401);
    for (const auto* query :
         {"?limit=0", "?limit=201", "?cursor=x", "?from=yesterday", "?stream=both", "?whom=x"})
        EXPECT_EQ(daemon.as("admin").get(std::string("/api/v1/audit") + query).status, 400)
            << query;
}

// ---- whether it is whole

json::value verified(const Daemon& daemon) {
    EXPECT_EQ(daemon.as("auditor").post("/api/v1/audit/verify", "{}").status, 200);
    for (int i = 0; i < 5000; ++i) {
        auto body = daemon.as("auditor").get("/api/v1/audit/verify").json();
        if (text(body, "state") != "running") return body;
        std::this_thread::yield();
    }
    ADD_FAILURE() << "the verification does not end";
    return {};
}

TEST(HttpVerification, SaysThatTheRecordIsWholeAndByWhichHash) {
    Daemon daemon;
    EXPECT_EQ(text(daemon.as("admin").get("/api/v1/audit/verify").json(), "state"), "never");
    (void)daemon.file();
    ASSERT_EQ(daemon.as("admin").post("/api/v1/accounts/acc-he/disable", "{}").status, 200);
    const auto first = verified(daemon);
    EXPECT_EQ(text(first, "state"), "done");
    EXPECT_EQ(first.at("whole"), json::value(true)) << json::serialize(first);
    EXPECT_EQ(text(first, "account"), "acc-auditor");
    EXPECT_EQ(text(first, "heads").size(), 64U);
    EXPECT_EQ(text(first.at("head"), "hash"), text(trail(daemon, "?limit=1")[0], "hash"));
    EXPECT_EQ(text(verified(daemon), "heads"), text(first, "heads"));
    ASSERT_EQ(daemon.as("admin").post("/api/v1/accounts/acc-he/enable", "{}").status, 200);
    EXPECT_NE(text(verified(daemon), "heads"), text(first, "heads"));
}

TEST(HttpVerification, FindsWhatWasChangedBehindItsBack) {
    Daemon daemon;
    const auto kase = daemon.file();
    {
        auto begun = daemon.store.begin();
        ASSERT_TRUE(begun.ok());
        auto row = (*begun)->find_case(engine::model::CaseId{kase}).value().value();
        row.body += ' ';
        ASSERT_TRUE((*begun)->put_case(row, row.seq).ok());
        ASSERT_TRUE((*begun)->commit().ok());
    }
    const auto found = verified(daemon);
    EXPECT_EQ(found.at("whole"), json::value(false));
    const auto& breaks = found.at("breaks").as_array();
    ASSERT_EQ(breaks.size(), 1U);
    EXPECT_EQ(text(breaks[0], "stream"), kase);
    EXPECT_EQ(text(breaks[0], "what"), "snapshot");
}

// ---- calendars

TEST(HttpCalendars, ShowEveryDayOfAYearAndTheYearsThatAreMissing) {
    Daemon daemon;
    const auto body = daemon.as("admin").get("/api/v1/calendars").json();
    EXPECT_EQ(body.at("year"), json::value(2026));
    EXPECT_EQ(body.at("known"), json::value(true));
    EXPECT_EQ(body.at("days").as_array().size(), 365U);
    EXPECT_EQ(text(body, "today"), "2026-03-03");
    ASSERT_EQ(body.at("missing").as_array().size(), 1U);
    EXPECT_EQ(body.at("missing").as_array()[0], json::value(2027));
    std::map<std::string, std::string> kinds;
    for (const auto& day : body.at("days").as_array()) kinds[text(day, "date")] = text(day, "kind");
    EXPECT_EQ(kinds["2026-10-01"], "holiday");
    EXPECT_EQ(kinds["2026-10-10"], "adjusted");
    EXPECT_EQ(kinds["2026-03-03"], "working");
    EXPECT_EQ(kinds["2026-03-07"], "rest");
    const auto next = daemon.as("auditor").get("/api/v1/calendars?year=2028").json();
    EXPECT_EQ(next.at("known"), json::value(false));
    EXPECT_EQ(next.at("days").as_array().size(), 366U);
    for (const auto* query : {"?year=x", "?year=1800", "?year=20260", "?of=1"})
        EXPECT_EQ(daemon.as("admin").get(std::string("/api/v1/calendars") + query).status, 400)
            << query;
    for (const auto& who : nobody_else)
        EXPECT_EQ(daemon.as(who).get("/api/v1/calendars").status, 403) << who;
}

}  // namespace
}  // namespace jinqiao::tests
