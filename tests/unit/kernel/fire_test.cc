#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// Ladders at work. The request is filed at 10:00, st.ask is due at 14:00: remind at 12:00, inform
// the chief at 14:00, hand over from 14:30 every 30 minutes, from 16:00 on inform every 2 hours.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;
namespace policy = engine::policy;
using engine::time::testing::show;
using model::GradeLevel;
using Words = std::vector<std::string>;

const auto kWang = person("wang");

Words rungs_of(const Story& story, const std::string& clock) {
    Words out;
    for (const auto& rung : story.rungs())
        if (rung.compare(0, clock.size(), clock) == 0) out.push_back(rung.substr(clock.size() + 1));
    return out;
}

// The times of day at which something happened, watched from outside.
struct Times {
    explicit Times(Story& story) {
        story.watch = [this, &story](const engine::kernel::Decision& decision) {
            for (const auto& event : decision.events)
                if (event.name == "rung" && event.data.at("clock") == "st.ask#1")
                    all.push_back(show(story.now).substr(11, 5) + " " +
                                  std::string(event.data.at("rung").as_string()));
        };
    }
    Words all;
};

TEST(Fire, RungsRunAtTheirTimes) {
    auto story = filed_story();
    const Times times(story);
    story.run_until("2026-03-03 20:00");
    EXPECT_EQ(times.all, (Words{"12:00 half", "14:00 due", "14:30 over", "15:00 over", "15:30 over",
                                "16:00 late", "18:00 late", "20:00 late"}));
}

TEST(Fire, RungAtDueFindsTheClockMissed) {
    auto story = filed_story();
    story.run_until("2026-03-03 13:59");
    EXPECT_EQ(story.clock("st.ask").state, model::ClockState::running);
    story.run_until("2026-03-03 14:00");
    EXPECT_EQ(story.clock("st.ask").state, model::ClockState::missed);
    EXPECT_EQ(story.told("rung.inform"), Words{"post:chief"});
}

TEST(Fire, MissedClockRepeatsForAsLongAsItTakes) {
    auto story = filed_story();
    story.run_until("2026-05-03 10:00");
    const auto rungs = story.rungs();
    EXPECT_GT(rungs_of(story, "st.ask#1/").size(), 700u) << "60 days, every 2 hours";
    EXPECT_EQ(std::set<std::string>(rungs.begin(), rungs.end()).size(), rungs.size());
    EXPECT_TRUE(story.lacking().empty());
    EXPECT_LT(story.kase().clocks.size(), 20u);
    EXPECT_LT(story.kase().assignments.size(), 20u);
}

// A machine that slept for a week does not wake its people a hundred times.
TEST(Fire, AfterALongSilenceTheLatestRungRunsOnce) {
    auto story = filed_story();
    const auto timer = engine::kernel::timers(story.kase()).front();
    story.at("2026-03-10 10:00");
    ASSERT_TRUE(story.send(engine::kernel::timer_command(story.kase().id, timer)));
    EXPECT_LE(rungs_of(story, "st.ask#1/").size(), 4u);
    EXPECT_GE(story.clock("st.ask").next_at.value(), story.now);
}

TEST(Fire, SigningAnEscalationQuietsTheLadderUntilItExpires) {
    auto story = filed_story();
    const Times times(story);
    story.run_until("2026-03-03 14:10");
    const auto* escalation = story.assignment("post:chief", "escalation");
    ASSERT_NE(escalation, nullptr);
    ASSERT_TRUE(story.act(person("qian"), "sign", {{"assignment", escalation->id.value}}));
    EXPECT_EQ(story.count("acknowledged"), 1u);
    story.run_until("2026-03-03 18:09");
    EXPECT_EQ(times.all, (Words{"12:00 half", "14:00 due"}));
    EXPECT_TRUE(story.lacking().empty());
    story.run_until("2026-03-03 18:30");
    ASSERT_GE(times.all.size(), 3u);
    EXPECT_EQ(times.all[2], "18:10 over");
}

TEST(Fire, NextEscalationAfterASignedOneIsANewRound) {
    auto story = filed_story();
    story.run_until("2026-03-03 14:10");
    const auto first = story.assignment("post:chief", "escalation")->id;
    ASSERT_TRUE(story.act(person("qian"), "sign", {{"assignment", first.value}}));
    story.run_until("2026-03-03 20:00");
    const auto* second = story.assignment("post:chief", "escalation");
    EXPECT_NE(second->id, first);
    EXPECT_EQ(second->round, 2);
}

