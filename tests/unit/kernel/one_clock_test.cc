#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// What may move a due time, and what may not: suspension, grade, policy, an action of the list.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;
namespace kernel = engine::kernel;
using engine::time::testing::budget;
using engine::time::testing::show;
using model::ClockState;
using model::GradeLevel;
using Words = std::vector<std::string>;

const auto kChief = person("qian");
const auto kWang = person("wang");
const auto kSupervisor = person("zhou", {"supervisor"});

std::string due_of(Story& story, const std::string& clock) {
    return show(story.due(clock)).substr(0, 16);
}

std::size_t rungs_of(const Story& story, const std::string& clock) {
    const auto rungs = story.rungs();
    return static_cast<std::size_t>(
        std::count_if(rungs.begin(), rungs.end(),
                      [&](const auto& rung) { return rung.starts_with(clock + "/"); }));
}

void suspend_until(Story& story, const std::string& until) {
    ASSERT_TRUE(story.act(kWang, "request_suspension",
                          {{"until", until + "T00:00:00+08:00"}, {"reason", "等待材料"}}))
        << story.reason();
    ASSERT_TRUE(story.act(kChief, "approve_request",
                          {{"request", story.kase().requests.back().id.value}, {"reason", "同意"}}))
        << story.reason();
}

Story asked_story(int days = 3) {
    auto story = filed_story(days);
    story.act(filer(), "ask");
    return story;
}

// A clock that was missed before the suspension used to go on escalating through all of it.
TEST(OneClock, MissedClockRestsWhileTheCaseIsSuspended) {
    auto story = asked_story();
    story.run_until("2026-03-12 09:00");
    ASSERT_EQ(story.clock("st.decide").state, ClockState::missed);
    const auto before = rungs_of(story, "st.decide#1");
    suspend_until(story, "2026-03-20");
    EXPECT_EQ(story.clock("st.decide").state, ClockState::suspended);
    story.run_until("2026-03-19 23:59");
    EXPECT_EQ(rungs_of(story, "st.decide#1"), before);
    EXPECT_TRUE(story.lacking().empty());
}

TEST(OneClock, MissedClockIsMissedAgainAfterTheSuspensionAndGoesOn) {
    auto story = asked_story();
    story.run_until("2026-03-12 09:00");
    const auto due = due_of(story, "st.decide");
    const auto before = rungs_of(story, "st.decide#1");
    suspend_until(story, "2026-03-20");
    story.run_until("2026-03-20 00:00");
    EXPECT_EQ(story.clock("st.decide").state, ClockState::missed);
    EXPECT_EQ(due_of(story, "st.decide"), due) << "what was missed stays missed";
    story.run_until("2026-03-22 12:00");
    EXPECT_GT(rungs_of(story, "st.decide#1"), before);
}

// A budget that was agreed for one clock used to be replaced by the table's at the next grade.
TEST(OneClock, BudgetGivenAtTheStartOutlivesTheGrade) {
    auto story = asked_story();
    const auto facts = story.facts();
    model::Command command;
    command.target = story.kase().id;
    kernel::Draft draft(story.kase(), command,
                        {&story.workflow, &story.policy, &story.calendar, &facts, story.now});
    ASSERT_NE(draft.start("st.decide", {.subject = "item", .budget = budget("9 W")}), nullptr);
    draft.raise_grade(GradeLevel::red, "hand");
    const auto* own = draft.kase.clock("st.decide", "item");
    EXPECT_EQ(engine::time::to_string(own->rule.budget), "9 W");
    EXPECT_EQ(engine::time::to_string(draft.kase.clock("st.decide")->rule.budget), "9 W")
        << "latest instance";
    const auto whole = std::find_if(
        draft.kase.clocks.begin(), draft.kase.clocks.end(),
        [](const auto& clock) { return clock.name == "st.decide" && clock.subject.empty(); });
    EXPECT_EQ(engine::time::to_string(whole->rule.budget), "24 h") << "the table's still follows";
}

