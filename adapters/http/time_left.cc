#include "adapters/http/time_left.h"

#include "engine/time/clock_count.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace time = engine::time;
using std::chrono::days;

namespace {

constexpr int longest_holiday = 60;  // days looked through for the next hour of work

struct Moment {
    bool running = false;
    time::Instant until;  // then it is the other way round
};

// Whether people work now, and until when that stays so.
Moment moment_of(const time::Calendar& calendar, time::Instant now) {
    auto day = calendar.local_date(now);
    for (int i = 0; i < longest_holiday; ++i, day += days{1}) {
        if (!calendar.is_working(day)) continue;
        for (const auto& period : calendar.working_hours()) {
            if (now < calendar.at(day, period.from)) return {false, calendar.at(day, period.from)};
            if (now < calendar.at(day, period.until)) return {true, calendar.at(day, period.until)};
        }
    }
    return {false, calendar.start_of(day)};
}

std::int64_t days_left(const engine::model::Clock& clock, const Lens& lens, bool worked_only) {
    const auto& calendar = *lens.world->calendar;
    const auto today = calendar.local_date(lens.now);
    // The end of a day is the beginning of the next one.
    const auto last = calendar.local_date(clock.due.at - std::chrono::milliseconds{1});
    if (!worked_only) return std::max<std::int64_t>(0, (last - today).count());
    std::int64_t n = 0;
    for (auto day = today + days{1}; day <= last; day += days{1})
        n += calendar.is_working(day) ? 1 : 0;
    return n;
}

std::int64_t in_seconds(std::chrono::milliseconds amount) {
    return std::max<std::int64_t>(0,
                                  std::chrono::duration_cast<std::chrono::seconds>(amount).count());
}

}  // namespace

json::object time_left(const engine::model::Clock& clock, const Lens& lens) {
    const auto& calendar = *lens.world->calendar;
    const auto unit = clock.rule.budget.unit;
    if (unit == time::Unit::working_hours) {
        const auto moment = moment_of(calendar, lens.now);
        const auto left = time::working_time(calendar, lens.now, clock.due.at, {});
        return {{"unit", "wh"},
                {"seconds", in_seconds(left)},
                {"running", moment.running},
                {"as_of", lens.instant(lens.now)},
                {"changes_at", lens.instant(moment.until)}};
    }
    if (unit == time::Unit::working_days)
        return {{"unit", "W"}, {"days", days_left(clock, lens, true)}};
    if (time::is_day_kind(unit)) return {{"unit", "N"}, {"days", days_left(clock, lens, false)}};
    return {{"unit", "h"}, {"seconds", in_seconds(clock.due.at - lens.now)}};
}

}  // namespace jinqiao::adapters::http
