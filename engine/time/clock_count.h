#pragma once

#include <chrono>

#include "engine/time/calendar.h"
#include "engine/time/instant.h"
#include "engine/time/ledger.h"

namespace jinqiao::engine::time {

using std::chrono::milliseconds;

// Clock time: nights and holidays included. Ends at the first instant at which `amount` has run.
Instant add_clock_time(Instant from, milliseconds amount, const Ledger& ledger);

// The same inside the working periods of working days.
Instant add_working_time(const Calendar& calendar, Instant from, milliseconds amount,
                         const Ledger& ledger);

// The latest instant that leaves `amount` of working time before `event`.
Instant subtract_working_time(const Calendar& calendar, Instant event, milliseconds amount);

// How much of [from, until) the clock runs, by either way of counting; none if `until` comes first.
milliseconds clock_time(Instant from, Instant until, const Ledger& ledger);
milliseconds working_time(const Calendar& calendar, Instant from, Instant until,
                          const Ledger& ledger);

}  // namespace jinqiao::engine::time
