#include "engine/time/clock_count.h"

#include <algorithm>

#include "engine/time/day_count.h"

namespace jinqiao::engine::time {

namespace chr = std::chrono;

namespace {

milliseconds overlap(Instant from, Instant until, Instant other_from, Instant other_until) {
    const auto both = std::min(until, other_until) - std::max(from, other_from);
    return std::max(both, milliseconds{0});
}

}  // namespace

Instant add_clock_time(Instant from, milliseconds amount, const Ledger& ledger) {
    if (amount <= milliseconds{0}) return from;
    Instant at = from;
    for (const Suspension& pause : ledger) {
        if (!pause.until || *pause.until <= at) continue;
        if (pause.from >= at + amount) break;
        amount -= std::max(pause.from - at, milliseconds{0});
        at = *pause.until;
    }
    return at + amount;
}

Instant add_working_time(const Calendar& calendar, Instant from, milliseconds amount,
                         const Ledger& ledger) {
    if (amount <= milliseconds{0}) return from;
    for (Date day = calendar.local_date(from);; day += one_day) {
        if (!calendar.is_working(day)) continue;
        for (const WorkingPeriod& period : calendar.working_hours()) {
            const Instant opens = std::max(calendar.at(day, period.from), from);
            const Instant closes = calendar.at(day, period.until);
            if (opens >= closes) continue;
            const Instant end = add_clock_time(opens, amount, ledger);
            if (end <= closes) return end;
            amount -= clock_time(opens, closes, ledger);
        }
    }
}

Instant subtract_working_time(const Calendar& calendar, Instant event, milliseconds amount) {
    if (amount <= milliseconds{0}) return event;
    const auto& periods = calendar.working_hours();
    for (Date day = calendar.local_date(event);; day -= one_day) {
        if (!calendar.is_working(day)) continue;
        for (auto period = periods.rbegin(); period != periods.rend(); ++period) {
            const Instant opens = calendar.at(day, period->from);
            const Instant closes = std::min(calendar.at(day, period->until), event);
            if (opens >= closes) continue;
            if (closes - opens >= amount) return closes - amount;
            amount -= closes - opens;
        }
    }
}

milliseconds clock_time(Instant from, Instant until, const Ledger& ledger) {
    milliseconds running = std::max(until - from, milliseconds{0});
    for (const Suspension& pause : ledger)
        if (pause.until) running -= overlap(from, until, pause.from, *pause.until);
    return running;
}

milliseconds working_time(const Calendar& calendar, Instant from, Instant until,
                          const Ledger& ledger) {
    milliseconds running{0};
    const Date last = calendar.local_date(until);
    for (Date day = calendar.local_date(from); day <= last; day += one_day) {
        if (!calendar.is_working(day)) continue;
        for (const WorkingPeriod& period : calendar.working_hours()) {
            const Instant opens = std::max(calendar.at(day, period.from), from);
            const Instant closes = std::min(calendar.at(day, period.until), until);
            running += clock_time(opens, closes, ledger);
        }
    }
    return running;
}

}  // namespace jinqiao::engine::time
