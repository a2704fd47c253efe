#include "engine/policy/ladder.h"

#include <gtest/gtest.h>

#include "tests/support/builders.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::policy {
namespace {

using namespace tests;
using model::GradeLevel;
using time::testing::at;
using time::testing::show;

model::Clock clock(const std::string& from, const std::string& due) {
    model::Clock out;
    out.from = at(from);
    out.due.at = out.due.unrolled = at(due);
    return out;
}

std::string moment(const Moment& of, const model::Clock& clock) {
    return show(moment_of(of, clock, time::testing::calendar_2026())).substr(0, 16);
}

TEST(Ladder, ShareIsCountedFromStartToDue) {
    const auto hour = clock("2026-03-03 10:00", "2026-03-03 12:00");
    EXPECT_EQ(moment(share(50), hour), "2026-03-03T11:00");
    EXPECT_EQ(moment(share(0), hour), "2026-03-03T10:00");
    EXPECT_EQ(moment(share(100), hour), "2026-03-03T12:00");
}

TEST(Ladder, DueAndItsNeighbours) {
    const auto hour = clock("2026-03-03 10:00", "2026-03-03 12:00");
    EXPECT_EQ(moment(tests::due(), hour), "2026-03-03T12:00");
    EXPECT_EQ(moment(after_due("30 min"), hour), "2026-03-03T12:30");
    EXPECT_EQ(moment(after_start("2 h"), hour), "2026-03-03T12:00");
    EXPECT_EQ(moment(before_due("1 h"), hour), "2026-03-03T11:00");
}

// A day's end is stored as 00:00 of the next: a day before Oct 15 24:00 is Oct 14 24:00.
TEST(Ladder, DaysBeforeDueAreCountedFromTheDayThatEnds) {
    const auto mediation = clock("2026-09-30 10:00", "2026-10-16 00:00");
    EXPECT_EQ(moment(before_due("1 N"), mediation), "2026-10-15T00:00");
    EXPECT_EQ(moment(before_due("5 N"), mediation), "2026-10-11T00:00");
    EXPECT_EQ(moment(before_due("3 W"), mediation), "2026-10-13T00:00");
}

// Reminders of a congress's papers used to come at the congress itself, after the papers were due.
TEST(Ladder, RemindersOfABackwardPeriodComeBeforeItsDueAndNotAtTheEvent) {
    auto papers = clock("2026-10-16 00:00", "2026-10-10 00:00");
    papers.rule.backward = true;
    EXPECT_EQ(moment(before_due("2 N"), papers), "2026-10-08T00:00");
    EXPECT_EQ(moment(share(50), papers), "2026-10-10T00:00");
}

TEST(Ladder, WorkingDaysBeforeDueSkipTheHoliday) {
    // Due Thu Oct 8 24:00: the last working day is Oct 8 itself, the one before it Sep 30.
    const auto after_holiday = clock("2026-09-20 10:00", "2026-10-09 00:00");
    EXPECT_EQ(moment(before_due("1 W"), after_holiday), "2026-10-01T00:00");
    EXPECT_EQ(moment(before_due("2 W"), after_holiday), "2026-09-30T00:00");
}

TEST(Ladder, RungIsNeverBeforeTheClockItself) {
    const auto short_one = clock("2026-03-03 10:00", "2026-03-03 11:00");
    EXPECT_EQ(moment(before_due("5 N"), short_one), "2026-03-03T10:00");
    // A budget that is negative after a regrade: due before the start.
    const auto late = clock("2026-03-03 10:00", "2026-03-03 09:00");
    EXPECT_EQ(moment(share(50), late), "2026-03-03T10:00");
}

TEST(Ladder, FirstThatFitsClockStateAndGradeIsUsed) {
    auto red = ladder("st.ack", {});
    red.name = "red";
    red.grades = {GradeLevel::red};
    auto team = ladder("st.ack", {});
    team.name = "team";
    team.states = {"team", "joint"};
    auto any = ladder("st.ack", {});
    any.name = "any";
    const std::vector<Ladder> all = {red, team, any};
    EXPECT_EQ(ladder_for(all, "st.ack", "reported", GradeLevel::red)->name, "red");
    EXPECT_EQ(ladder_for(all, "st.ack", "joint", GradeLevel::blue)->name, "team");
    EXPECT_EQ(ladder_for(all, "st.ack", "reported", GradeLevel::blue)->name, "any");
    EXPECT_EQ(ladder_for(all, "st.verify", "reported", GradeLevel::blue), nullptr);
}

TEST(Ladder, StepsHaveTheirYamlNames) {
    EXPECT_EQ(name(StepKind::remind), "remind");
    EXPECT_EQ(name(StepKind::inform), "inform");
    EXPECT_EQ(name(StepKind::hand_over), "hand_over");
    EXPECT_EQ(name(StepKind::raise), "raise");
}

}  // namespace
}  // namespace jinqiao::engine::policy
