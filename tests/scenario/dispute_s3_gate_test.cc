#include <gtest/gtest.h>

#include "tests/support/dispute_story.h"

namespace jinqiao::tests {

// Gate blocked at three in the morning, in the middle of Spring Festival (off Feb 15 to 23).
class GateBlockedAtThreeInTheMorning : public ::testing::Test {
  protected:
    DisputeStory story;

    void file() {
        story.at("2026-02-18 03:00");
        story.filed(R"({
            "enterprise": {"name": "示例电子", "staff": 150},
            "event": {"cause": "wage_arrears", "behaviours": ["gate_block"], "place": "南门",
                      "workers_involved": 80, "workers_present": 80, "arrears_months": 3,
                      "demands": ["pay_arrears"], "noticed_at": "2026-02-18T02:55:00+08:00"}})");
    }

    void until_joint() {
        story.when("2026-02-18 03:10");
        story.when("2026-02-18 03:14");
        story.does(story.liaison, "accept_handover");
        story.does(story.liaison, "acknowledge");
        story.does(story.liaison, "dispatch", R"({"person": "p_liaison_2"})");
        story.when("2026-02-18 03:28");
        story.does(story.liaison, "report_up", R"({"kind": "first", "text": "堵门"})");
        story.when("2026-02-18 04:20");
        story.does(story.holder("p_liaison_2", {"mediator"}), "arrive",
                   R"({"heads_now": 80, "mood": "agitated"})");
        story.when("2026-02-18 04:50");
        story.does(story.liaison, "confirm_facts",
                   R"({"types": ["wage_arrears"], "collective": true, "common_claim": "工资",
                       "in_scope": true, "rights_claim": true})");
        story.when("2026-02-18 05:10");
        story.does(story.liaison, "attach_plan", R"({"plan": "plan-joint"})");
        story.does(story.liaison, "open_coordination", R"({"tier": "joint"})");
    }
};

TEST_F(GateBlockedAtThreeInTheMorning, ReachesAllSixteenAndThePoliceAtOnce) {
    file();
    story.expect_grade("red");
    std::size_t departments = 0;
    for (const auto& each : story.it().assignments)
        if (each.task == "alert" &&
            each.addressee.kind == engine::model::Addressee::Kind::department)
            ++departments;
    EXPECT_EQ(departments, 16U);
    EXPECT_NE(story.assignment("department:police", "alert"), nullptr);
    story.expect_due("st.ack", "2026-02-18 03:10");
    story.expect_due("st.dispatch", "2026-02-18 03:15");
    story.expect_due("rep.first", "2026-02-18 03:30");
    story.expect_due("st.on_site", "2026-02-18 04:00");
    story.expect_due("st.verify", "2026-02-18 05:00");
}

TEST_F(GateBlockedAtThreeInTheMorning, NobodyAnswersAndTheDeputyTakesIt) {
    file();
    story.when("2026-02-18 03:09");
    story.expect_state("held", "custody");
    story.when("2026-02-18 03:10");
    story.expect_state("offered", "custody");
    story.expect_owner("duty_desk");
    const auto told = story.told("rung.inform");
    EXPECT_NE(std::find(told.begin(), told.end(), "post:supervisor"), told.end());
    story.when("2026-02-18 03:14");
    story.does(story.liaison, "accept_handover");
    story.expect_owner("liaison");
    story.does(story.liaison, "acknowledge");
    story.expect_state("verifying");
    story.expect_owner("liaison");
}

TEST_F(GateBlockedAtThreeInTheMorning, DuesOfTheNight) {
    file();
    until_joint();
    story.expect_state("joint");
    story.expect_state("congress", "process");
    story.expect_due("rep.follow", "2026-02-18 05:28");
    story.expect_due("st.coordinate", "2026-02-18 06:50");
    std::size_t missed = 0;
    for (const auto& event : story.events)
        if (event.name == "due_passed" && event.data.at("clock").as_string() == "st.on_site#1")
            ++missed;
    EXPECT_EQ(missed, 1U);
    story.when("2026-02-18 05:15");
    story.refused("G.suspend", story.liaison, "request_suspension",
                  R"({"reason": "等总部", "until": "2026-02-20", "kind": "suspend"})");
}

