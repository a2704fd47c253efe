#pragma once

#include <vector>

#include "engine/time/due.h"

namespace jinqiao::engine::time {

// The middle of an explanation: which days of first..last (inclusive) counted and which did not,
// neighbours of one kind joined into runs, oldest first. Days a suspension stopped are left out;
// they have a line of their own.
void append_days(std::vector<Line>& lines, const Calendar& calendar, Unit unit, Date first,
                 Date last, const Ledger& ledger);

// The same for working hours between two instants. Only days worked in full are joined, so that the
// sum can be followed: 60 minutes on Friday, 180 on Sunday.
void append_working_time(std::vector<Line>& lines, const Calendar& calendar, Instant from,
                         Instant until, const Ledger& ledger);

}  // namespace jinqiao::engine::time
