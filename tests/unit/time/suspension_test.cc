#include <gtest/gtest.h>

#include "engine/time/due.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::time::testing {
namespace {

Instant end(const char* text, const char* from, const Ledger& ledger) {
    return due(calendar_2026(), rule(text), at(from), ledger).at;
}

// From Mon Nov 9: 5 W is Mon Nov 16.
TEST(Suspension, OverAWeekendCostsOneWorkingDay) {
    const Ledger ledger{pause("2026-11-13 15:00", "2026-11-16 10:00")};
    EXPECT_EQ(end("5 W", "2026-11-09 10:00", {}), end_of("2026-11-16"));
    EXPECT_EQ(end("5 W", "2026-11-09 10:00", ledger), end_of("2026-11-17"));
}

TEST(Suspension, OverAWeekendCostsThreeNaturalDays) {
    const Ledger ledger{pause("2026-11-13 15:00", "2026-11-16 10:00")};
    EXPECT_EQ(end("9 N", "2026-11-09 10:00", {}), end_of("2026-11-18"));
    EXPECT_EQ(end("9 N", "2026-11-09 10:00", ledger), end_of("2026-11-23"));  // Sat Nov 21 rolls
}

TEST(Suspension, OnASingleDayCostsNothing) {
    const Ledger ledger{pause("2026-11-11 00:00", "2026-11-11 23:59:59.999"),
                        pause("2026-11-12 08:00", "2026-11-12 20:00")};
    EXPECT_EQ(end("5 W", "2026-11-09 10:00", ledger), end_of("2026-11-16"));
    EXPECT_EQ(end("9 N", "2026-11-09 10:00", ledger), end_of("2026-11-18"));
}

TEST(Suspension, UntilTheEndOfADayCostsThatDay) {
    // A suspension's own end date is a day kind, so this is how most of them end.
    const Ledger ledger{{at("2026-11-11 10:00"), end_of("2026-11-12"), "brigade on leave"}};
    EXPECT_EQ(end("5 W", "2026-11-09 10:00", ledger), end_of("2026-11-18"));
}

TEST(Suspension, FromTheEndOfADayLeavesThatDayCounted) {
    const Ledger ledger{pause("2026-11-12 00:00", "2026-11-13 10:00")};
    EXPECT_EQ(end("5 W", "2026-11-09 10:00", ledger), end_of("2026-11-17"));
}

TEST(Suspension, SeveralAddUp) {
    const Ledger ledger{pause("2026-11-10 10:00", "2026-11-11 10:00"),
                        pause("2026-11-11 11:00", "2026-11-12 10:00"),
                        pause("2026-11-12 11:00", "2026-11-12 12:00"),
                        pause("2026-11-16 10:00", "2026-11-17 10:00")};
    EXPECT_EQ(end("5 W", "2026-11-09 10:00", ledger), end_of("2026-11-19"));
}

TEST(Suspension, TouchingSuspensionsCountEachMidnightOnce) {
    const Ledger ledger{pause("2026-11-10 10:00", "2026-11-12 00:00"),
                        pause("2026-11-12 00:00", "2026-11-13 10:00")};
    EXPECT_EQ(end("9 N", "2026-11-09 10:00", ledger), end_of("2026-11-23"));  // three days: Nov 21
}

TEST(Suspension, OnTheDayOfTheEventOrAfterTheEndChangesNothing) {
    const Ledger ledger{pause("2026-11-09 11:00", "2026-11-10 09:00"),
                        pause("2026-11-17 09:00", "2026-11-30 09:00")};
    EXPECT_EQ(end("5 W", "2026-11-09 10:00", ledger), end_of("2026-11-16"));
}

TEST(Suspension, OnTheLastDayMovesTheEndOnlyWhenItSpansMidnight) {
    EXPECT_EQ(end("5 W", "2026-11-09 10:00", {pause("2026-11-16 09:00", "2026-11-16 23:00")}),
              end_of("2026-11-16"));
    EXPECT_EQ(end("5 W", "2026-11-09 10:00", {pause("2026-11-16 09:00", "2026-11-17 00:00")}),
              end_of("2026-11-17"));
}

TEST(Suspension, BetweenTheUnrolledAndTheRolledEndChangesNothing) {
    const Ledger ledger{pause("2026-10-04 10:00", "2026-10-20 10:00")};
    EXPECT_EQ(end("15 N", "2026-09-18 10:00", ledger), end_of("2026-10-08"));
}

TEST(Suspension, IsCountedBeforeRolling) {
    // 15 N would roll from Oct 3 to Oct 8; six days later the end is Fri Oct 9 and needs no roll.
    const Ledger ledger{pause("2026-09-20 10:00", "2026-09-26 10:00")};
    const Due answer = due(calendar_2026(), rule("15 N"), at("2026-09-18 10:00"), ledger);
    EXPECT_EQ(answer.at, end_of("2026-10-09"));
    EXPECT_EQ(answer.unrolled, answer.at);
}

TEST(Suspension, StillOpenIsCountedAsIfResumedAtOnce) {
    const Ledger ledger{open_pause("2026-11-11 10:00")};
    EXPECT_EQ(end("5 W", "2026-11-09 10:00", ledger), end_of("2026-11-16"));
    EXPECT_EQ(end("30 min", "2026-11-11 09:50", ledger), at("2026-11-11 10:20"));
    EXPECT_EQ(end("4 wh", "2026-11-11 09:50", ledger), end("4 wh", "2026-11-11 09:50", {}));
}

TEST(Suspension, AfterAClosedOneAnOpenOneAddsNothing) {
    const Ledger ledger{pause("2026-11-10 10:00", "2026-11-11 10:00"),
                        open_pause("2026-11-12 10:00")};
    EXPECT_EQ(end("5 W", "2026-11-09 10:00", ledger), end_of("2026-11-17"));
}

TEST(Suspension, MovesTheMatchingDateOfMonthsByItsDays) {
    const Ledger ledger{pause("2026-11-10 10:00", "2026-11-12 10:00")};
    EXPECT_EQ(end("1 months", "2026-11-09 10:00", {}), end_of("2026-12-09"));
    EXPECT_EQ(end("1 months", "2026-11-09 10:00", ledger), end_of("2026-12-11"));
}

TEST(Suspension, StopsTheClockToTheMillisecond) {
    const Ledger ledger{pause("2026-11-11 10:10:00.250", "2026-11-11 12:00:00.000")};
    EXPECT_EQ(show(end("30 min", "2026-11-11 10:00", ledger)), "2026-11-11T12:19:59.750+08:00");
}

TEST(Suspension, ThatBeginsWhenTheTimeIsUpChangesNothing) {
    const Ledger ledger{pause("2026-11-11 10:30", "2026-11-11 12:00")};
    EXPECT_EQ(end("30 min", "2026-11-11 10:00", ledger), at("2026-11-11 10:30"));
}

TEST(Suspension, AlreadyStandingWhenTheClockStartsDelaysIt) {
    const Ledger ledger{pause("2026-11-11 09:00", "2026-11-11 12:00")};
    EXPECT_EQ(end("30 min", "2026-11-11 10:00", ledger), at("2026-11-11 12:30"));
}

TEST(Suspension, CostsOnlyItsWorkingTimeInWorkingHours) {
    // 11:00 to 14:00 holds 30 + 30 working minutes; lunch costs nothing.
    const Ledger ledger{pause("2026-11-11 11:00", "2026-11-11 14:00")};
    EXPECT_EQ(end("4 wh", "2026-11-11 09:00", {}), at("2026-11-11 15:00"));
    EXPECT_EQ(end("4 wh", "2026-11-11 09:00", ledger), at("2026-11-11 16:00"));
    // Over a night and a weekend.
    EXPECT_EQ(end("4 wh", "2026-11-13 16:00", {pause("2026-11-13 17:00", "2026-11-16 09:30")}),
              at("2026-11-16 14:30"));
}

TEST(Suspension, DoesNotApplyBackward) {
    const Ledger ledger{pause("2026-10-10 10:00", "2026-10-14 10:00")};
    EXPECT_EQ(due(calendar_2026(), backward("7 N"), at("2026-10-16 09:00"), ledger).at,
              end_of("2026-10-09"));
}

}  // namespace
}  // namespace jinqiao::engine::time::testing
