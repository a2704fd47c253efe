// The dispute workflow with the configuration as shipped, through the API: the contract of
// design.md 7 word for word.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <map>

#include "engine/runtime/sign_link.h"
#include "tests/e2e/http/park.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;

class HttpPark : public testing::Test {
  protected:
    Daemon daemon{park()};

    std::string file() {
        const auto reply =
            daemon.as("enterprise_union").post("/api/v1/alerts", json::serialize(park_alert()));
        EXPECT_EQ(reply.status, 201) << reply.body;
        return reply.status == 201 ? text(reply.json(), "id") : "none";
    }
    json::value read(const std::string& who, const std::string& id) {
        const auto reply = daemon.as(who).get("/api/v1/cases/" + id);
        EXPECT_EQ(reply.status, 200) << reply.body;
        return reply.json();
    }
};

TEST_F(HttpPark, AnAlertIsAnsweredAsTheContractSays) {
    const auto reply =
        daemon.as("enterprise_union").post("/api/v1/alerts", json::serialize(park_alert()));
    ASSERT_EQ(reply.status, 201) << reply.body;
    const auto kase = reply.json();
    for (const auto* key : {"id",      "number",   "workflow",    "workflow_version", "stage",
                            "state",   "regions",  "grade",       "grade_reasons",    "owner",
                            "clocks",  "missing",  "version",     "filed_at",         "demands",
                            "parties", "requests", "assignments", "documents",        "enterprise",
                            "event",   "sides",    "links",       "exercise"})
        EXPECT_TRUE(kase.as_object().contains(key)) << key;
    EXPECT_EQ(text(kase, "number").substr(0, 8), "JQ-2026-");
    EXPECT_EQ(text(kase, "workflow"), "dispute");
    EXPECT_EQ(text(kase, "stage"), "warn");
    EXPECT_EQ(text(kase, "state"), "reported");
    EXPECT_EQ(text(kase, "grade"), "orange");
    for (const auto* region :
         {"pipeline", "process", "mediation", "containment", "clock", "custody"})
        EXPECT_TRUE(kase.at("regions").as_object().contains(region)) << region;
    EXPECT_EQ(text(kase.at("owner"), "post"), "duty_desk");
    EXPECT_FALSE(text(kase.at("owner"), "person").empty());
    ASSERT_FALSE(kase.at("grade_reasons").as_array().empty());
    EXPECT_FALSE(text(kase.at("grade_reasons").at(0), "text").empty());
    std::map<std::string, std::string> due;
    for (const auto& clock : kase.at("clocks").as_array()) {
        for (const auto* key : {"name", "due_at", "kind", "basis", "explain", "state"})
            EXPECT_TRUE(clock.as_object().contains(key)) << key;
        due[text(clock, "name")] = text(clock, "due_at");
    }
    EXPECT_EQ(due["st.ack"], "2026-09-30T16:40:00+08:00");
    EXPECT_EQ(due["rep.first"], "2026-09-30T17:20:00+08:00");
    EXPECT_EQ(text(kase.at("enterprise"), "id"), "e_demo");
    EXPECT_EQ(text(kase.at("event"), "place"), "一号厂房");
    EXPECT_EQ(text(kase.at("demands").at(0), "code"), "compensation");
}

TEST_F(HttpPark, HalfKnownFactsAreMissingAndNoFault) {
    const auto reply =
        daemon.as("duty_officer").post("/api/v1/alerts", R"({"event": {"place": "南门",
        "behaviours": ["gate_block"], "noticed_at": "2026-09-30T16:00:00+08:00"}})");
    ASSERT_EQ(reply.status, 201) << reply.body;
    EXPECT_FALSE(reply.json().at("missing").as_array().empty());
    const auto nothing = daemon.as("duty_officer").post("/api/v1/alerts", R"({"event": {}})");
    EXPECT_EQ(nothing.status, 422);
    EXPECT_FALSE(nothing.json().at("errors").as_array().empty());
    EXPECT_EQ(daemon.as("mediator").post("/api/v1/alerts", "{}").status, 403);
    EXPECT_EQ(daemon.as("auditor").post("/api/v1/alerts", "{}").status, 403);
}

