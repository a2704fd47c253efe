#include "adapters/http/time_left.h"

#include <gtest/gtest.h>

#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::adapters::http {
namespace {

namespace json = boost::json;
namespace time = engine::time;
using time::testing::at;
using time::testing::calendar_2026;
using time::testing::end_of;

json::object left(const std::string& now, time::Budget budget, time::Instant due) {
    engine::runtime::World world;
    world.calendar = std::make_shared<const time::Calendar>(calendar_2026());
    Lens lens;
    lens.world = std::make_shared<const engine::runtime::World>(std::move(world));
    lens.now = at(now);
    engine::model::Clock clock;
    clock.rule.budget = budget;
    clock.due.at = due;
    return time_left(clock, lens);
}

constexpr time::Budget four_hours{4, time::Unit::working_hours};
constexpr time::Budget three_days{3, time::Unit::working_days};
constexpr time::Budget fifteen_days{15, time::Unit::natural_days};

std::int64_t number(const json::object& from, std::string_view key) {
    return from.at(key).to_number<std::int64_t>();
}

// The offer of story S4, Fri Sep 18 16:30, due on the worked Sunday at 14:00.
TEST(TimeLeft, WorkingHoursStandStillAtNoonAndAtNight) {
    const auto due = at("2026-09-20 14:00");
    const auto friday = left("2026-09-18 17:10", four_hours, due);
    EXPECT_EQ(friday.at("unit"), "wh");
    EXPECT_EQ(number(friday, "seconds"), (20 + 150 + 30) * 60);
    EXPECT_TRUE(friday.at("running").as_bool());
    EXPECT_EQ(friday.at("changes_at"), "2026-09-18T17:30:00+08:00");

    const auto saturday = left("2026-09-19 12:00", four_hours, due);
    EXPECT_EQ(number(saturday, "seconds"), (150 + 30) * 60);
    EXPECT_FALSE(saturday.at("running").as_bool());
    EXPECT_EQ(saturday.at("changes_at"), "2026-09-20T09:00:00+08:00");

    const auto noon = left("2026-09-20 12:00", four_hours, due);
    EXPECT_EQ(number(noon, "seconds"), 30 * 60);
    EXPECT_EQ(noon.at("changes_at"), "2026-09-20T13:30:00+08:00");
    EXPECT_EQ(number(left("2026-09-20 15:00", four_hours, due), "seconds"), 0);
}

TEST(TimeLeft, OverAHolidayTheHoursGoOnAfterIt) {
    const auto shown = left("2026-10-01 10:00", four_hours, at("2026-10-08 10:00"));
    EXPECT_EQ(number(shown, "seconds"), 3600);
    EXPECT_EQ(shown.at("changes_at"), "2026-10-08T09:00:00+08:00");
}

TEST(TimeLeft, WorkingDaysLeaveOutTheHolidayAndCalendarDaysDoNot) {
    const auto due = end_of("2026-10-09");
    EXPECT_EQ(number(left("2026-09-30 16:00", three_days, due), "days"), 2);  // Oct 8, 9
    EXPECT_EQ(number(left("2026-09-30 16:00", fifteen_days, due), "days"), 9);
    EXPECT_EQ(number(left("2026-10-09 23:00", three_days, due), "days"), 0) << "it ends today";
    EXPECT_EQ(number(left("2026-10-12 08:00", fifteen_days, due), "days"), 0);
}

TEST(TimeLeft, ClockTimeRunsThroughTheNight) {
    const auto shown = left("2026-09-30 23:00", {4, time::Unit::hours}, at("2026-10-01 01:30"));
    EXPECT_EQ(shown.at("unit"), "h");
    EXPECT_EQ(number(shown, "seconds"), 9000);
}

}  // namespace
}  // namespace jinqiao::adapters::http
