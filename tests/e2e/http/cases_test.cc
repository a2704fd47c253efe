// Filing, reading and acting through a real socket.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "tests/e2e/http/daemon.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;

TEST(HttpCases, AFiledAlertIsAnsweredWithItsReceipt) {
    Daemon daemon;
    const auto reply = daemon.as("chen").post(
        "/api/v1/alerts", R"({"days": 3, "enterprise": {"name": "an enterprise"}})");
    ASSERT_EQ(reply.status, 201) << reply.body;
    const auto kase = reply.json();
    EXPECT_EQ(text(kase, "number"), "JQ-2026-000001");
    EXPECT_EQ(text(kase, "stage"), "warn");
    EXPECT_EQ(text(kase, "state"), "drafted");
    EXPECT_EQ(text(kase, "grade"), "blue");
    EXPECT_EQ(kase.at("missing"), json::value({"urgent"}));
    EXPECT_EQ(text(kase.at("owner"), "post"), "desk");
    EXPECT_EQ(text(kase.at("owner"), "person"), "wang");
    EXPECT_EQ(text(kase.at("regions"), "custody"), "held");
    EXPECT_EQ(text(kase, "filed_at"), "2026-03-03T10:00:00+08:00");
    EXPECT_EQ(reply.field("location"), "/api/v1/cases/" + text(kase, "id"));
    EXPECT_EQ(reply.field("etag"), "\"1\"");
    EXPECT_EQ(reply.field("cache-control"), "no-store");
    EXPECT_EQ(reply.field("vary"), "Accept-Language");
    EXPECT_EQ(text(kase.at("clocks").at(0), "kind"), "stage");
    EXPECT_FALSE(kase.at("clocks").at(0).at("explain").as_array().empty());
}

TEST(HttpCases, ACaseIsReadByIdAndByNumber) {
    Daemon daemon;
    const auto id = daemon.file();
    auto wang = daemon.as("wang");
    const auto by_id = wang.get("/api/v1/cases/" + id);
    ASSERT_EQ(by_id.status, 200);
    EXPECT_EQ(by_id.field("etag"), "\"1\"");
    const auto by_number = wang.get("/api/v1/cases/JQ-2026-000001");
    EXPECT_EQ(by_number.body, by_id.body);
    EXPECT_EQ(wang.get("/api/v1/cases/JQ-2026-000002").status, 404);
    const auto head = wang.call("HEAD", "/api/v1/cases/" + id, {});
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.field("content-length"), std::to_string(by_id.body.size()));
}

TEST(HttpCases, WhatMayBeDoneNowIsListedWithItsSchemaOrItsReasons) {
    Daemon daemon;
    const auto id = daemon.file();
    const auto actions = daemon.as("wang", "en").get("/api/v1/cases/" + id + "/actions").json();
    bool ask = false;
    for (const auto& one : actions.at("allowed").as_array()) {
        if (text(one, "name") != "ask") continue;
        ask = true;
        EXPECT_EQ(text(one, "label"), "Ask");
        EXPECT_TRUE(one.at("schema").at("properties").as_object().contains("note"));
        EXPECT_TRUE(one.at("schema").as_object().contains("x-order"));
    }
    EXPECT_TRUE(ask);
    bool grant = false;
    for (const auto& one : actions.at("blocked").as_array()) {
        if (text(one, "name") != "grant") continue;
        grant = true;
        EXPECT_EQ(text(one.at("reasons").at(0), "code"), "no_transition");
    }
    EXPECT_TRUE(grant);
    const auto none = daemon.as("auditor").get("/api/v1/cases/" + id + "/actions").json();
    EXPECT_TRUE(none.at("allowed").as_array().empty());
}

TEST(HttpCases, AnActionMovesTheCaseAndItsVersion) {
    Daemon daemon;
    const auto id = daemon.file();
    auto wang = daemon.as("wang");
    const auto asked = wang.post("/api/v1/cases/" + id + "/actions/ask", "{}");
    ASSERT_EQ(asked.status, 200) << asked.body;
    EXPECT_EQ(text(asked.json(), "state"), "asked");
    EXPECT_EQ(asked.field("etag"), "\"2\"");
    // No body at all says as much as an empty object.
    const auto granted =
        wang.post("/api/v1/cases/" + id + "/actions/grant", "", {{"If-Match", "\"2\""}});
    ASSERT_EQ(granted.status, 200) << granted.body;
    EXPECT_EQ(text(granted.json(), "stage"), "ended");
}

