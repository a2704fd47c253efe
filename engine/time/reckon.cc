#include "engine/time/reckon.h"

#include <algorithm>

#include "engine/time/clock_count.h"
#include "engine/time/day_count.h"

namespace jinqiao::engine::time {

namespace chr = std::chrono;

namespace {

// Natural days, months and years rest on their end alone; working days on every day counted.
void note_days(Reckoning& out, const Sum& sum, Date from) {
    out.first = std::min(out.unrolled_day, out.day);
    out.last = std::max(out.unrolled_day, out.day);
    if (sum.total.unit == Unit::working_days && sum.total.amount > 0) {
        const chr::days next{sum.backward ? -1 : 1};
        out.first = std::min(out.first, from + next);
        out.last = std::max(out.last, from + next);
    }
    out.rests_on_calendar = true;
}

Reckoning reckon_days(const Calendar& calendar, const Sum& sum, Date from, const Ledger& ledger) {
    Reckoning out;
    out.unrolled_day = sum.backward ? last_day_before(calendar, from, sum.total)
                                    : last_day(calendar, from, sum.total, ledger);
    out.day = out.unrolled_day;
    // Without a notice a roll would be a guess, and for whoever waits for the end a harmful one.
    if (sum.roll && calendar.covers(out.unrolled_day)) {
        out.day = sum.backward ? calendar.previous_working(out.unrolled_day)
                               : calendar.next_working(out.unrolled_day);
    }
    out.unrolled = calendar.end_of(out.unrolled_day);
    out.at = calendar.end_of(out.day);
    note_days(out, sum, from);
    return out;
}

void note_hours(Reckoning& out, const Calendar& calendar, Instant from) {
    const auto [earlier, later] = std::minmax(from, out.at);
    out.first = calendar.local_date(earlier);
    // The end is exclusive: a period that ends at 24:00 does not touch the day that begins then.
    out.last = std::max(out.first, calendar.local_date(later - milliseconds{1}));
    out.rests_on_calendar = true;
}

}  // namespace

Reckoning reckon(const Calendar& calendar, const Sum& sum, Instant from, const Ledger& ledger) {
    if (is_day_kind(sum.total.unit))
        return reckon_days(calendar, sum, calendar.local_date(from), ledger);

    const milliseconds amount = sum.total.unit == Unit::minutes
                                    ? milliseconds{chr::minutes{sum.total.amount}}
                                    : milliseconds{chr::hours{sum.total.amount}};
    Reckoning out;
    if (sum.total.unit == Unit::working_hours) {
        out.at = sum.backward ? subtract_working_time(calendar, from, amount)
                              : add_working_time(calendar, from, amount, ledger);
        note_hours(out, calendar, from);
    } else {
        out.at = sum.backward ? from - amount : add_clock_time(from, amount, ledger);
    }
    out.unrolled = out.at;
    return out;
}

}  // namespace jinqiao::engine::time
