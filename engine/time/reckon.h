#pragma once

#include "engine/time/budget.h"
#include "engine/time/calendar.h"
#include "engine/time/ledger.h"

namespace jinqiao::engine::time {

// What is to be reckoned: a Rule with its extensions added up.
struct Sum {
    Budget total;
    bool backward = false;
    bool roll = true;
};

// The answer without its words. Days are set for day kinds only.
struct Reckoning {
    Instant at;
    Instant unrolled;
    Date unrolled_day{};  // last day (backward: last day to act)
    Date day{};           // after rolling
    // The days whose working or rest status the answer rests on, if any.
    bool rests_on_calendar = false;
    Date first{};
    Date last{};
};

// due() without explanation: no allocation, so that ladders may call it freely.
Reckoning reckon(const Calendar& calendar, const Sum& sum, Instant from, const Ledger& ledger);

// Calls `found(year)` for each year without calendar that a reckoning rests on, oldest first.
template <typename Found>
void for_each_missing_year(const Calendar& calendar, const Reckoning& reckoning, Found found) {
    if (!reckoning.rests_on_calendar) return;
    const auto year_of = [](Date date) {
        return static_cast<int>(std::chrono::year_month_day{date}.year());
    };
    const int last = year_of(reckoning.last);
    for (int year = year_of(reckoning.first); year <= last; ++year)
        if (!calendar.has_year(year)) found(year);
}

}  // namespace jinqiao::engine::time