TEST(HttpCases, RefusalsNameTheirKind) {
    Daemon daemon;
    const auto id = daemon.file(10);
    const auto path = "/api/v1/cases/" + id + "/actions/";
    auto wang = daemon.as("wang", "en");
    EXPECT_EQ(wang.post(path + "fly", "{}").code(), "unknown_action");
    EXPECT_EQ(wang.post(path + "file", "{}").status, 404);
    EXPECT_EQ(wang.post(path + "timer_fired", "{}").status, 404);
    EXPECT_EQ(wang.post(path + "extend", R"({"budget": "2 W"})").status, 403);

    const auto no_row = wang.post(path + "grant", "{}");
    EXPECT_EQ(no_row.status, 409);
    EXPECT_EQ(no_row.code(), "no_transition");
    EXPECT_EQ(wang.post(path + "ask", "{}").status, 200);
    const auto blocked = wang.post(path + "grant", "{}");
    EXPECT_EQ(blocked.status, 409);
    EXPECT_EQ(blocked.code(), "blocked");
    EXPECT_EQ(text(blocked.json().at("reasons").at(0), "code"), "G.two");
    EXPECT_EQ(blocked.field("content-type"), "application/problem+json; charset=utf-8");
    EXPECT_EQ(blocked.field("content-language"), "en");

    const auto stale = wang.post(path + "grant", "{}", {{"If-Match", "\"1\""}});
    EXPECT_EQ(stale.status, 412);
    EXPECT_EQ(stale.code(), "stale");
    EXPECT_EQ(wang.post(path + "grant", "{}", {{"If-Match", "\"abc\""}}).status, 412);
    EXPECT_EQ(wang.post(path + "grant", "{}", {{"If-Match", "abc"}}).status, 400);
    // 422 comes before 412.
    const auto wrong = wang.post(path + "refuse", R"({"raison": "x"})", {{"If-Match", "\"1\""}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(wrong.json().at("errors").as_array().size(), 2U);
}

TEST(HttpCases, ListsFilterSortAndTurnPages) {
    Daemon daemon;
    for (const int days : {3, 10, 20, 5, 3}) daemon.file(days);
    auto wang = daemon.as("wang");
    const auto red = wang.get("/api/v1/cases?grade=red,orange&sort=number").json();
    ASSERT_EQ(red.at("items").as_array().size(), 2U);
    EXPECT_EQ(text(red.at("items").at(0), "number"), "JQ-2026-000002");
    EXPECT_TRUE(red.at("next_cursor").is_null());

    std::string cursor;
    std::string seen;
    for (int page = 0; page < 10; ++page) {
        const auto got = wang.get("/api/v1/cases?sort=number&limit=2&cursor=" + cursor).json();
        for (const auto& item : got.at("items").as_array()) seen += text(item, "number").substr(13);
        if (got.at("next_cursor").is_null()) break;
        cursor = text(got, "next_cursor");
    }
    EXPECT_EQ(seen, "12345");
    EXPECT_EQ(wang.get("/api/v1/cases?overdue=true").json().at("items").as_array().size(), 0U);
    daemon.clock.turn(std::chrono::hours(48));
    EXPECT_EQ(wang.get("/api/v1/cases?overdue=true").json().at("items").as_array().size(), 5U);
    EXPECT_EQ(wang.get("/api/v1/cases?q=000003").json().at("items").as_array().size(), 1U);
    EXPECT_EQ(wang.get("/api/v1/cases?owner=desk&stage=warn&state=drafted")
                  .json()
                  .at("items")
                  .as_array()
                  .size(),
              5U);
}

TEST(HttpCases, WrongParametersAreNamed) {
    Daemon daemon;
    auto wang = daemon.as("wang");
    for (const std::string query :
         {"grade=purple", "state=nowhere", "stage=x", "limit=0", "limit=x", "limit=999",
          "sort=name", "overdue=perhaps", "colour=red", "cursor=zzz", "limit=1&limit=2"}) {
        const auto reply = wang.get("/api/v1/cases?" + query);
        ASSERT_EQ(reply.status, 400) << query;
        EXPECT_EQ(text(reply.json().at("errors").at(0), "field"), query.substr(0, query.find('=')));
    }
}

TEST(HttpCases, EverybodySeesWhatIsTheirs) {
    Daemon daemon;
    const auto small = daemon.file(3);   // union and hr are told
    const auto large = daemon.file(10);  // the police as well
    const auto count = [&](const std::string& who) {
        return daemon.as(who).get("/api/v1/cases").json().at("items").as_array().size();
    };
    EXPECT_EQ(count("chen"), 2U);
    EXPECT_EQ(count("other"), 0U);
    EXPECT_EQ(count("tao"), 2U);
    EXPECT_EQ(count("pan"), 1U);
    EXPECT_EQ(count("auditor"), 2U);
    EXPECT_EQ(daemon.as("pan").get("/api/v1/cases/" + large).status, 200);
    EXPECT_EQ(daemon.as("pan").get("/api/v1/cases/" + small).status, 404);
    EXPECT_EQ(daemon.as("other").get("/api/v1/cases/" + small).status, 404);
    EXPECT_EQ(daemon.as("admin").get("/api/v1/cases/" + small).status, 403);
    EXPECT_EQ(daemon.as("admin").get("/api/v1/cases").status, 403);
    EXPECT_EQ(daemon.as("auditor").post("/api/v1/cases/" + small + "/actions/ask", "{}").status,
              403);
    EXPECT_EQ(daemon.as("other").post("/api/v1/cases/" + small + "/actions/ask", "{").status, 404);
}

TEST(HttpCases, ARestrictedCaseIsAbsentForMost) {
    Daemon daemon;
    const auto filed =
        daemon.as("chen").post("/api/v1/alerts", R"({"days": 3, "filing": "confidential"})");
    ASSERT_EQ(filed.status, 201) << filed.body;
    const auto path = "/api/v1/cases/" + text(filed.json(), "id");
    for (const auto* who : {"wang", "auditor", "chen"})  // chen filed it
        EXPECT_EQ(daemon.as(who).get(path).status, 200) << who;
    for (const auto* who : {"tao", "pan", "other"})
        EXPECT_EQ(daemon.as(who).get(path).status, 404) << who;
    EXPECT_EQ(daemon.as("tao").get("/api/v1/cases").json().at("items").as_array().size(), 0U);
    EXPECT_EQ(daemon.as("wang").get("/api/v1/cases").json().at("items").as_array().size(), 1U);
}

TEST(HttpCases, HistoryIsAChain) {
    Daemon daemon;
    const auto id = daemon.file();
    daemon.as("wang").post("/api/v1/cases/" + id + "/actions/ask", "{}");
    const auto history = daemon.as("chen").get("/api/v1/cases/" + id + "/history").json();
    const auto& items = history.at("items").as_array();
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(text(items[0], "command"), "file");
    EXPECT_EQ(text(items[0], "prev_hash"), std::string(64, '0'));
    EXPECT_EQ(text(items[1], "prev_hash"), text(items[0], "hash"));
    EXPECT_EQ(text(items[1].at("actor"), "kind"), "person");
    EXPECT_EQ(text(items[1].at("actor"), "post"), "desk");
    EXPECT_FALSE(items[1].as_object().contains("body"));
    const auto audited = daemon.as("auditor").get("/api/v1/cases/" + id + "/history").json();
    EXPECT_TRUE(audited.at("items").at(0).as_object().contains("body"));
}

TEST(HttpCases, MyTurnIsSortedByDueTime) {
    Daemon daemon;
    const auto later = daemon.file(3);
    const auto sooner = daemon.file(20);
    const auto tasks = daemon.as("wang").get("/api/v1/tasks").json();
    ASSERT_EQ(tasks.at("items").as_array().size(), 2U);
    EXPECT_EQ(text(tasks.at("items").at(0), "case"), sooner);
    EXPECT_EQ(text(tasks.at("items").at(0), "kind"), "case");
    const auto told = daemon.as("tao").get("/api/v1/tasks").json();
    ASSERT_EQ(told.at("items").as_array().size(), 2U);
    EXPECT_EQ(text(told.at("items").at(0), "kind"), "assignment");
    EXPECT_TRUE(daemon.as("other").get("/api/v1/tasks").json().at("items").as_array().empty());

    const auto offer = daemon.as("wang").post("/api/v1/cases/" + later + "/actions/offer_handover",
                                              R"({"to": "second_desk", "reason": "leaving"})");
    ASSERT_EQ(offer.status, 200) << offer.body;
    EXPECT_EQ(text(offer.json().at("offer"), "to"), "second_desk");
}

TEST(HttpCases, MeSaysWhoIAm) {
    Daemon daemon;
    const auto me = daemon.as("he").get("/api/v1/me").json();
    EXPECT_EQ(text(me, "account"), "acc-he");
    EXPECT_EQ(text(me.at("department"), "id"), "hr");
    EXPECT_EQ(text(me.at("posts").at(0), "id"), "desk_hr");
    EXPECT_EQ(text(daemon.as("chen").get("/api/v1/me").json().at("enterprise"), "name"),
              "an enterprise");
}

TEST(HttpCases, AnEnterpriseIsFoundByTheRuleOfFiling) {
    Daemon daemon;
    auto wang = daemon.as("wang");
    EXPECT_EQ(wang.get("/api/v1/enterprises?q=enterp").json().at("items").as_array().size(), 1U);
    const auto match =
        wang.post("/api/v1/enterprises/match", R"({"name": "An  Enterprise"})").json();
    EXPECT_EQ(text(match.at("match"), "id"), "ent-1");
    EXPECT_EQ(text(match, "by"), "name");
    EXPECT_EQ(wang.post("/api/v1/enterprises/match", "{}").status, 422);
    EXPECT_TRUE(daemon.as("other")
                    .get("/api/v1/enterprises?q=enterp")
                    .json()
                    .at("items")
                    .as_array()
                    .empty());
}

TEST(HttpCases, WhoIsInChargePutsACaseUnderTheRulesInForce) {
    Daemon daemon;
    const auto path = "/api/v1/cases/" + daemon.file() + "/migrate";
    const std::string why = R"({"reason": "the new guideline"})";
    // It follows them already.
    EXPECT_EQ(daemon.as("qian").post(path, why).status, 409);
    daemon.world->update([](engine::runtime::World& world) {
        auto policy = *world.policies.begin()->second;
        policy.id = engine::model::PolicyId{"a newer one"};
        policy.text = "{}";
        policy.clocks.at("st.ask").budget.fill(engine::time::testing::budget("9 W"));
        world.policies.begin()->second =
            std::make_shared<const engine::policy::Policy>(std::move(policy));
    });
    for (const auto* other : {"wang", "chen", "he", "auditor"})
        EXPECT_EQ(daemon.as(other).post(path, why).status, 403) << other;
    EXPECT_EQ(daemon.as("admin").post(path, "{}").status, 422);
    EXPECT_EQ(daemon.as("admin").post("/api/v1/cases/none/migrate", why).status, 404);
    const auto reply = daemon.as("admin").post(path, why);
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto answer = reply.json();
    EXPECT_EQ(text(answer, "to"), "a newer one");
    ASSERT_EQ(answer.at("moved").as_array().size(), 1U);
    EXPECT_EQ(text(answer.at("moved").at(0), "clock"), "st.ask#1");
    EXPECT_LT(text(answer.at("moved").at(0), "old_due_at"),
              text(answer.at("moved").at(0), "new_due_at"));
    EXPECT_FALSE(answer.as_object().contains("enterprise"));  // an administrator reads no case
    const auto id = text(answer, "case");
    const auto rows = *(*daemon.store.reader())->history(id, 1, 10);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_NE(rows[0].body.find("acc-admin"), std::string::npos);
    EXPECT_NE(rows[0].body.find("the new guideline"), std::string::npos);
}

}  // namespace
}  // namespace jinqiao::tests
