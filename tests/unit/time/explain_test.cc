#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "engine/time/due.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::time::testing {
namespace {

// One line of text per line of explanation: code and arguments in order.
std::string told(const Due& answer) {
    std::ostringstream out;
    for (const Line& line : answer.explain.lines()) {
        out << line.code;
        for (const auto& [name, value] : line.args) out << ' ' << name << '=' << value;
        out << '\n';
    }
    return out.str();
}

TEST(Explain, ThreeWorkingDaysOverTheSpringFestival) {
    EXPECT_EQ(told(due(calendar_2026(), rule("3 W"), at("2026-02-12 16:00"))),
              "start date=2026-02-12 at=2026-02-12T16:00:00+08:00\n"
              "budget amount=3 unit=W\n"
              "counted from=2026-02-13 to=2026-02-13 n=1\n"
              "worked date=2026-02-14 name=春节\n"
              "counted from=2026-02-14 to=2026-02-14 n=1\n"
              "skipped from=2026-02-15 to=2026-02-23 name=春节\n"
              "counted from=2026-02-24 to=2026-02-24 n=1\n"
              "end date=2026-02-24\n"
              "safe_until at=2026-02-24T17:30:00+08:00\n");
}

TEST(Explain, AnEndInTheNationalHolidayThatRolls) {
    EXPECT_EQ(told(due(calendar_2026(), rule("15 N"), at("2026-09-18 10:00"))),
              "start date=2026-09-18 at=2026-09-18T10:00:00+08:00\n"
              "budget amount=15 unit=N\n"
              "counted from=2026-09-19 to=2026-10-03 n=15\n"
              "end date=2026-10-03\n"
              "rolled from=2026-10-03 to=2026-10-08 name=国庆节\n"
              "safe_until at=2026-10-08T17:30:00+08:00\n");
}

TEST(Explain, AnEndOnAWorkedSaturdayThatDoesNot) {
    EXPECT_EQ(told(due(calendar_2026(), rule("15 N"), at("2026-04-24 14:00"))),
              "start date=2026-04-24 at=2026-04-24T14:00:00+08:00\n"
              "budget amount=15 unit=N\n"
              "counted from=2026-04-25 to=2026-05-09 n=15\n"
              "end date=2026-05-09\n"
              "worked_end date=2026-05-09 name=劳动节\n"
              "safe_until at=2026-05-09T17:30:00+08:00\n");
}

TEST(Explain, AnExtensionAWeekendRollAndASuspension) {
    Rule extended = rule("5 N");
    extended.extensions = {budget("4 N")};
    const Ledger ledger{pause("2026-11-13 15:00", "2026-11-16 10:00"),
                        pause("2026-11-17 10:00", "2026-11-17 11:00"),
                        open_pause("2026-11-18 10:00")};
    EXPECT_EQ(told(due(calendar_2026(), extended, at("2026-11-09 10:00"), ledger)),
              "start date=2026-11-09 at=2026-11-09T10:00:00+08:00\n"
              "budget amount=5 unit=N\n"
              "extension amount=4 unit=N\n"
              "total amount=9 unit=N\n"
              "suspended from=2026-11-13T15:00:00+08:00 until=2026-11-16T10:00:00+08:00 "
              "reason=brigade on leave days=3\n"
              "suspended from=2026-11-17T10:00:00+08:00 until=2026-11-17T11:00:00+08:00 "
              "reason=brigade on leave days=0\n"
              "suspended_open from=2026-11-18T10:00:00+08:00 reason=brigade on leave\n"
              "counted from=2026-11-10 to=2026-11-12 n=3\n"
              "counted from=2026-11-16 to=2026-11-21 n=6\n"
              "end date=2026-11-21\n"
              "rolled_weekend from=2026-11-21 to=2026-11-23\n"
              "safe_until at=2026-11-23T17:30:00+08:00\n");
}

TEST(Explain, WorkingDaysWithAWeekendAndASuspension) {
    const Ledger ledger{pause("2026-11-11 10:00", "2026-11-12 10:00")};
    EXPECT_EQ(told(due(calendar_2026(), rule("5 W"), at("2026-11-09 10:00"), ledger)),
              "start date=2026-11-09 at=2026-11-09T10:00:00+08:00\n"
              "budget amount=5 unit=W\n"
              "suspended from=2026-11-11T10:00:00+08:00 until=2026-11-12T10:00:00+08:00 "
              "reason=brigade on leave days=1\n"
              "counted from=2026-11-10 to=2026-11-10 n=1\n"
              "counted from=2026-11-12 to=2026-11-13 n=2\n"
              "skipped_weekend from=2026-11-14 to=2026-11-15\n"
              "counted from=2026-11-16 to=2026-11-17 n=2\n"
              "end date=2026-11-17\n"
              "safe_until at=2026-11-17T17:30:00+08:00\n");
}

TEST(Explain, WorkingHoursOverAWorkedSunday) {
    EXPECT_EQ(told(due(calendar_2026(), rule("4 wh"), at("2026-09-18 16:30"))),
              "start_clock at=2026-09-18T16:30:00+08:00\n"
              "budget amount=4 unit=wh\n"
              "counted_hours from=2026-09-18 to=2026-09-18 minutes=60\n"
              "skipped_weekend from=2026-09-19 to=2026-09-19\n"
              "worked date=2026-09-20 name=国庆节\n"
              "counted_hours from=2026-09-20 to=2026-09-20 minutes=180\n"
              "end_clock at=2026-09-20T14:00:00+08:00\n");
}

TEST(Explain, WorkingHoursOfFullDaysAreJoined) {
    const Ledger ledger{pause("2026-11-12 09:00", "2026-11-12 10:00")};
    EXPECT_EQ(told(due(calendar_2026(), rule("24 wh"), at("2026-11-10 09:00"), ledger)),
              "start_clock at=2026-11-10T09:00:00+08:00\n"
              "budget amount=24 unit=wh\n"
              "suspended_clock from=2026-11-12T09:00:00+08:00 until=2026-11-12T10:00:00+08:00 "
              "reason=brigade on leave minutes=60\n"
              "counted_hours from=2026-11-10 to=2026-11-11 minutes=780\n"
              "counted_hours from=2026-11-12 to=2026-11-12 minutes=330\n"
              "counted_hours from=2026-11-13 to=2026-11-13 minutes=330\n"
              "end_clock at=2026-11-13T16:30:00+08:00\n");
}

TEST(Explain, ClockTime) {
    const Ledger ledger{pause("2026-11-12 09:00", "2026-11-12 10:00")};
    EXPECT_EQ(told(due(calendar_2026(), rule("2 h"), at("2026-11-12 08:30"), ledger)),
              "start_clock at=2026-11-12T08:30:00+08:00\n"
              "budget amount=2 unit=h\n"
              "suspended_clock from=2026-11-12T09:00:00+08:00 until=2026-11-12T10:00:00+08:00 "
              "reason=brigade on leave minutes=60\n"
              "end_clock at=2026-11-12T11:30:00+08:00\n");
}

TEST(Explain, ThirtyDaysBeforeALayOffThatFallInAHoliday) {
    EXPECT_EQ(told(due(calendar_2026(), backward("30 N"), at("2026-10-31 00:00"))),
              "event date=2026-10-31 at=2026-10-31T00:00:00+08:00\n"
              "budget amount=30 unit=N\n"
              "counted from=2026-10-01 to=2026-10-30 n=30\n"
              "act_by date=2026-10-01\n"
              "backward_rolled from=2026-10-01 to=2026-09-30 name=国庆节\n");
}

TEST(Explain, ClockTimeBeforeAnEvent) {
    EXPECT_EQ(told(due(calendar_2026(), backward("2 h"), at("2026-10-31 09:00"))),
              "event_clock at=2026-10-31T09:00:00+08:00\n"
              "budget amount=2 unit=h\n"
              "act_by_clock at=2026-10-31T07:00:00+08:00\n");
}

TEST(Explain, AYearWithoutCalendar) {
    EXPECT_EQ(told(due(calendar_2026(), rule("2 y"), at("2026-09-30 10:00"))),
              "start date=2026-09-30 at=2026-09-30T10:00:00+08:00\n"
              "budget amount=2 unit=y\n"
              "counted from=2026-10-01 to=2028-09-30 n=731\n"
              "end date=2028-09-30\n"
              "provisional year=2028\n"
              "safe_until at=2028-09-30T17:30:00+08:00\n");
}

TEST(Explain, EveryYearWithoutCalendarThatWorkingDaysCross) {
    const auto lines = due(calendar_2026(), rule("300 W"), at("2026-12-01 10:00")).explain.lines();
    std::vector<std::string> years;
    for (const Line& line : lines)
        if (line.code == "provisional") years.push_back(line.args.at(0).second);
    EXPECT_EQ(years, (std::vector<std::string>{"2027", "2028"}));
}

TEST(Explain, AMonthWithoutMatchingDate) {
    const auto lines =
        due(plain_years(2025, 2025), rule("1 months"), at("2025-01-31 10:00")).explain.lines();
    const Line expected{"month_end", {{"date", "2025-02-28"}}};
    EXPECT_NE(std::find(lines.begin(), lines.end(), expected), lines.end());
}

}  // namespace
}  // namespace jinqiao::engine::time::testing
