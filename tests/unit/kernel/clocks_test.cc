#include <gtest/gtest.h>

#include <set>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// Clocks as a case carries them: where their time comes from, and what moves it.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;
using engine::time::testing::show;
using model::ClockState;

std::string due(Story& story, const std::string& clock) {
    return show(story.due(clock)).substr(0, 16);
}

const auto kChief = person("qian");
const auto kSupervisor = person("zhou", {"supervisor"});
const auto kWang = person("wang");

void ask(Story& story) { ASSERT_TRUE(story.act(filer(), "ask")) << story.reason(); }

void suspend_until(Story& story, const std::string& until) {
    ASSERT_TRUE(story.act(kWang, "request_suspension",
                          {{"until", until + "T00:00:00+08:00"}, {"reason", "等待材料"}}))
        << story.reason();
    ASSERT_TRUE(story.act(kChief, "approve_request",
                          {{"request", story.kase().requests.back().id.value}, {"reason", "同意"}}))
        << story.reason();
}

TEST(Clocks, BudgetIsThatOfTheGrade) {
    auto blue = filed_story(3), red = filed_story(25);
    EXPECT_EQ(due(blue, "st.ask"), "2026-03-03T14:00");
    EXPECT_EQ(due(red, "st.ask"), "2026-03-03T10:30");
}

// A workflow need not know that a new case is graded only when all its facts are in.
TEST(Clocks, ClockStartedBeforeTheGradeIsKnownGetsItsBudgetAllTheSame) {
    auto story = leave_story();
    model::Case fresh;
    fresh.regions = {{"leave", "drafted"}};
    const model::Command command;
    const auto facts = story.facts();
    engine::kernel::Draft draft(
        fresh, command, {&story.workflow, &story.policy, &story.calendar, &facts, story.now});
    draft.start("st.ask");
    draft.kase.data["days"] = 12;
    draft.regrade();
    EXPECT_EQ(draft.kase.grade.effective, model::GradeLevel::orange);
    EXPECT_EQ(show(draft.kase.clock("st.ask")->due.at).substr(0, 16), "2026-03-03T11:00");
}

TEST(Clocks, LegalPeriodCountsFromWhenItHappenedStageClockFromNow) {
    auto story = filed_story();
    story.at("2026-03-04 09:00");
    ASSERT_TRUE(story.act(filer(), "ask", {{"occurred_at", "2026-03-03T16:00:00+08:00"}}));
    EXPECT_EQ(show(story.clock("law.answer").from).substr(0, 16), "2026-03-03T16:00");
    EXPECT_EQ(due(story, "law.answer"), "2026-03-19T00:00");
    EXPECT_EQ(show(story.clock("st.decide").from).substr(0, 16), "2026-03-04T09:00");
}

TEST(Clocks, DueIsStoredWithItsSumItsSourceAndItsCalendar) {
    auto story = filed_story();
    ask(story);
    const auto& clock = story.clock("law.answer");
    EXPECT_FALSE(clock.due.explain.empty());
    EXPECT_EQ(clock.source, "project default");
    EXPECT_EQ(clock.calendar_version, "test-2026");
}

TEST(Clocks, MetInTimeOrLateIsOnRecord) {
    auto story = filed_story();
    ask(story);
    EXPECT_EQ(story.clock("st.ask").state, ClockState::met);
    EXPECT_FALSE(story.clock("st.ask").late);
    auto late = filed_story();
    late.at("2026-03-03 14:00");
    ask(late);
    EXPECT_TRUE(late.clock("st.ask").late) << "the due instant itself is outside the period";
}

TEST(Clocks, ExtensionAddsToTheBudgetAndNotToARolledEnd) {
    auto story = filed_story();
    ask(story);
    EXPECT_EQ(due(story, "st.decide"), "2026-03-11T00:00");  // 5 W: 4, 5, 6, 9, 10
    ASSERT_TRUE(story.act(kSupervisor, "extend", {{"budget", "2 W"}})) << story.reason();
    EXPECT_EQ(due(story, "st.decide"), "2026-03-13T00:00");
    EXPECT_EQ(story.count("due_changed"), 1u);
}

TEST(Clocks, SuspensionStopsStageClocksAndNoOthers) {
    auto story = filed_story();
    ask(story);
    story.at("2026-03-05 10:00");
    suspend_until(story, "2026-03-09");
    EXPECT_EQ(story.clock("st.decide").state, ClockState::suspended);
    EXPECT_EQ(story.clock("law.answer").state, ClockState::running);
    EXPECT_EQ(due(story, "sus.until"), "2026-03-09T00:00");
    EXPECT_TRUE(story.lacking().empty()) << "a suspended case still has a due time";
    story.run_until("2026-03-09 00:00");
    EXPECT_EQ(story.kase().state_of("clock"), "running");
    // 5 W from Mar 3: Mar 4; 5 and 6 stopped; 9, 10, 11, 12.
    EXPECT_EQ(due(story, "st.decide"), "2026-03-13T00:00");
    EXPECT_EQ(due(story, "law.answer"), "2026-03-19T00:00");
}

