#pragma once

#include <chrono>
#include <cstdint>

#include "engine/time/budget.h"
#include "engine/time/calendar.h"
#include "engine/time/ledger.h"

namespace jinqiao::engine::time {

constexpr std::chrono::days one_day{1};

// Walks forward through the days on which a clock stands still. A pause from one instant to another
// stops the days from the first's date up to, not including, the second's: those are the days whose
// last moment lies inside it. Days must be asked for in rising order.
class StoppedDays {
  public:
    StoppedDays(const Calendar& calendar, const Ledger& ledger);

    // The first day, not before `day`, that ends with the clock running.
    Date running_from(Date day);

  private:
    void load();

    const Calendar* calendar_;
    Ledger::const_iterator next_;
    Ledger::const_iterator end_;
    Date first_{};  // of the pause in hand
    Date until_{};  // exclusive
    bool any_ = false;
};

// Last day of a day-kind budget whose first counted day is the one after `start`. Not rolled.
Date last_day(const Calendar& calendar, Date start, Budget budget, const Ledger& ledger);

// The latest day that leaves the whole budget between itself and `event`. Not rolled.
Date last_day_before(const Calendar& calendar, Date event, Budget budget);

// Matching date `count` (may be negative) months on, and whether it was the month's end for want of
// a matching date.
struct MonthStep {
    Date date;
    bool clipped = false;
};
MonthStep step_months(Date date, std::int64_t count);

// Months a budget of months or years stands for.
std::int64_t months_in(Budget budget);

}  // namespace jinqiao::engine::time