TEST_F(HttpPark, TheReporterIsForOwnerAndFiler) {
    const auto id = file();
    EXPECT_EQ(text(read("enterprise_union", id).at("reporter"), "name"), "张三丰");
    EXPECT_EQ(text(read("duty_officer", id).at("reporter"), "phone"), "13900001111");
    for (const auto* who : {"mediator", "supervisor", "auditor", "department:union"}) {
        const auto reply = daemon.as(who).get("/api/v1/cases/" + id);
        EXPECT_EQ(reply.body.find("张三丰"), std::string::npos) << who;
        EXPECT_EQ(reply.body.find("13900001111"), std::string::npos) << who;
        EXPECT_EQ(text(reply.json().at("reporter"), "role"), "工会主席") << who;
    }
    for (const auto* path : {"/history", "/notices", "/actions"}) {
        const auto reply = daemon.as("auditor").get("/api/v1/cases/" + id + path);
        EXPECT_EQ(reply.status, 200) << path;
        EXPECT_EQ(reply.body.find("张三丰"), std::string::npos) << path;
    }
    const auto found = daemon.as("duty_officer").get("/api/v1/cases?q=%E5%BC%A0%E4%B8%89%E4%B8%B0");
    EXPECT_TRUE(found.json().at("items").as_array().empty());
}

TEST_F(HttpPark, FromTakingTheCaseToTheFacts) {
    const auto id = file();
    const auto path = "/api/v1/cases/" + id + "/actions/";
    auto duty = daemon.as("duty_officer", "en");
    const auto taken = duty.post(path + "acknowledge", "{}", {{"If-Match", "\"1\""}});
    ASSERT_EQ(taken.status, 200) << taken.body;
    EXPECT_EQ(text(taken.json(), "state"), "verifying");
    const auto blocked = duty.post(path + "open_coordination", R"({"tier": "team"})");
    EXPECT_EQ(blocked.status, 409);
    bool facts = false;
    const auto problem = blocked.json();
    for (const auto& reason : problem.at("reasons").as_array()) {
        facts = facts || text(reason, "code") == "G.facts";
        EXPECT_NE(text(reason, "text"), text(reason, "code"));
    }
    EXPECT_TRUE(facts) << blocked.body;
    const auto actions = duty.get("/api/v1/cases/" + id + "/actions").json();
    EXPECT_GT(actions.at("allowed").as_array().size(), 5U);
    EXPECT_GT(actions.at("blocked").as_array().size(), 0U);
    const auto left = daemon.as("enterprise_union")
                          .post(path + "party_refused", R"({"by": "workers", "of": "contact"})");
    EXPECT_EQ(left.status, 200) << left.body;
}

TEST_F(HttpPark, ADepartmentSignsByLinkAndByAccount) {
    const auto id = file();
    const auto kase = read("auditor", id);
    std::map<std::string, std::string> told;
    for (const auto& one : kase.at("assignments").as_array())
        told[text(one, "addressee")] = text(one, "id");
    ASSERT_TRUE(told.contains("department:union")) << json::serialize(kase.at("assignments"));
    ASSERT_TRUE(told.contains("department:hrss"));
    const auto by_account =
        daemon.as("department:union")
            .post("/api/v1/assignments/" + told["department:union"] + "/sign", "");
    EXPECT_EQ(by_account.status, 200) << by_account.body;
    const auto link = "/s/" + engine::runtime::make_sign_token(
                                  link_key, engine::model::AssignmentId{told["department:hrss"]},
                                  daemon.clock.now() + std::chrono::hours(1));
    const auto page = daemon.anybody().get(link);
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("确认签收"), std::string::npos);
    EXPECT_EQ(page.body.find(link), std::string::npos);
    EXPECT_NE(daemon.anybody().post(link, "").body.find("签收，谢谢"), std::string::npos);
    const auto tasks = daemon.as("department:hrss").get("/api/v1/tasks").json();
    EXPECT_EQ(tasks.at("items").as_array().size(), 1U);
}

