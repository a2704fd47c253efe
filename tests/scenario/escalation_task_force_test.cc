#include "tests/scenario/escalation_story.h"

// 专班: what becomes of a case that does not move.
namespace jinqiao::tests {
namespace {

class TaskForce : public EscalationStory {
  protected:
    bool formed() {
        const auto* force = story.it().data.if_contains("task_force");
        return force != nullptr && !force->as_object().contains("dissolved_at");
    }
    std::string why() {
        return std::string(story.it().data.at("task_force").at("why").as_string());
    }
    // A case that is open for longer than st.close allows.
    void open_too_long() {
        file(320);
        story.does(story.duty, "acknowledge");
        story.policy.task_force->escalations.fill(0);
        story.when("2026-03-25 00:00");
        ASSERT_TRUE(formed());
    }
};

TEST_F(TaskForce, IsFormedByTheNumberOfEscalations) {
    file(12);
    story.does(story.duty, "acknowledge");
    story.policy.task_force->escalations.fill(3);
    story.run_until("2026-03-20 10:00");
    ASSERT_TRUE(formed());
    EXPECT_EQ(why(), "escalations");
    EXPECT_TRUE(story.recorded("task_force_formed", "why", "escalations"));
    EXPECT_GE(times("task_force_formed", "post:supervisor2"), 1u);
    EXPECT_GE(times("task_force_formed", "post:duty_desk"), 1u);
    story.expect_open("st.review");
}

TEST_F(TaskForce, IsNotFormedByRemindersHoweverMany) {
    file(12);
    story.does(story.duty, "acknowledge");
    story.policy.task_force->escalations.fill(1);
    story.run_until("2026-03-03 11:59");  // half of st.dispatch and others
    EXPECT_GT(story.told("rung.remind").size(), 0u);
    EXPECT_FALSE(formed());
    story.run_until("2026-03-03 12:00");  // st.dispatch missed: the supervisor is informed
    EXPECT_TRUE(formed());
}

TEST_F(TaskForce, IsFormedWhenTheCaseHasBeenOpenTooLong) {
    open_too_long();
    EXPECT_EQ(why(), "days");
    EXPECT_EQ(story.it().data.at("task_force").at("formed_at"), "2026-03-25T00:00:00+08:00");
}

TEST_F(TaskForce, TimeAtRestIsNotTimeOpen) {
    in_team();
    story.policy.task_force->escalations.fill(0);
    const auto before = due("st.close");
    suspend("2026-03-10");
    story.when("2026-03-11 00:00");
    EXPECT_GT(due("st.close"), before);
}

TEST_F(TaskForce, IsReviewedDailyUntilTheCaseEnds) {
    open_too_long();
    EXPECT_EQ(due("st.review"), "2026-03-26T00:00");  // red: 24 h
    story.when("2026-03-25 16:00");
    story.does(story.supervisor2, "review_task_force", R"({"finding": "总部代表周四到场"})");
    EXPECT_EQ(due("st.review"), "2026-03-26T16:00");
    EXPECT_EQ(story.it().data.at("task_force").at("reviews"), 1);
    EXPECT_EQ(clock("st.review").instance, 2);
    story.does(story.duty, "review_task_force", R"({"finding": "已安排会场"})");
    EXPECT_EQ(story.it().data.at("task_force").at("reviews"), 2);
}

TEST_F(TaskForce, MissedReviewIsAskedForAndThenToldTheSecondLevel) {
    open_too_long();
    story.when("2026-03-26 00:00");
    EXPECT_EQ(ran("review_due"), 1u);
    EXPECT_GE(times("rung.remind", "post:supervisor2"), 1u);
    story.when("2026-03-28 00:00");
    EXPECT_GE(ran("st.review#1/0/still_missed"), 1u);
}

TEST_F(TaskForce, OnePersonCannotDissolveIt) {
    open_too_long();
    story.refused("G.two", story.supervisor, "dissolve_task_force", R"({"reason": "已平稳"})");
    EXPECT_TRUE(formed());
}

TEST_F(TaskForce, TwoPersonsDissolveItWithAReason) {
    open_too_long();
    story.does(
        story.duty, "request_approval",
        R"({"for": "dissolve_task_force", "reason": "已平稳", "payload": {"reason": "已平稳"}})");
    approve(story.supervisor);
    EXPECT_FALSE(formed());
    story.expect_end_of("st.review", "dissolved");
    EXPECT_GE(times("task_force_dissolved", "post:supervisor2"), 1u);
    EXPECT_EQ(story.it().escalations, 0);
    story.refused("G.force", story.supervisor2, "review_task_force", R"({"finding": "x"})");
}

TEST_F(TaskForce, IsOrderedBeforeTheCaseGetsStuck) {
    file(60);
    story.does(story.duty, "acknowledge");
    EXPECT_FALSE(story.act(story.duty, "order_task_force", tests::payload(R"({"reason": "x"})")));
    story.does(story.supervisor, "order_task_force", R"({"reason": "涉及面广"})");
    ASSERT_TRUE(formed());
    EXPECT_EQ(why(), "ordered");
    EXPECT_GE(times("task_force_formed", "post:supervisor2"), 1u);
    story.expect_open("st.review");
    story.refused("G.unforced", story.supervisor, "order_task_force", R"({"reason": "x"})");
    story.does(story.supervisor2, "review_task_force", R"({"finding": "每日会商"})");
}

TEST_F(TaskForce, IsNotOrderedWhereNobodyWouldLeadIt) {
    file(60);
    story.does(story.duty, "acknowledge");
    story.policy.task_force.reset();
    story.refused("G.unforced", story.supervisor, "order_task_force", R"({"reason": "x"})");
}

TEST_F(TaskForce, IsFormedOnceHoweverOftenItIsCalledFor) {
    file(12);
    story.does(story.duty, "acknowledge");
    story.policy.task_force->escalations.fill(2);
    story.run_until("2026-04-20 10:00");
    EXPECT_EQ(story.count("task_force_formed"), 1u);
}

TEST_F(TaskForce, CountBeginsAfreshInTheNextStage) {
    file(12);
    story.does(story.duty, "acknowledge");
    story.policy.task_force->escalations.fill(50);
    story.run_until("2026-03-10 10:00");
    ASSERT_GT(story.it().escalations, 0);
    story.does(story.duty, "update_facts", R"({"certainty": "seen"})");
    story.does(
        story.duty, "confirm_facts",
        R"({"types": ["wage_arrears"], "in_scope": true, "rights_claim": true, "collective": false})");
    story.does(story.duty, "attach_plan", R"({"plan": "plan-basic"})");
    story.does(story.duty, "open_coordination", R"({"tier": "team", "lead": "p_mediator_1"})");
    EXPECT_EQ(story.it().escalations, 0);
}

TEST_F(TaskForce, EndsWithTheCase) {
    open_too_long();
    story.does(story.duty, "update_facts", R"({"certainty": "seen"})");
    story.does(
        story.duty, "confirm_facts",
        R"({"types": ["wage_arrears"], "in_scope": true, "rights_claim": true, "collective": false})");
    story.does(story.duty, "refer", R"({"to": "court", "purpose": "decide", "scope": "whole"})");
    EXPECT_FALSE(formed());
    story.expect_no("st.review");
    EXPECT_TRUE(story.recorded("task_force_ended", "why", "ended"));
}

TEST_F(TaskForce, WithoutOneThereIsNothingToReviewOrDissolve) {
    file(12);
    story.does(story.duty, "acknowledge");
    story.refused("G.force", story.supervisor2, "review_task_force", R"({"finding": "x"})");
}

TEST_F(TaskForce, PolicyWithoutOneFormsNone) {
    story.policy.task_force.reset();
    file(320);
    story.does(story.duty, "acknowledge");
    story.when("2026-04-20 00:00");
    EXPECT_FALSE(formed());
    EXPECT_TRUE(story.lacking().empty());
}

}  // namespace
}  // namespace jinqiao::tests
