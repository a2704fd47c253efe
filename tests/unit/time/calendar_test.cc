#include "engine/time/calendar.h"

#include <gtest/gtest.h>

#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::time::testing {
namespace {

using namespace std::chrono_literals;

TEST(Calendar, DaysNamedByTheNoticeOverrideTheWeek) {
    const Calendar& calendar = calendar_2026();
    for (const char* rest : {"2026-01-01", "2026-02-15", "2026-02-23", "2026-04-06", "2026-05-05",
                             "2026-06-21", "2026-09-25", "2026-10-07"})
        EXPECT_EQ(calendar.status(day(rest)), DayStatus::rest) << rest;
    for (const char* worked :
         {"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"})
        EXPECT_EQ(calendar.status(day(worked)), DayStatus::working) << worked;
}

TEST(Calendar, OtherDaysAreWorkedMondayToFriday) {
    const Calendar& calendar = calendar_2026();
    EXPECT_TRUE(calendar.is_working(day("2026-11-20")));   // Friday
    EXPECT_FALSE(calendar.is_working(day("2026-11-21")));  // Saturday
    EXPECT_FALSE(calendar.is_working(day("2026-11-22")));  // Sunday
    EXPECT_TRUE(calendar.is_working(day("2026-11-23")));   // Monday
}

TEST(Calendar, AYearWithoutNoticeIsWorkedMondayToFridayAndNotCovered) {
    const Calendar& calendar = calendar_2026();
    EXPECT_TRUE(calendar.is_working(day("2027-10-01")));
    EXPECT_FALSE(calendar.is_working(day("2027-10-02")));
    EXPECT_FALSE(calendar.covers(day("2027-01-01")));
    EXPECT_FALSE(calendar.covers(day("2025-12-31")));
    EXPECT_TRUE(calendar.covers(day("2026-12-31")));
    EXPECT_TRUE(calendar.has_year(2026));
}

TEST(Calendar, DecemberDaysOfTheNextYearsNoticeCountWithoutCoveringTheirYear) {
    CalendarData data = data_2026();
    data.worked.emplace(day("2025-12-28"), "元旦");
    const Calendar calendar{data};
    EXPECT_TRUE(calendar.is_working(day("2025-12-28")));
    EXPECT_FALSE(calendar.covers(day("2025-12-28")));
}

TEST(Calendar, WithOnlyShiftedDaysOrOnlyRestDaysItStillAnswers) {
    CalendarData only_worked;
    only_worked.worked.emplace(day("2026-10-10"), "国庆节");
    EXPECT_TRUE(Calendar{only_worked}.is_working(day("2026-10-10")));
    CalendarData only_off;
    only_off.off.emplace(day("2026-10-01"), "国庆节");
    EXPECT_FALSE(Calendar{only_off}.is_working(day("2026-10-01")));
    EXPECT_TRUE(Calendar{}.is_working(day("2026-10-01")));
}

TEST(Calendar, ADayNamedTwiceIsWorked) {
    CalendarData data;
    data.off.emplace(day("2026-10-01"), "国庆节");
    data.worked.emplace(day("2026-10-01"), "国庆节");
    EXPECT_TRUE(Calendar{data}.is_working(day("2026-10-01")));
}

TEST(Calendar, LocalDateChangesAtMidnightInShanghai) {
    const Calendar& calendar = calendar_2026();
    EXPECT_EQ(calendar.local_date(*parse_rfc3339("2026-10-08T15:59:59.999Z")), day("2026-10-08"));
    EXPECT_EQ(calendar.local_date(*parse_rfc3339("2026-10-08T16:00:00Z")), day("2026-10-09"));
}

TEST(Calendar, ADayRunsFromMidnightToMidnight) {
    const Calendar& calendar = calendar_2026();
    EXPECT_EQ(show(calendar.start_of(day("2026-10-08"))), "2026-10-08T00:00:00+08:00");
    EXPECT_EQ(show(calendar.end_of(day("2026-10-08"))), "2026-10-09T00:00:00+08:00");
    EXPECT_EQ(show(calendar.close_of_business(day("2026-10-08"))), "2026-10-08T17:30:00+08:00");
    EXPECT_EQ(show(calendar.at(day("2026-10-08"), 9h)), "2026-10-08T09:00:00+08:00");
}

TEST(Calendar, AnotherOffsetMovesTheDay) {
    CalendarData data;
    data.utc_offset = -300min;
    const Calendar calendar{data};
    EXPECT_EQ(calendar.local_date(*parse_rfc3339("2026-10-08T04:59:59Z")), day("2026-10-07"));
    EXPECT_EQ(calendar.start_of(day("2026-10-08")), *parse_rfc3339("2026-10-08T05:00:00Z"));
}

TEST(Calendar, TheNearestWorkingDayOfAWorkingDayIsItself) {
    const Calendar& calendar = calendar_2026();
    EXPECT_EQ(calendar.next_working(day("2026-10-10")), day("2026-10-10"));
    EXPECT_EQ(calendar.previous_working(day("2026-10-10")), day("2026-10-10"));
}

TEST(Calendar, TheNearestWorkingDaysAroundNationalDay) {
    const Calendar& calendar = calendar_2026();
    EXPECT_EQ(calendar.next_working(day("2026-10-03")), day("2026-10-08"));
    EXPECT_EQ(calendar.previous_working(day("2026-10-03")), day("2026-09-30"));
    EXPECT_EQ(calendar.next_working(day("2026-10-11")), day("2026-10-12"));
    EXPECT_EQ(calendar.previous_working(day("2026-10-11")), day("2026-10-10"));
}

TEST(Calendar, NamesTheHolidayOfADay) {
    const Calendar& calendar = calendar_2026();
    EXPECT_EQ(calendar.off_name(day("2026-10-03")), "国庆节");
    EXPECT_EQ(calendar.off_name(day("2026-10-17")), "");
    EXPECT_EQ(calendar.worked_name(day("2026-09-20")), "国庆节");
    EXPECT_EQ(calendar.worked_name(day("2026-09-21")), "");
    EXPECT_EQ(calendar.source(2026), "国务院办公厅关于2026年部分节假日安排的通知");
    EXPECT_EQ(calendar.source(2027), "");
    EXPECT_EQ(calendar.version(), "test-2026");
}

TEST(Calendar, WorkingPeriodsAreSortedAndJoined) {
    CalendarData data;
    data.working_hours = {{13h, 17h}, {9h, 11h}, {10h, 12h}, {18h, 18h}};
    const std::vector<WorkingPeriod> expected{{9h, 12h}, {13h, 17h}};
    EXPECT_EQ(Calendar{data}.working_hours(), expected);
}

TEST(Calendar, WithoutWorkingPeriodsTheWholeDayIsWorked) {
    CalendarData data;
    data.working_hours.clear();
    const std::vector<WorkingPeriod> expected{{0h, 24h}};
    EXPECT_EQ(Calendar{data}.working_hours(), expected);
}

TEST(Calendar, CopiesShareTheirDays) {
    Calendar copy;
    {
        const Calendar original{data_2026()};
        copy = original;
    }
    EXPECT_FALSE(copy.is_working(day("2026-10-01")));
    EXPECT_EQ(copy.off_name(day("2026-10-01")), "国庆节");
}

}  // namespace
}  // namespace jinqiao::engine::time::testing