TEST(Clocks, NoRungOfAStoppedClockRuns) {
    auto story = filed_story();
    ask(story);
    suspend_until(story, "2026-03-30");
    story.run_until("2026-03-29 00:00");
    for (const auto& rung : story.rungs()) EXPECT_EQ(rung.find("st.decide"), std::string::npos);
}

TEST(Clocks, GradeMovesStageClocksFromTheirStartAndLeavesTheLaw) {
    auto story = filed_story();
    ask(story);
    const auto law = due(story, "law.answer");
    story.at("2026-03-05 10:00");
    ASSERT_TRUE(story.act(filer(), "change_days", {{"days", 12}}));
    EXPECT_EQ(due(story, "st.decide"), "2026-03-06T00:00");  // 2 W from Mar 3
    EXPECT_EQ(due(story, "law.answer"), law);
}

TEST(Clocks, ClockWithoutABudgetAtTheNewGradeIsClosed) {
    auto story = filed_story();
    ask(story);
    story.policy.clocks.at("st.decide").budget.at(2).reset();
    ASSERT_TRUE(story.act(filer(), "change_days", {{"days", 12}}));
    EXPECT_EQ(story.clock("st.decide").state, ClockState::closed);
    EXPECT_EQ(story.clock("st.decide").outcome, "not needed at this grade");
}

TEST(Clocks, EditRestartsNoClock) {
    auto story = filed_story();
    ask(story);
    const auto before = model::Clock(story.clock("st.decide"));
    story.at("2026-03-05 10:00");
    ASSERT_TRUE(story.act(filer(), "change_days", {{"days", 4}}));
    EXPECT_EQ(story.clock("st.decide").from, before.from);
    EXPECT_EQ(story.clock("st.decide").epoch, before.epoch);
    EXPECT_EQ(story.clock("st.decide").due.at, before.due.at);
}

TEST(Clocks, NewCalendarMovesTheDueAndRecordsOldAndNew) {
    auto story = filed_story();
    ask(story);
    auto data = engine::time::testing::data_2026();
    data.version = "test-2026-b";
    data.off.emplace(engine::time::testing::day("2026-03-06"), "停工");
    story.calendar = engine::time::Calendar{data};
    ASSERT_TRUE(story.by_engine("calendar_changed"));
    EXPECT_EQ(due(story, "st.decide"), "2026-03-12T00:00");
    EXPECT_EQ(story.clock("law.answer").calendar_version, "test-2026-b");
    EXPECT_EQ(story.count("due_changed"), 1u);
}

// Sat Mar 14 + 15 N is Sun Mar 29, so the rolled end is Monday's.
TEST(Clocks, UnrolledEndIsToldOnceBeforeTheRolledOne) {
    auto story = filed_story();
    story.at("2026-03-14 10:00");
    ask(story);
    EXPECT_EQ(due(story, "law.answer"), "2026-03-31T00:00");
    story.run_until("2026-03-29 23:59");
    EXPECT_EQ(story.count("unrolled"), 0u);
    story.run_until("2026-03-30 00:00");
    EXPECT_EQ(story.count("unrolled"), 1u);
    EXPECT_EQ(story.clock("law.answer").state, ClockState::running);
    story.run_until("2026-04-10 00:00");
    EXPECT_EQ(story.count("unrolled"), 1u);
    EXPECT_EQ(story.clock("law.answer").state, ClockState::missed);
}

TEST(Clocks, ReferenceClockEndsWithoutAnybodyBeingTold) {
    auto story = filed_story();
    ask(story);
    ASSERT_TRUE(story.act(kWang, "grant")) << story.reason();
    EXPECT_FALSE(story.kase().open);
    EXPECT_EQ(story.kase().stage, "ended");
    const auto told = story.notices.size();
    story.run_until("2026-05-30 00:00");
    EXPECT_EQ(story.clock("arch.keep").state, ClockState::closed);
    EXPECT_EQ(story.notices.size(), told);
    EXPECT_TRUE(engine::kernel::timers(story.kase()).empty());
}

// A clock of the whole case and one of a part share a name and nothing else.
TEST(Clocks, ClockOfThePartIsNotSupersededByThatOfTheWhole) {
    auto story = filed_story();
    model::Command command;
    command.target = story.kase().id;
    const auto facts = story.facts();
    engine::kernel::Draft draft(
        story.kase(), command,
        {&story.workflow, &story.policy, &story.calendar, &facts, story.now});
    engine::kernel::StartOptions part;
    part.subject = "item-1";
    ASSERT_NE(draft.start("st.decide", part), nullptr);
    ASSERT_NE(draft.start("st.decide"), nullptr);
    part.subject = "item-2";
    ASSERT_NE(draft.start("st.decide", part), nullptr);
    ASSERT_NE(draft.start("st.decide"), nullptr);
    EXPECT_TRUE(draft.kase.clock("st.decide", "item-1")->open());
    std::set<std::string> keys;
    for (const auto& clock : draft.kase.clocks) EXPECT_TRUE(keys.insert(clock.key()).second);
    EXPECT_TRUE(keys.contains("st.decide#2"));
}

TEST(Clocks, UnknownClockStartsNothing) {
    auto story = filed_story();
    story.policy.clocks.erase("law.answer");
    ask(story);
    EXPECT_EQ(story.kase().clock("law.answer"), nullptr);
}

}  // namespace
}  // namespace jinqiao::tests