TEST_F(GateBlockedAtThreeInTheMorning, AWithdrawalWaitsWhileTheGateIsBlocked) {
    file();
    until_joint();
    story.when("2026-02-18 06:00");
    story.does(story.liaison, "withdraw",
               R"({"by": "workers", "scope": "whole", "mandate": "doc-mandate"})");
    story.expect_state("watching");
    EXPECT_TRUE(story.it().open);
    EXPECT_TRUE(story.it().data.contains("exit_pending"));
    story.when("2026-02-18 07:00");
    story.does(story.liaison, "open_coordination", R"({"tier": "joint"})");
    EXPECT_FALSE(story.it().data.contains("exit_pending"));
}

TEST_F(GateBlockedAtThreeInTheMorning, APendingExitIsCarriedOutOnceTheGateIsFree) {
    file();
    until_joint();
    story.when("2026-02-18 06:00");
    story.does(story.liaison, "withdraw",
               R"({"by": "workers", "scope": "whole", "mandate": "doc-mandate"})");
    story.when("2026-02-18 06:30");
    story.does(story.liaison, "update_facts",
               R"({"behaviours": [{"code": "gate_block", "ended": "2026-02-18T06:25:00+08:00"}]})");
    story.expect_state("withdrawn");
    EXPECT_FALSE(story.it().open);
}

TEST_F(GateBlockedAtThreeInTheMorning, LoweredByAnotherPersonOnceTheGateIsFree) {
    file();
    until_joint();
    story.when("2026-02-18 11:30");
    story.refused("G.floor", story.liaison, "request_lower_grade",
                  R"({"to": "yellow", "reason": "已散"})");
    story.does(story.liaison, "update_facts",
               R"({"behaviours": [{"code": "gate_block", "ended": "2026-02-18T11:30:00+08:00"}]})");
    story.expect_grade("red");
    story.when("2026-02-18 13:20");
    story.does(story.liaison, "report_up", R"({"kind": "follow", "text": "大门已通"})");
    story.expect_due("rep.follow", "2026-02-18 15:20");
    story.when("2026-02-18 14:00");
    story.does(story.liaison, "request_lower_grade", R"({"to": "orange", "reason": "已散"})");
    story.expect_due("st.answer", "2026-02-18 15:00");
    const std::string answer =
        R"({"request": ")" + story.it().requests.back().id.value + R"(", "reason": "同意"})";
    story.when("2026-02-18 14:35");
    story.does(story.supervisor, "approve_request", answer);
    story.expect_grade("orange");
    story.expect_due("rep.follow", "2026-02-18 17:20");
}

TEST_F(GateBlockedAtThreeInTheMorning, ARightIsNotBargainedOver) {
    file();
    until_joint();
    for (int i = 0; i < 2; ++i) {
        if (i == 1) {
            story.does(story.liaison, "elect_representatives",
                       R"({"on": "2026-02-18", "kind": "dispute", "method": "推选",
                           "workers": [{"name": "甲"}, {"name": "乙"}, {"name": "丙"},
                                       {"name": "丁"}, {"name": "戊"}]})");
            story.expect_state("bargain", "process");
        }
        story.does(story.liaison, "request_skip_step",
                   R"({"reason": "权利争议", "cause": "rights_claim"})");
        const std::string answer =
            R"({"request": ")" + story.it().requests.back().id.value + R"(", "reason": "同意"})";
        // The second time of a kind is for the next level.
        story.does(i == 0 ? story.supervisor : story.supervisor2, "approve_request", answer);
    }
    story.expect_state("agreed", "process");
    story.when("2026-02-26 10:00");
    story.does(story.liaison, "apply_mediation",
               R"({"mediator_kind": "enterprise_committee", "body": "示例电子调解委员会",
                   "received_at": "2026-02-18T16:00:00+08:00", "by": "workers", "form": "written",
                   "requests": ["工资"]})");
    story.expect_due("med.accept", "2026-02-26 24:00");
    story.expect_due("med.arb_right", "2026-03-05 24:00");
    story.does(story.liaison, "record_consent",
               R"({"side": "employer", "consents": true, "at": "2026-02-26T10:00:00+08:00"})");
    story.does(story.mediator, "accept_mediation",
               R"({"mediator": "p_mediator_1", "accepted_at": "2026-02-26T10:00:00+08:00",
                   "no_tie": true})");
    story.expect_due("med.end", "2026-03-13 24:00");
}

}  // namespace jinqiao::tests