TEST(OneClock, NewPolicyMovesTheDueAndRecordsOldAndNew) {
    auto story = asked_story();
    const auto old = due_of(story, "st.decide");
    story.policy.id = model::PolicyId{"a newer one"};
    story.policy.clocks.at("st.decide").budget[0] = budget("8 W");
    story.policy.clocks.at("law.answer").budget[0] = budget("20 N");
    const auto law = due_of(story, "law.answer");
    ASSERT_TRUE(story.by_engine("policy_migrated")) << story.reason();
    EXPECT_EQ(due_of(story, "st.decide"), "2026-03-14T00:00") << "was " << old;
    EXPECT_EQ(due_of(story, "law.answer"), law) << "a period is that of the law it began under";
    EXPECT_EQ(story.kase().policy.value, "a newer one");
    EXPECT_EQ(story.count("policy_migrated"), 1u);
    EXPECT_EQ(story.count("due_changed"), 1u);
    for (const auto& event : story.events)
        if (event.name == "due_changed") {
            EXPECT_EQ(event.data.at("why"), "policy");
            EXPECT_LT(event.data.at("old_ms").as_int64(), event.data.at("new_ms").as_int64());
        }
}

// A clock that stood on a rung the newer ladder does not have fell silent.
TEST(OneClock, ShorterLadderOfANewerPolicyGoesOnRinging) {
    auto story = filed_story();
    story.run_until("2026-03-03 18:30");
    ASSERT_EQ(story.rungs().back(), "st.ask#1/0/late/1");
    story.policy.id = model::PolicyId{"a newer one"};
    auto& rungs = story.policy.ladders.front().rungs;
    rungs.resize(2);
    rungs.back().every = budget("3 h");
    ASSERT_TRUE(story.by_engine("policy_migrated")) << story.reason();
    const auto before = rungs_of(story, "st.ask#1");
    story.run_until("2026-03-04 18:30");
    EXPECT_EQ(rungs_of(story, "st.ask#1"), before + 8) << "every three hours";
    EXPECT_TRUE(story.lacking().empty());
}

// The rung to come used to keep the moment the old ladder had for it.
TEST(OneClock, RungThatANewerPolicyPutsOffComesLater) {
    auto story = filed_story();
    story.at("2026-03-03 10:30");
    story.policy.id = model::PolicyId{"a newer one"};
    story.policy.ladders.front().rungs.front().at = share(75);
    ASSERT_TRUE(story.by_engine("policy_migrated")) << story.reason();
    story.run_until("2026-03-03 12:59");
    EXPECT_EQ(rungs_of(story, "st.ask#1"), 0U);
    story.run_until("2026-03-03 13:00");
    EXPECT_EQ(rungs_of(story, "st.ask#1"), 1U);
}

TEST(OneClock, RungThatHasRunIsNotRunAgainByANewerPolicy) {
    auto story = filed_story();
    story.run_until("2026-03-03 12:30");
    ASSERT_EQ(rungs_of(story, "st.ask#1"), 1U);
    story.policy.id = model::PolicyId{"a newer one"};
    ASSERT_TRUE(story.by_engine("policy_migrated")) << story.reason();
    story.run_until("2026-03-03 13:59");
    EXPECT_EQ(rungs_of(story, "st.ask#1"), 1U);
}

TEST(OneClock, MigratingToTheSamePolicyIsNoNews) {
    auto story = asked_story();
    EXPECT_FALSE(story.by_engine("policy_migrated"));
    EXPECT_EQ(story.refusal.kind, model::Refusal::Kind::dropped);
}

TEST(OneClock, WhoIsInChargeMigratesACaseAndNobodyElseDoes) {
    auto story = asked_story();
    story.policy.id = model::PolicyId{"a newer one"};
    EXPECT_FALSE(story.act(kWang, "policy_migrated"));
    EXPECT_EQ(story.refusal.kind, model::Refusal::Kind::forbidden);
    EXPECT_TRUE(story.act(kSupervisor, "policy_migrated", {{"reason", "the new guideline"}}));
    EXPECT_EQ(story.kase().policy.value, "a newer one");
}

// --- "not acted on": only what is on the list starts it anew -------------------------------------

Story acting_story() {
    auto story = asked_story();
    story.policy.clocks.at("st.decide").restarted_by = {"split", "raise_grade"};
    story.at("2026-03-05 10:00");
    return story;
}

TEST(OneClock, ActionOfTheListStartsTheClockAnew) {
    auto story = acting_story();
    ASSERT_TRUE(story.act(kWang, "split", {{"days", 1}})) << story.reason();
    EXPECT_EQ(show(story.clock("st.decide").from).substr(0, 16), "2026-03-05T10:00");
    EXPECT_EQ(story.clock("st.decide").instance, 2);
    EXPECT_TRUE(story.clock("st.decide").open());
}

