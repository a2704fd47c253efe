#include "engine/time/due.h"

#include <gtest/gtest.h>

#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::time::testing {
namespace {

struct Worked {
    const char* from;
    const char* budget;
    const char* unrolled;
    const char* end;
};

// The worked cases of the domain notes.
TEST(Due, EndsAsTheNineWorkedCasesSay) {
    const Worked table[] = {
        {"2026-09-18", "15 N", "2026-10-03", "2026-10-08"},
        {"2026-02-13", "15 N", "2026-02-28", "2026-02-28"},  // a worked Saturday
        {"2026-04-24", "15 N", "2026-05-09", "2026-05-09"},  // a worked Saturday
        {"2026-06-05", "15 N", "2026-06-20", "2026-06-22"},
        {"2026-09-03", "30 N", "2026-10-03", "2026-10-08"},
        {"2026-02-12", "3 W", "2026-02-24", "2026-02-24"},
        {"2026-04-30", "3 W", "2026-05-08", "2026-05-08"},
        {"2026-09-17", "5 W", "2026-09-23", "2026-09-23"},
        {"2026-09-29", "5 W", "2026-10-12", "2026-10-12"},
    };
    for (const Worked& row : table) {
        // Whenever on that day the event was, the day itself is not counted.
        for (const char* time : {" 00:00", " 12:00", " 23:59:59.999"}) {
            const Due answer =
                due(calendar_2026(), rule(row.budget), at(row.from + std::string{time}));
            EXPECT_EQ(show(answer.at), show(end_of(row.end))) << row.from << time << row.budget;
            EXPECT_EQ(show(answer.unrolled), show(end_of(row.unrolled))) << row.from << row.budget;
            EXPECT_EQ(answer.safe_until, at(row.end + std::string{" 17:30"})) << row.from;
            EXPECT_FALSE(answer.provisional) << row.from;
        }
    }
}

TEST(Due, ClockKindsAreExactAndNeverRoll) {
    const Instant start = at("2026-10-01 03:00:15.250");
    const Due minutes = due(calendar_2026(), rule("10 min"), start);
    EXPECT_EQ(show(minutes.at), "2026-10-01T03:10:15.250+08:00");
    EXPECT_EQ(minutes.unrolled, minutes.at);
    EXPECT_FALSE(minutes.safe_until);
    EXPECT_EQ(show(due(calendar_2026(), rule("24 h"), start).at), "2026-10-02T03:00:15.250+08:00");
}

TEST(Due, AZeroBudgetOfClockTimeIsDueAtOnceAndOfDaysAtTheEndOfTheDay) {
    const Instant start = at("2026-10-09 10:00");
    EXPECT_EQ(due(calendar_2026(), rule("0 min"), start).at, start);
    EXPECT_EQ(due(calendar_2026(), rule("0 wh"), start).at, start);
    EXPECT_EQ(due(calendar_2026(), rule("0 N"), start).at, end_of("2026-10-09"));
    EXPECT_EQ(due(calendar_2026(), rule("0 W"), start).at, end_of("2026-10-09"));
}

TEST(Due, WithoutRollTheEndStaysOnTheHoliday) {
    Rule fixed = rule("15 N");
    fixed.roll = false;
    const Due answer = due(calendar_2026(), fixed, at("2026-09-18 10:00"));
    EXPECT_EQ(answer.at, end_of("2026-10-03"));
    EXPECT_EQ(answer.unrolled, answer.at);
}

TEST(Due, AnExtensionAddsToTheBudgetNotToTheRolledEnd) {
    Rule extended = rule("15 N");
    extended.extensions = {budget("15 N")};
    // 15 N alone would end on Sat Jun 20 and roll to Jun 22; 30 N from the start is Sun Jul 5.
    const Due answer = due(calendar_2026(), extended, at("2026-06-05 16:00"));
    EXPECT_EQ(answer.unrolled, end_of("2026-07-05"));
    EXPECT_EQ(answer.at, end_of("2026-07-06"));

    extended.extensions = {budget("3 N"), budget("12 N")};
    EXPECT_EQ(due(calendar_2026(), extended, at("2026-06-05 16:00")).at, answer.at);
}

TEST(Due, MonthsEndOnTheMatchingDate) {
    const Calendar calendar = plain_years(2020, 2030);
    EXPECT_EQ(due(calendar, rule("6 months"), at("2026-03-16 10:00")).at, end_of("2026-09-16"));
    EXPECT_EQ(due(calendar, rule("1 y"), at("2026-10-12 11:00")).at, end_of("2027-10-12"));
    EXPECT_EQ(due(calendar, rule("12 months"), at("2026-10-12 11:00")).at, end_of("2027-10-12"));
    // From a month's end to the matching date, not to the month's end.
    EXPECT_EQ(due(calendar, rule("2 months"), at("2026-02-28 10:00")).at, end_of("2026-04-28"));
}

TEST(Due, MonthsWithoutMatchingDateEndWithTheMonth) {
    const Calendar calendar = plain_years(2020, 2030);
    EXPECT_EQ(due(calendar, rule("1 months"), at("2025-01-31 10:00")).at, end_of("2025-02-28"));
    EXPECT_EQ(due(calendar, rule("1 months"), at("2024-01-30 10:00")).at, end_of("2024-02-29"));
    EXPECT_EQ(due(calendar, rule("1 y"), at("2024-02-29 10:00")).at, end_of("2025-02-28"));
    EXPECT_EQ(due(calendar, rule("4 y"), at("2024-02-29 10:00")).at, end_of("2028-02-29"));
    EXPECT_EQ(due(calendar, rule("1 months"), at("2026-03-31 10:00")).at, end_of("2026-04-30"));
}

TEST(Due, MonthsRollAsDaysDo) {
    const Due answer = due(calendar_2026(), rule("1 months"), at("2026-09-03 10:00"));
    EXPECT_EQ(answer.unrolled, end_of("2026-10-03"));
    EXPECT_EQ(answer.at, end_of("2026-10-08"));
    EXPECT_EQ(answer.safe_until, at("2026-10-08 17:30"));
}

TEST(Due, AnEndInAYearWithoutCalendarIsProvisionalAndNotRolled) {
    const Due answer = due(calendar_2026(), rule("30 N"), at("2026-12-03 10:00"));  // Sat Jan 2
    EXPECT_EQ(answer.at, end_of("2027-01-02"));
    EXPECT_EQ(answer.unrolled, answer.at);
    EXPECT_TRUE(answer.provisional);
}

TEST(Due, WorkingDaysThroughAYearWithoutCalendarAreMondayToFridayAndProvisional) {
    const Due answer = due(calendar_2026(), rule("3 W"), at("2026-12-30 10:00"));  // Wednesday
    EXPECT_EQ(answer.at, end_of("2027-01-04"));                                    // Thu, Fri, Mon
    EXPECT_TRUE(answer.provisional);
    EXPECT_FALSE(due(calendar_2026(), rule("1 W"), at("2026-12-30 10:00")).provisional);
}

TEST(Due, WorkingDaysOverAGapBetweenKnownYearsAreProvisional) {
    CalendarData data;
    data.years = {2024, 2026};
    const Calendar calendar{data};
    EXPECT_TRUE(due(calendar, rule("300 W"), at("2024-12-02 10:00")).provisional);
    // Natural days ask only about their end.
    EXPECT_FALSE(due(calendar, rule("400 N"), at("2024-12-02 10:00")).provisional);
}

TEST(Due, AnEndThatRollsOutOfTheLastKnownYearIsRolledAndProvisional) {
    const Calendar calendar = plain_years(2023, 2023);
    const Due answer = due(calendar, rule("10 N"), at("2023-12-21 10:00"));  // Sunday
    EXPECT_EQ(answer.unrolled, end_of("2023-12-31"));
    EXPECT_EQ(answer.at, end_of("2024-01-01"));
    EXPECT_TRUE(answer.provisional);
}

TEST(Due, ClockTimeNeedsNoCalendar) {
    EXPECT_FALSE(due(calendar_2026(), rule("24 h"), at("2027-05-01 10:00")).provisional);
    EXPECT_FALSE(due(calendar_2026(), rule("30 min"), at("2026-12-31 23:50")).provisional);
}

TEST(Due, BackwardEndsBeforeTheEventAndOnAWorkingDay) {
    // Lay-off on Sat Oct 31: 30 days before is a holiday.
    const Due layoff = due(calendar_2026(), backward("30 N"), at("2026-10-31 00:00"));
    EXPECT_EQ(show(layoff.at), "2026-10-01T00:00:00+08:00");
    EXPECT_EQ(layoff.unrolled, end_of("2026-10-01"));
    EXPECT_FALSE(layoff.safe_until);
    EXPECT_FALSE(layoff.provisional);
    // Congress on Fri Oct 16: papers by Fri Oct 9.
    EXPECT_EQ(due(calendar_2026(), backward("7 N"), at("2026-10-16 14:00")).at,
              end_of("2026-10-09"));
}

TEST(Due, BackwardWorkingDaysSkipRestDaysAndCountWorkedWeekends) {
    // Hearing on Mon Oct 12: 10 (worked), 9, 8, Sep 30, 29.
    EXPECT_EQ(due(calendar_2026(), backward("5 W"), at("2026-10-12 09:30")).at,
              end_of("2026-09-29"));
}

TEST(Due, BackwardMonthsAndClockKindsAreSubtracted) {
    EXPECT_EQ(due(calendar_2026(), backward("1 months"), at("2026-07-31 10:00")).at,
              end_of("2026-06-30"));
    EXPECT_EQ(due(calendar_2026(), backward("2 h"), at("2026-10-01 01:00")).at,
              at("2026-09-30 23:00"));
}

TEST(Due, BackwardIntoAYearWithoutCalendarIsProvisional) {
    const Due answer = due(calendar_2026(), backward("10 N"), at("2026-01-06 10:00"));
    EXPECT_EQ(answer.at, end_of("2025-12-27"));  // a Saturday, left where it is
    EXPECT_TRUE(answer.provisional);
}

TEST(Add, AnswersAsDueWithoutRolling) {
    const Instant start = at("2026-09-18 10:00");
    EXPECT_EQ(add(calendar_2026(), start, budget("15 N")), end_of("2026-10-03"));
    EXPECT_EQ(add(calendar_2026(), start, budget("2 W")), end_of("2026-09-21"));
    EXPECT_EQ(add(calendar_2026(), start, budget("30 min")), at("2026-09-18 10:30"));
    EXPECT_EQ(add(calendar_2026(), at("2026-09-18 16:30"), budget("4 wh")), at("2026-09-20 14:00"));
}

TEST(Add, BackwardGoesToThePrecedingWorkingDay) {
    EXPECT_EQ(add(calendar_2026(), at("2026-10-31 00:00"), budget("30 N"), true),
              end_of("2026-09-30"));
    EXPECT_EQ(add(calendar_2026(), at("2026-10-31 00:00"), budget("2 h"), true),
              at("2026-10-30 22:00"));
}

TEST(AheadOf, ADayBeforeAStoredDayEndIsADayEarlier) {
    const Instant due_at = end_of("2026-10-08");
    EXPECT_EQ(ahead_of(calendar_2026(), due_at, budget("1 N")), end_of("2026-10-07"));
    EXPECT_EQ(ahead_of(calendar_2026(), due_at, budget("1 W")), end_of("2026-09-30"));
    EXPECT_EQ(ahead_of(calendar_2026(), due_at, budget("2 h")), at("2026-10-08 22:00"));
    EXPECT_EQ(ahead_of(calendar_2026(), at("2026-10-08 15:20"), budget("1 N")),
              end_of("2026-10-07"));
}

}  // namespace
}  // namespace jinqiao::engine::time::testing