TEST(Fire, RepeatedEscalationIsOneAssignment) {
    auto story = filed_story();
    story.run_until("2026-03-03 20:00");
    std::size_t escalations = 0;
    for (const auto& assignment : story.kase().assignments)
        if (assignment.task == "escalation" && assignment.addressee.id == "chief" &&
            assignment.about == "st.ask#1")
            ++escalations;
    EXPECT_EQ(escalations, 1u);
}

// An unsigned escalation used to get a sign-for clock, whose ladder made another escalation, which
// got another clock: without end.
TEST(Fire, EscalationIsNotEscalatedItself) {
    auto story = filed_story();
    story.run_until("2026-03-20 10:00");
    std::set<std::string> subjects;
    for (const auto& clock : story.kase().clocks)
        if (clock.name == "asg.sign") subjects.insert(clock.subject);
    for (const auto& assignment : story.kase().assignments) {
        const bool chased = subjects.contains(assignment.id.value);
        EXPECT_FALSE(chased && assignment.task == "escalation");
    }
}

// Two grades with a ladder each: the position on the one is none on the other. A clock far up a
// long ladder used to fall silent when a short one took its place.
TEST(Fire, LadderOfAnotherGradeStartsOverUnderItsOwnEpoch) {
    auto story = filed_story();
    auto steep = ladder("st.ask", {inform("steep", due(), {"leader"}, "1 h")});
    steep.name = "steep";
    steep.grades = {GradeLevel::red};
    story.policy.ladders.insert(story.policy.ladders.begin(), steep);
    for (auto& budget : story.policy.clocks.at("st.ask").budget)
        budget = engine::time::testing::budget("4 h");
    story.run_until("2026-03-03 16:30");
    const auto epoch = story.clock("st.ask").epoch;
    ASSERT_TRUE(story.act(person("zhou", {"supervisor"}), "raise_grade",
                          {{"to", "red"}, {"reason", "堵门"}}));
    EXPECT_GT(story.clock("st.ask").epoch, epoch);
    ASSERT_TRUE(story.clock("st.ask").next_at);
    story.run_until("2026-03-03 18:30");
    const auto told = story.told("rung.inform");
    EXPECT_GE(std::count(told.begin(), told.end(), "post:leader"), 2);
}

TEST(Fire, LadderOfAnotherStateTakesItsPlace) {
    auto story = filed_story();
    auto drafted = ladder("law.answer", {remind("never", before_due("3 N"), {"owner"})});
    drafted.name = "drafted";
    drafted.states = {"drafted"};
    story.policy.ladders.insert(story.policy.ladders.begin(), drafted);
    ASSERT_TRUE(story.act(filer(), "ask"));
    EXPECT_EQ(story.clock("law.answer").ladder, "ladder of law.answer");
}

TEST(Fire, GradeRaisedWhileQuietIsHeardAtOnce) {
    auto story = filed_story();
    story.run_until("2026-03-03 14:10");
    ASSERT_TRUE(
        story.act(person("qian"), "sign",
                  {{"assignment", story.assignment("post:chief", "escalation")->id.value}}));
    const auto before = rungs_of(story, "st.ask#1/").size();
    ASSERT_TRUE(story.act(filer(), "change_days", {{"days", 25}}));
    story.run_until("2026-03-03 14:15");
    EXPECT_GT(rungs_of(story, "st.ask#1/").size(), before);
}

// Raising makes the due lie further back; the rung that raised must not find itself due again.
TEST(Fire, RaisingRungRaisesOneGradeEachTime) {
    auto story = filed_story();
    story.policy.ladders.front() = ladder(
        "st.ask", {inform("due", due(), {"chief"}), raise("up", after_due("1 h"), "grade", "6 h")});
    story.run_until("2026-03-03 15:00");
    EXPECT_EQ(story.kase().grade.effective, GradeLevel::yellow);
    story.run_until("2026-03-03 20:59");
    EXPECT_EQ(story.kase().grade.effective, GradeLevel::yellow);
    story.run_until("2026-03-03 21:00");
    EXPECT_EQ(story.kase().grade.effective, GradeLevel::orange);
    story.run_until("2026-03-05 21:00");
    EXPECT_EQ(story.kase().grade.effective, GradeLevel::red);
    EXPECT_TRUE(story.lacking().empty());
    const auto rungs = story.rungs();
    EXPECT_EQ(std::set<std::string>(rungs.begin(), rungs.end()).size(), rungs.size());
}