TEST(OneClock, NoteFactsDeliveryAndSignatureStartNothingAnew) {
    auto story = acting_story();
    const auto before = model::Clock(story.clock("st.decide"));
    ASSERT_TRUE(story.act(kWang, "add_note", {{"text", "电话联系"}}));
    ASSERT_TRUE(story.act(filer(), "change_days", {{"days", 4}}));
    const auto alert = story.assignment("department:union", "alert")->id.value;
    ASSERT_TRUE(story.act(person("tao"), "sign", {{"assignment", alert}}));
    EXPECT_EQ(story.clock("st.decide").from, before.from);
    EXPECT_EQ(story.clock("st.decide").due.at, before.due.at);
    EXPECT_EQ(story.clock("st.decide").instance, before.instance);
}

TEST(OneClock, RefusedActionStartsNothingAnew) {
    auto story = acting_story();
    EXPECT_FALSE(story.act(kWang, "split", {{"days", 3}})) << "all of it is no part";
    EXPECT_EQ(story.clock("st.decide").instance, 1);
}

TEST(OneClock, ClockThatStandsStillStandsStillAfterItsRestart) {
    auto story = acting_story();
    suspend_until(story, "2026-03-09");
    ASSERT_TRUE(story.act(kWang, "split", {{"days", 1}})) << story.reason();
    EXPECT_EQ(story.clock("st.decide").instance, 2);
    EXPECT_EQ(story.clock("st.decide").state, ClockState::suspended);
    story.run_until("2026-03-09 00:00");
    EXPECT_EQ(story.clock("st.decide").state, ClockState::running);
    // 5 W from Mar 5; 5 to 8 stopped: 9, 10, 11, 12, 13.
    EXPECT_EQ(due_of(story, "st.decide"), "2026-03-14T00:00");
}

// --- several raising ladders ---------------------------------------------------------------------

// Two missed deadlines came to light together, and blue was red at one stroke.
TEST(OneClock, DeadlinesMissedTogetherRaiseOnce) {
    auto story = leave_story();
    story.policy.ladders = {
        ladder("st.ask", {raise("up", due(), "grade", "6 h")}),
        ladder("st.decide", {raise("up", due(), "grade", "6 h")}),
        ladder("law.answer", {raise("up", due(), "grade", "6 h")}),
    };
    for (const auto* name : {"st.ask", "st.decide", "law.answer"})
        for (auto& each : story.policy.clocks.at(name).budget) each = budget("4 h");
    ASSERT_TRUE(story.file(leave_alert(3), filer()));
    const auto facts = story.facts();
    model::Command command;
    command.target = story.kase().id;
    // All three run from the same instant: as after a hand-over of several items.
    auto& kase = story.kase();
    kernel::Draft draft(kase, command,
                        {&story.workflow, &story.policy, &story.calendar, &facts, story.now});
    draft.start("st.decide");
    draft.start("law.answer");
    kernel::arm(draft);
    kase = draft.kase;
    story.run_until("2026-03-03 19:59");
    EXPECT_EQ(story.kase().grade.effective, GradeLevel::yellow);
    EXPECT_EQ(story.count("raise_held"), 2u);
    EXPECT_EQ(story.clock("law.answer").state, ClockState::missed) << "missed all the same";
    story.run_until("2026-03-03 20:00");
    EXPECT_EQ(story.kase().grade.effective, GradeLevel::orange) << "the next stroke, six hours on";
}

// The raise shortens the budgets of the others, whose own raise is past all at once.
TEST(OneClock, RaiseDoesNotMakeTheNextClockRaiseInItsTurn) {
    auto story = leave_story();
    story.policy.ladders = {ladder("st.ask", {raise("up", due(), "grade", "10 h")}),
                            ladder("st.decide", {raise("up", due(), "grade", "10 h")})};
    story.policy.clocks.at("st.decide") = clock_rule("st.decide", {"20 h", "2 h", "1 h", "30 min"});
    ASSERT_TRUE(story.file(leave_alert(3), filer()));
    const auto facts = story.facts();
    model::Command command;
    command.target = story.kase().id;
    auto& kase = story.kase();
    kernel::Draft draft(kase, command,
                        {&story.workflow, &story.policy, &story.calendar, &facts, story.now});
    draft.start("st.decide");
    kernel::arm(draft);
    kase = draft.kase;
    story.run_until("2026-03-03 23:59");
    EXPECT_EQ(story.kase().grade.effective, GradeLevel::yellow);
}

}  // namespace
}  // namespace jinqiao::tests
