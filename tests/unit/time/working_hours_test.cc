#include <gtest/gtest.h>

#include "engine/time/due.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::time::testing {
namespace {

using namespace std::chrono_literals;

Instant end(const char* text, const char* from) {
    return due(calendar_2026(), rule(text), at(from)).at;
}

TEST(WorkingHours, PauseOverLunch) {
    EXPECT_EQ(end("1 wh", "2026-11-11 11:00"), at("2026-11-11 14:00"));
    EXPECT_EQ(end("1 wh", "2026-11-11 12:00"), at("2026-11-11 14:30"));
}

TEST(WorkingHours, EndWithAPeriodRatherThanWithTheNextOpening) {
    EXPECT_EQ(end("1 wh", "2026-11-11 10:30"), at("2026-11-11 11:30"));
    EXPECT_EQ(end("4 wh", "2026-11-11 13:30"), at("2026-11-11 17:30"));
}

TEST(WorkingHours, AskedBeforeOpeningOrAfterClosingStartWhenWorkDoes) {
    EXPECT_EQ(end("1 wh", "2026-11-11 03:00"), at("2026-11-11 10:00"));
    EXPECT_EQ(end("1 wh", "2026-11-11 17:30"), at("2026-11-12 10:00"));
    EXPECT_EQ(end("1 wh", "2026-11-11 22:00"), at("2026-11-12 10:00"));
}

TEST(WorkingHours, SkipTheWeekendAndRunOnAWorkedSunday) {
    EXPECT_EQ(end("4 wh", "2026-11-13 16:30"), at("2026-11-16 14:00"));  // Friday to Monday
    EXPECT_EQ(end("4 wh", "2026-09-18 16:30"), at("2026-09-20 14:00"));  // Friday to Sunday
}

TEST(WorkingHours, SkipTheSpringFestival) {
    EXPECT_EQ(end("4 wh", "2026-02-14 16:30"), at("2026-02-24 14:00"));
}

TEST(WorkingHours, OfAWholeWeekAddUp) {
    // 6.5 hours a day.
    EXPECT_EQ(end("13 wh", "2026-11-09 09:00"), at("2026-11-10 17:30"));
    EXPECT_EQ(end("65 wh", "2026-11-09 09:00"), at("2026-11-20 17:30"));
}

TEST(WorkingHours, AreExactBetweenMinutes) {
    EXPECT_EQ(show(end("1 wh", "2026-11-11 11:00:30.500")), "2026-11-11T14:00:30.500+08:00");
}

TEST(WorkingHours, BackwardLeaveTheSameTimeBeforeTheEvent) {
    EXPECT_EQ(due(calendar_2026(), backward("4 wh"), at("2026-09-20 14:00")).at,
              at("2026-09-18 16:30"));
    EXPECT_EQ(due(calendar_2026(), backward("1 wh"), at("2026-10-01 08:00")).at,
              at("2026-09-30 16:30"));
}

TEST(WorkingHours, ThatReachAYearWithoutCalendarAreProvisional) {
    EXPECT_TRUE(due(calendar_2026(), rule("4 wh"), at("2026-12-31 16:30")).provisional);
    EXPECT_FALSE(due(calendar_2026(), rule("1 wh"), at("2026-12-31 16:30")).provisional);
}

TEST(WorkingHours, ThatEndAtMidnightDoNotTouchTheNextYear) {
    CalendarData data = data_2026();
    data.working_hours = {{0h, 24h}};
    const Due answer = due(Calendar{data}, rule("1 wh"), at("2026-12-31 23:00"));
    EXPECT_EQ(answer.at, end_of("2026-12-31"));
    EXPECT_FALSE(answer.provisional);
}

}  // namespace
}  // namespace jinqiao::engine::time::testing
