// Reports made in confidence, over a socket: who reported is for few, whatever else they read.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "engine/runtime/audit.h"
#include "tests/e2e/http/daemon.h"
#include "tests/e2e/http/park.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
namespace model = engine::model;
using namespace std::chrono_literals;

struct HttpConfidential : testing::Test {
    Daemon daemon{park()};
    Client union_ = daemon.as("enterprise_union", "en"), duty = daemon.as("duty_officer", "en"),
           supervisor = daemon.as("supervisor", "en");
    std::string path;

    void SetUp() override {
        auto alert = park_alert();
        alert["filing"] = "confidential";
        alert.erase("documents");
        const auto filed = union_.post("/api/v1/alerts", json::serialize(alert));
        ASSERT_EQ(filed.status, 201) << filed.body;
        path = "/api/v1/cases/" + text(filed.json(), "id");
    }
    bool knows(Client& client) {
        return client.get(path).json().at("reporter").as_object().contains("name");
    }
    std::string ask() {
        const auto asked =
            duty.post(path + "/actions/request_unseal", R"({"reason": "须当面核实"})");
        EXPECT_EQ(asked.status, 200) << asked.body;
        return text(asked.json().at("requests").as_array().back(), "id");
    }
};

TEST_F(HttpConfidential, WhoReportedIsForTheFilerAlone) {
    const auto own = union_.get(path);
    ASSERT_EQ(own.status, 200) << own.body;
    EXPECT_EQ(own.json().at("reporter").at("name"), "张三丰");
    EXPECT_EQ(own.json().at("identity").at("sealed"), false);
    const auto owned = duty.get(path);
    ASSERT_EQ(owned.status, 200);
    EXPECT_FALSE(knows(duty));
    EXPECT_EQ(owned.json().at("identity").at("sealed"), true);
    for (const auto* who : {"mediator", "supervisor", "department:hrss", "administrator"})
        EXPECT_NE(daemon.as(who).get(path).status, 200) << who;
    // Nor by the side: the record, the notices, the proof of delivery, the search.
    for (const auto* part : {"", "/history", "/notices", "/ledger?format=csv", "/ledger"})
        for (const auto* who : {"duty_officer", "auditor"}) {
            const auto seen = daemon.as(who, "en").get(path + part).body;
            for (const auto* name :
                 {"张三丰", "13900001111", "p_chair_1", "示例工会主席", "enterprise_union\""})
                EXPECT_EQ(seen.find(name), std::string::npos) << who << part << name;
        }
    const auto history = duty.get(path + "/history").json();
    EXPECT_EQ(text(history.at("items").at(0).at("actor"), "person_name"),
              "somebody who reported in confidence");
    for (const std::string q :
         {"%E5%BC%A0%E4%B8%89%E4%B8%B0", "13900001111", "enterprise_union", "p_chair_1"}) {
        const auto found = duty.get("/api/v1/cases?q=" + q).json();
        EXPECT_TRUE(found.at("items").as_array().empty()) << q;
    }
}

// Whoever did anything in the case since is the same person, and the office learns of none of it.
TEST_F(HttpConfidential, WhatTheFilerDoesLaterDoesNotNameThemEither) {
    const auto id = path.substr(path.rfind('/') + 1);
    const auto note = union_.post(path + "/actions/add_note",
                                  R"({"text": "又有两人没有拿到工资", "private": false})");
    ASSERT_EQ(note.status, 200) << note.body;
    ASSERT_EQ(union_.post(path + "/presence", R"({"form": "add_note"})").status, 200);
    // A message to them went nowhere.
    const auto raised =
        duty.post(path + "/actions/raise_grade", R"({"to": "red", "reason": "人多了"})");
    ASSERT_EQ(raised.status, 200) << raised.body;
    const auto told = daemon.store.reader().value()->notices(model::CaseId{id}).value();
    const auto theirs = std::find_if(told.begin(), told.end(), [](const auto& row) {
        return row.notice.addressee.text() == "person:p_chair_1";
    });
    ASSERT_NE(theirs, told.end());
    engine::ports::DeadLetterRow letter;
    letter.delivery = theirs->delivery;
    letter.kase = model::CaseId{id};
    letter.at = daemon.clock.now();
    letter.owner = "fallback_desk";
    {
        auto batch = daemon.store.begin().value();
        ASSERT_TRUE(batch->put_dead_letter(letter));
        ASSERT_TRUE(batch->commit());
    }
    for (const auto* who : {"duty_officer", "supervisor", "auditor", "administrator"}) {
        auto reader = daemon.as(who, "en");
        for (const std::string& at :
             {path, path + "/history", path + "/notices", path + "/ledger?format=html",
              path + "/ledger?format=csv", path + "/presence", std::string("/api/v1/dead-letters"),
              std::string("/api/v1/audit?stream=cases"), std::string("/api/v1/tasks"),
              std::string("/api/v1/requests"), std::string("/api/v1/board/late")}) {
            const auto seen = reader.get(at).body;
            for (const auto* name :
                 {"张三丰", "13900001111", "p_chair_1", "示例工会主席", "enterprise_union\""})
                EXPECT_EQ(seen.find(name), std::string::npos) << who << ' ' << at << ' ' << name;
        }
    }
    auto auditor = daemon.as("auditor", "en");
    EXPECT_FALSE(auditor.get("/api/v1/audit?stream=cases").json().at("items").as_array().empty());
    EXPECT_TRUE(auditor.get("/api/v1/audit?stream=cases&who=enterprise_union")
                    .json()
                    .at("items")
                    .as_array()
                    .empty())
        << "nor is it found by their name";
    const auto letters = auditor.get("/api/v1/dead-letters").json().at("items").as_array();
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(text(letters.at(0).at("notices").at(0), "addressee"), "filer");
    EXPECT_EQ(text(letters.at(0), "address_masked"), "");
    EXPECT_NE(union_.get(path).body.find("p_chair_1"), std::string::npos) << "they see themselves";
}

