#include "tests/scenario/escalation_story.h"

// Signing for what one is told, returning it, ruling on it; hand-over.
namespace jinqiao::tests {
namespace {

using engine::model::AssignmentState;

class SignedFor : public EscalationStory {};

TEST_F(SignedFor, ClockStartsAtDeliveryAndNotAtFiling) {
    story.deliver = false;
    file(12);
    EXPECT_EQ(story.it().clock("asg.sign"), nullptr);
    story.at("2026-03-03 10:40");
    ASSERT_TRUE(story.by_engine("delivered", {{"assignment", task("hrss")}}));
    EXPECT_EQ(due("asg.sign"), "2026-03-03T14:40");  // 4 h at yellow
}

TEST_F(SignedFor, UnsignedIsUrgedAndThenOneLevelUpIsToldBeside) {
    file(12);
    story.does(story.duty, "acknowledge");
    story.run_until("2026-03-03 12:00");
    EXPECT_EQ(times("rung.remind", "department:justice"), 1u);
    story.run_until("2026-03-03 13:59");
    EXPECT_EQ(times("rung.remind", "post:supervisor"), 0u);
    story.run_until("2026-03-03 14:00");
    EXPECT_EQ(times("rung.remind", "department:justice"), 2u);
    std::size_t unsigned_ones = 0;
    for (const auto& each : story.it().clocks)
        unsigned_ones += each.name == "asg.sign" && each.open() ? 1 : 0;
    EXPECT_EQ(times("rung.remind", "post:supervisor"), unsigned_ones) << "a word about each";
}

TEST_F(SignedFor, RedIsUrgedEveryTenMinutesAndThenTwoLevelsUp) {
    file(320);
    story.does(story.duty, "acknowledge");
    const auto key = "asg.sign#1@" + task("police");
    story.run_until("2026-03-03 10:30");
    EXPECT_EQ(ran(key + "/0/unsigned"), 3u);
    EXPECT_EQ(times("rung.remind", "post:supervisor2"), 0u);
    story.run_until("2026-03-03 10:50");
    EXPECT_EQ(ran(key + "/0/still_unsigned"), 1u);
    EXPECT_GT(times("rung.remind", "post:supervisor2"), 0u);
}

TEST_F(SignedFor, WhoHasSignedIsUrgedNoMore) {
    file(12);
    story.does(story.duty, "acknowledge");
    ASSERT_TRUE(answers("justice", "sign"));
    story.run_until("2026-03-09 14:00");
    EXPECT_EQ(times("rung.remind", "department:justice"), 0u);
    EXPECT_GT(times("rung.remind", "department:park"), 0u);
}

TEST_F(SignedFor, CopyForInformationIsNotUrged) {
    file(3);
    story.does(story.duty, "acknowledge");
    story.run_until("2026-03-10 10:00");
    EXPECT_EQ(times("alert_copy", "department:hrss"), 1u);
    EXPECT_EQ(times("rung.remind", "department:hrss"), 0u);
}

TEST_F(SignedFor, AcceptedTaskIsDoneInTheEnd) {
    file(12);
    ASSERT_TRUE(answers("justice", "accept"));
    ASSERT_TRUE(answers("justice", "done"));
    EXPECT_FALSE(answers("justice", "return", "已办结"));
    EXPECT_EQ(story.reason(), "assignment.closed");
}

TEST_F(SignedFor, ReturnAsksTheOwnerWhoGivesItToAnother) {
    file(12);
    story.does(story.duty, "acknowledge");
    ASSERT_TRUE(sends_back("justice"));
    EXPECT_EQ(times("returned", "post:duty_desk"), 1u);
    const auto old = task("justice");
    EXPECT_TRUE(clock("asg.rule", old).open());
    story.does(story.duty, "reassign_task", to_json("justice", "court"));
    EXPECT_EQ(clock("asg.rule", old).outcome, "reassigned");
    EXPECT_TRUE(urged("court"));
    EXPECT_TRUE(story.recorded("task_reassigned", "to", "department:court"));
}

TEST_F(SignedFor, OwnerDoesNotGiveItBackToWhoHasJustSaidNo) {
    file(12);
    story.does(story.duty, "acknowledge");
    ASSERT_TRUE(sends_back("justice"));
    story.refused("G.returned", story.duty, "reassign_task", to_json("justice", "justice"));
    story.refused("G.returned", story.duty, "reassign_task", to_json("justice", "nobody"));
    story.refused("G.returned", story.duty, "reassign_task", to_json("park", "court"));
}

TEST_F(SignedFor, TaskIsGivenOnOnce) {
    file(12);
    story.does(story.duty, "acknowledge");
    ASSERT_TRUE(sends_back("justice"));
    const auto to_court = to_json("justice", "court");
    story.does(story.duty, "reassign_task", to_court);
    story.refused("G.returned", story.duty, "reassign_task", to_court);
}

// The third return of one task: who is competent is no longer the owner's to say.
TEST_F(SignedFor, ThreeReturnsAndTheLeadDepartmentRules) {
    file(12);
    story.does(story.duty, "acknowledge");
    ASSERT_TRUE(sends_back("justice"));
    story.does(story.duty, "reassign_task", to_json("justice", "court"));
    ASSERT_TRUE(sends_back("court"));
    story.does(story.duty, "reassign_task", to_json("court", "police"));
    story.refused("G.returned", department("hrss"), "rule_competence",
                  to_json("police", "justice", R"(, "reason": "属其职责")"));
    ASSERT_TRUE(sends_back("police"));
    EXPECT_EQ(times("returned", "department:hrss"), 1u);
    story.refused("G.returned", story.duty, "reassign_task", to_json("police", "petition"));
    story.does(department("hrss"), "rule_competence",
               to_json("police", "justice", R"(, "reason": "属其职责")"));
    EXPECT_TRUE(urged("justice"));
    EXPECT_FALSE(sends_back("justice"));
    EXPECT_EQ(story.reason(), "assignment.ruled");
    EXPECT_TRUE(answers("justice", "accept"));
}

TEST_F(SignedFor, NobodyButTheLeadDepartmentRules) {
    file(12);
    story.policy.routing.returns = 0;
    story.does(story.duty, "acknowledge");
    ASSERT_TRUE(sends_back("justice"));
    const auto ruling = to_json("justice", "court", R"(, "reason": "属其职责")");
    story.refused("G.lead", department("park"), "rule_competence", ruling);
    story.refused("G.lead", story.mediator, "rule_competence", ruling);
    story.does(story.lead_department, "rule_competence", ruling);  // acts for its desk
}

TEST_F(SignedFor, OwnerWhoDoesNotSayWhoIsCompetentIsUrgedAndOneLevelUpTold) {
    file(12);
    story.does(story.duty, "acknowledge");
    ASSERT_TRUE(sends_back("justice"));
    story.sign_everything();
    story.run_until("2026-03-05 00:00");  // 1 W at yellow: the end of Mar 4
    EXPECT_EQ(ran("decide"), 1u);
    EXPECT_EQ(ran("undecided"), 1u);
    EXPECT_GE(times("rung.remind", "post:supervisor"), 1u);
}

TEST_F(SignedFor, ReturnedTaskGoesOutAgainWhenTheCaseBecomesGraver) {
    file(12);
    story.does(story.duty, "acknowledge");
    ASSERT_TRUE(sends_back("justice"));
    const auto old = task("justice");
    story.does(story.duty, "raise_grade", R"({"to": "orange", "reason": "人员聚集"})");
    EXPECT_NE(task("justice"), old);
    EXPECT_TRUE(urged("justice"));
    story.expect_no("asg.rule");
}

TEST_F(SignedFor, QuorumReachedUrgesTheOthersNoMore) {
    story.policy.routing.enough[""] = 3;
    file(12);
    ASSERT_TRUE(answers("union", "sign"));
    ASSERT_TRUE(answers("hrss", "sign"));
    EXPECT_TRUE(urged("park"));
    ASSERT_TRUE(answers("justice", "accept"));
    EXPECT_FALSE(urged("park"));
    EXPECT_TRUE(story.recorded("clock_closed", "outcome", "enough"));
    story.does(story.duty, "acknowledge");
    story.run_until("2026-03-10 10:00");
    EXPECT_EQ(times("rung.remind", "department:park"), 0u);
    EXPECT_TRUE(answers("park", "sign")) << "late, but welcome";
}

TEST_F(SignedFor, AnyIsEnoughForOneGroupAndNotForTheOthers) {
    for (auto& route : story.policy.routing.routes)
        if (route.id == "justice" || route.id == "hrss") route.group = "law";
    story.policy.routing.enough["law"] = 1;
    file(12);
    ASSERT_TRUE(answers("hrss", "sign"));
    EXPECT_FALSE(urged("justice"));
    EXPECT_TRUE(urged("union"));
}

TEST_F(SignedFor, ReturnAfterTheQuorumOpensTheQuestionAgain) {
    story.policy.routing.enough[""] = 2;
    file(12);
    ASSERT_TRUE(answers("union", "sign"));
    ASSERT_TRUE(answers("hrss", "sign"));
    ASSERT_FALSE(urged("park"));
    ASSERT_TRUE(sends_back("hrss"));
    EXPECT_TRUE(urged("park"));
}

// --- hand-over -----------------------------------------------------------------------------------

TEST_F(SignedFor, HandOverThatNobodyConfirmsLeavesTheOwnerAndTellsBoth) {
    in_team();
    story.does(story.mediator, "offer_handover", R"({"to": "liaison", "note": "轮岗"})");
    const auto end = clock("st.handover").due.at;
    story.run_until(end - std::chrono::milliseconds{1});
    story.expect_state("offered", "custody");
    story.run_until(end);
    story.expect_state("held", "custody");
    story.expect_owner("lead_mediator");
    EXPECT_EQ(times("handover_lapsed", "post:lead_mediator"), 1u);
    EXPECT_EQ(times("handover_lapsed", "post:liaison"), 1u);
    EXPECT_EQ(times("handover_lapsed", "post:supervisor"), 1u);
}

TEST_F(SignedFor, ReadingAnOfferIsNotAcceptingIt) {
    in_team();
    story.does(story.mediator, "offer_handover", R"({"to": "liaison", "note": "轮岗"})");
    story.sign_everything();
    story.expect_state("offered", "custody");
    story.expect_owner("lead_mediator");
    story.expect_open("st.handover");
}

TEST_F(SignedFor, DeclinedOfferTellsBothWithTheReason) {
    in_team();
    story.does(story.mediator, "offer_handover", R"({"to": "liaison", "note": "轮岗"})");
    story.does(story.liaison, "decline_handover", R"({"reason": "另有任务"})");
    story.expect_owner("lead_mediator");
    EXPECT_EQ(times("handover_declined", "post:lead_mediator"), 1u);
    EXPECT_EQ(times("handover_declined", "post:liaison"), 1u);
}

}  // namespace
}  // namespace jinqiao::tests