TEST(Fire, TierIsRaisedByTheWorkflow) {
    auto story = filed_story();
    story.policy.ladders.front() = ladder("st.ask", {raise("up", due(), "tier", "1 h", 2)});
    story.run_until("2026-03-03 17:59");
    EXPECT_EQ(story.count("tier_raised"), 2u) << "most: 2";
    EXPECT_EQ(story.kase().grade.effective, GradeLevel::blue);
}

TEST(Fire, RungOfAMetClockNeverRuns) {
    auto story = filed_story();
    ASSERT_TRUE(story.act(filer(), "ask"));
    story.run_until("2026-03-04 10:00");
    EXPECT_TRUE(rungs_of(story, "st.ask#1/").empty());
}

// The reminder before a due belongs to the due: put off, it comes again.
TEST(Fire, ReminderComesAgainBeforeAnExtendedDue) {
    auto story = filed_story();
    ASSERT_TRUE(story.act(filer(), "ask"));
    story.run_until("2026-03-10 09:00");  // st.decide is due on Mar 10 at 24:00
    EXPECT_EQ(rungs_of(story, "st.decide#1").size(), 1u);
    ASSERT_TRUE(story.act(person("zhou", {"supervisor"}), "extend", {{"budget", "5 W"}}));
    EXPECT_EQ(show(story.due("st.decide")).substr(0, 10), "2026-03-18");
    EXPECT_EQ(rungs_of(story, "st.decide#1").size(), 1u) << "nothing at the moment of extending";
    story.run_until("2026-03-17 12:00");
    EXPECT_EQ(rungs_of(story, "st.decide#1"), (Words{"0/soon/0", "1/soon/0"}));
}

TEST(Fire, ExtendedAfterItWasMissedTheClockRunsAgain) {
    auto story = filed_story();
    ASSERT_TRUE(story.act(filer(), "ask"));
    story.run_until("2026-03-12 09:00");
    EXPECT_EQ(story.clock("st.decide").state, model::ClockState::missed);
    ASSERT_TRUE(story.act(person("zhou", {"supervisor"}), "extend", {{"budget", "10 W"}}));
    EXPECT_EQ(story.clock("st.decide").state, model::ClockState::running);
    EXPECT_FALSE(story.clock("st.decide").expired);
    const auto before = rungs_of(story, "st.decide#1").size();
    story.run_until(story.due("st.decide"));
    EXPECT_EQ(story.clock("st.decide").state, model::ClockState::missed);
    EXPECT_EQ(rungs_of(story, "st.decide#1").size(), before + 2) << "soon, due";
}

TEST(Fire, OldTimerOfAnEndedClockIsDropped) {
    auto story = filed_story();
    const auto old = engine::kernel::timers(story.kase()).front();
    ASSERT_TRUE(story.act(filer(), "ask"));
    story.at("2026-03-03 14:00");
    EXPECT_FALSE(story.send(engine::kernel::timer_command(story.kase().id, old)));
    EXPECT_EQ(story.refusal.kind, model::Refusal::Kind::dropped);
    EXPECT_FALSE(story.by_engine("timer_fired", {{"slot", "no.such#1"}}));
    EXPECT_EQ(story.refusal.kind, model::Refusal::Kind::dropped);
}

TEST(Fire, TimerNamesClockEpochRungAndRepeat) {
    auto story = filed_story();
    story.run_until("2026-03-03 18:10");
    const auto timers = engine::kernel::timers(story.kase());
    const auto found = std::find_if(timers.begin(), timers.end(),
                                    [](const auto& timer) { return timer.slot == "st.ask#1"; });
    ASSERT_NE(found, timers.end());
    EXPECT_EQ(found->rung, 3);
    EXPECT_EQ(found->repeat, 2);
    const auto command = engine::kernel::timer_command(story.kase().id, *found);
    EXPECT_EQ(command.name, "timer_fired");
    EXPECT_EQ(command.actor.kind, model::Actor::Kind::engine);
    EXPECT_EQ(command.payload.at("slot"), "st.ask#1");
}

TEST(Fire, RemindersGoToTheAudienceOfTheClock) {
    auto story = filed_story();
    story.run_until("2026-03-03 12:00");
    EXPECT_EQ(story.told("rung.remind"), Words{"post:desk"});
    story.run_until("2026-03-03 22:00");  // asg.sign of the union: 24 h, half of it
    const auto told = story.told("rung.remind");
    EXPECT_TRUE(std::count(told.begin(), told.end(), "department:union"));
}

}  // namespace
}  // namespace jinqiao::tests