TEST_F(HttpPark, WhyADepartmentReturnsItIsForItselfAndTheOffice) {
    const auto id = file();
    std::string assignment;
    const auto told = read("auditor", id);
    for (const auto& one : told.at("assignments").as_array())
        if (text(one, "addressee") == "department:hrss") assignment = text(one, "id");
    const auto returned =
        daemon.as("department:hrss")
            .post("/api/v1/assignments/" + assignment + "/return", R"({"reason": "归口司法局"})");
    ASSERT_EQ(returned.status, 200) << returned.body;
    const auto reason_for = [&](const char* who) {
        const auto kase = read(who, id);
        for (const auto& one : kase.at("assignments").as_array())
            if (text(one, "id") == assignment)
                return text(one, "state") + " " + text(one, "reason");
        return std::string("nothing");
    };
    EXPECT_EQ(reason_for("department:hrss"), "returned 归口司法局");
    EXPECT_EQ(reason_for("duty_officer"), "returned 归口司法局");
    EXPECT_EQ(reason_for("department:union"), "returned ");
}

TEST_F(HttpPark, AMailLeavesANoteThatSaysWhoseItIs) {
    const auto id = file();
    std::string assignment;
    const auto told = read("auditor", id);
    for (const auto& one : told.at("assignments").as_array())
        if (text(one, "addressee") == "department:hrss") assignment = text(one, "id");
    const auto path = "/s/" + engine::runtime::mail_token(engine::runtime::make_sign_token(
                                  link_key, engine::model::AssignmentId{assignment},
                                  daemon.clock.now() + std::chrono::hours(1)));
    const auto send = [&](const std::string& key) {
        const auto reply =
            daemon.anybody().post(path, "answer=note&text=%E4%BA%BA%E5%88%B0%E4%BA%86",
                                  {{"Content-Type", "application/x-www-form-urlencoded"},
                                   {"Accept-Language", "en"},
                                   {"Idempotency-Key", key}});
        EXPECT_EQ(reply.status, 200) << reply.body;
        EXPECT_EQ(reply.field("content-type"), "text/html; charset=utf-8");
    };
    const auto notes = [&] {
        const auto kase = json::serialize(read("auditor", id));
        int count = 0;
        for (auto at = kase.find("，邮件回复】人到了"); at != std::string::npos;
             at = kase.find("，邮件回复】人到了", at + 1))
            ++count;
        return count;
    };
    send("one");
    EXPECT_EQ(notes(), 1);
    send("one");  // the mail system got no answer, and tries again
    EXPECT_EQ(notes(), 1);
    send("two");
    EXPECT_EQ(notes(), 2);
}

TEST_F(HttpPark, EveryTextOfTheApiIsWorded) {
    file();
    for (const auto* language : {"zh-CN", "en"}) {
        const auto document =
            Client(daemon.server->port(), {}, language).get("/api/v1/openapi.json").body;
        for (const auto* unworded : {"\"call.", "\"problem.", "\"parameter.", "\"page."})
            EXPECT_EQ(document.find(unworded), std::string::npos) << unworded;
        EXPECT_NE(document.find("action_record_confirmation"), std::string::npos);
        const auto lost = daemon.as("auditor", language).get("/api/v1/cases/none");
        EXPECT_EQ(lost.body.find("\"problem."), std::string::npos);
    }
    const auto row = daemon.as("auditor").get("/api/v1/cases").json().at("items").at(0);
    const auto history = daemon.as("auditor").get("/api/v1/cases/" + text(row, "id") + "/history");
    EXPECT_EQ(history.body.find("\"event."), std::string::npos);
}

}  // namespace
}  // namespace jinqiao::tests
