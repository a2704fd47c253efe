#pragma once

#include <algorithm>
#include <chrono>
#include <random>

#include "engine/time/due.h"
#include "tests/unit/time/calendar_fixture.h"

// When a period ends, found by living through it minute by minute. Written from the rules in words
// (due.h) and from nothing of their implementation; slow, and that is its merit.
namespace jinqiao::engine::time::testing {

// Years known and unknown, holidays that swallow weekends, weekends that are worked. An end in a
// year without notice is not rolled, so "later" holds between known years only.
inline Calendar any_calendar(std::mt19937& random, bool all_known = false) {
    const auto pick = [&](int from, int to) {
        return std::uniform_int_distribution<int>{from, to}(random);
    };
    CalendarData data;
    for (int year = 2025; year <= 2027; ++year)
        if (all_known || pick(0, 3) != 0) data.years.insert(year);
    const Date first = day("2025-09-01");
    for (int i = 0; i < 14; ++i) {
        const Date from = first + std::chrono::days{pick(0, 560)};
        for (int length = pick(1, 9); length > 0; --length)
            data.off.emplace(from + std::chrono::days{length}, "holiday");
    }
    for (int i = 0; i < 16; ++i)
        data.worked.emplace(first + std::chrono::days{pick(0, 560)}, "holiday");
    data.version = "any-" + std::to_string(pick(0, 1'000'000'000));
    return Calendar{data};
}

inline bool stands_still(const Ledger& ledger, Instant minute) {
    return std::any_of(ledger.begin(), ledger.end(), [&](const Suspension& pause) {
        return pause.until && pause.from <= minute && minute < *pause.until;
    });
}

inline bool is_office_minute(const Calendar& calendar, Instant minute) {
    const Date date = calendar.local_date(minute);
    if (!calendar.is_working(date)) return false;
    const auto since =
        std::chrono::duration_cast<std::chrono::minutes>(minute - calendar.start_of(date));
    const auto at = since.count();
    return (at >= 9 * 60 && at < 11 * 60 + 30) || (at >= 13 * 60 + 30 && at < 17 * 60 + 30);
}

// The end of `amount` units from `from`, a whole minute, on. Minutes, hours, working hours, N, W.
inline Instant lived_through(const Calendar& calendar, Budget budget, Instant from,
                             const Ledger& ledger, bool roll = true) {
    const std::chrono::minutes one{1};
    const Date first = calendar.local_date(from);
    const bool by_day = budget.unit == Unit::natural_days || budget.unit == Unit::working_days;
    std::int64_t left = budget.amount;
    if (budget.unit == Unit::hours || budget.unit == Unit::working_hours) left *= 60;
    Instant now = from;
    if (by_day) now = calendar.end_of(first);  // the day itself is not counted
    while (left > 0) {
        const Instant next = now + one;
        const bool still = stands_still(ledger, now);
        if (!by_day) {
            if (!still && (budget.unit != Unit::working_hours || is_office_minute(calendar, now)))
                --left;
        } else {
            const Date date = calendar.local_date(now);
            const bool last_of_day = calendar.local_date(next) != date;
            if (last_of_day && !still &&
                (budget.unit == Unit::natural_days || calendar.is_working(date)))
                --left;
        }
        now = next;
    }
    if (!by_day || !roll) return now;
    Date last = calendar.local_date(now - one);
    if (!calendar.covers(last)) return now;
    while (!calendar.is_working(last)) last += std::chrono::days{1};
    return calendar.end_of(last);
}

}  // namespace jinqiao::engine::time::testing