// What was promised at filing holds, and nobody promises it afterwards.
TEST_F(HttpConfidential, NobodyChangesHowItWasFiled) {
    const auto refused = duty.post(path + "/actions/update_facts", R"({"filing": "identified"})");
    EXPECT_EQ(refused.status, 422) << refused.body;
}

// Those who may read the other case are others.
TEST_F(HttpConfidential, IsNotMergedIntoACaseThatManyRead) {
    auto alert = park_alert();
    alert.erase("documents");
    const auto other =
        union_.post("/api/v1/alerts", json::serialize(alert), {{"Idempotency-Key", "another"}});
    ASSERT_EQ(other.status, 201) << other.body;
    const auto merge = [&](const std::string& from, const std::string& into) {
        const auto id = into.substr(into.rfind('/') + 1);
        return duty.post(
            from + "/actions/merge_into",
            json::serialize(json::object{{"target", id}, {"reason", "同一事件"}, {"overlap", 0}}));
    };
    const auto open = "/api/v1/cases/" + text(other.json(), "id");
    for (const auto& each : {path, open})
        ASSERT_EQ(duty.post(each + "/actions/acknowledge", "{}").status, 200);
    const auto refused = merge(path, open);
    EXPECT_EQ(refused.status, 409) << refused.body;
    EXPECT_NE(refused.body.find("confidence"), std::string::npos) << refused.body;
    const auto merged = merge(open, path);
    EXPECT_EQ(merged.status, 200) << merged.body;
}

TEST_F(HttpConfidential, TwoPersonsOpenItForAWhileAndItIsShown) {
    const auto request = ask();
    EXPECT_FALSE(knows(duty));
    EXPECT_FALSE(knows(supervisor)) << "asked, and not approved yet";
    const auto answer = json::serialize(json::object{{"request", request}, {"reason", "同意"}});
    EXPECT_EQ(duty.post(path + "/actions/approve_request", answer).status, 403);
    const auto approved = supervisor.post(path + "/actions/approve_request", answer);
    ASSERT_EQ(approved.status, 200) << approved.body;
    EXPECT_TRUE(knows(duty));
    EXPECT_TRUE(knows(supervisor));
    EXPECT_EQ(daemon.as("supervisor2").get(path).status, 404);
    const auto auditor = daemon.as("auditor", "en").get(path).json();
    EXPECT_FALSE(auditor.at("reporter").as_object().contains("name"));
    const auto& opening = auditor.at("identity").at("openings").at(0);
    EXPECT_EQ(text(opening, "by_name"), "示例值班员甲");
    EXPECT_EQ(text(opening, "approver_name"), "示例分管负责人甲");
    EXPECT_EQ(text(opening, "reason"), "须当面核实");
    const auto history = duty.get(path + "/history").json();
    bool recorded = false;
    for (const auto& row : history.at("items").as_array())
        for (const auto& event : row.at("events").as_array())
            recorded = recorded || text(event, "name") == "identity_opened";
    EXPECT_TRUE(recorded);
    const auto told = union_.get(path + "/notices").body;
    EXPECT_NE(told.find("identity_opened"), std::string::npos) << "whoever filed is told";

    daemon.clock.turn(25h);
    EXPECT_FALSE(knows(duty));
    EXPECT_EQ(supervisor.get(path).status, 404);
    EXPECT_TRUE(engine::runtime::verify(*daemon.store.reader().value())->breaks.empty());
}

TEST_F(HttpConfidential, ARefusedRequestOpensNothing) {
    const auto request = ask();
    const auto answer = json::serialize(json::object{{"request", request}, {"reason", "不必"}});
    ASSERT_EQ(supervisor.post(path + "/actions/reject_request", answer).status, 200);
    EXPECT_FALSE(knows(duty));
    EXPECT_TRUE(duty.get(path).json().at("identity").at("openings").as_array().empty());
}

TEST_F(HttpConfidential, NoReasonNoRequest) {
    EXPECT_EQ(duty.post(path + "/actions/request_unseal", "{}").status, 422);
    EXPECT_EQ(duty.post(path + "/actions/request_unseal", R"({"reason": " "})").status, 422);
}

}  // namespace
}  // namespace jinqiao::tests
