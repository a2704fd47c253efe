#pragma once

#include <optional>
#include <vector>

#include "engine/time/budget.h"
#include "engine/time/calendar.h"
#include "engine/time/explanation.h"
#include "engine/time/instant.h"
#include "engine/time/ledger.h"

namespace jinqiao::engine::time {

struct Rule {
    Budget budget;
    std::vector<Budget> extensions;  // compatible() with the budget, each one agreed or ordered
    bool backward = false;           // counted back from an event that lies ahead
    bool roll = true;                // a day-kind end on a rest day moves to a working day
};

struct Due {
    // Exclusive: the first instant at which the period is over. A day that ends at 24:00 is stored
    // as 00:00 of the next day, and a timer fires at or after it.
    Instant at;
    // Before rolling; the same as `at` where nothing rolled. For a right that opens when the period
    // ends, rolling is the unsafe side, so both are kept.
    Instant unrolled;
    // Day kinds counted forward: close of business on the last day, for papers that must be lodged.
    std::optional<Instant> safe_until;
    // Rests on a year whose notice is not known; compute again when it is.
    bool provisional = false;
    Explanation explain;
};

// When a period that began at `from` (backward: that must be over before the event at `from`) ends.
// Deterministic; equal arguments give an equal answer, explanation included.
//
// Day kinds     The day of `from` is not counted (Civil Code Art. 201); the period ends at 24:00 of
//               its last day. Only the end rolls, to the next working day (Art. 203); rest days
//               inside N, months and years count. Months and years go to the matching date, else
//               the month's end (Art. 202).
// Clock kinds   Exact from the instant (Art. 201), no roll. wh run inside working periods and
//               end with a period (17:30) rather than at the opening of the next (09:00).
// Backward      The date of `from` less the days; on a rest day the preceding working day, and the
//               last moment to act is 24:00 of it. The ledger does not apply: the event does not
//               move. Clock kinds are subtracted.
// Extensions    Added to the budget, never to a rolled end: 15 N + 15 N is 30 N from the start.
// Ledger        Clock kinds: suspended time does not count. Day kinds: a day counts if and only if
//               the clock runs in its last moment, so a pause costs as many days as midnights it
//               spans, and one that begins and ends on the same day costs nothing. (A pause until
//               24:00 spans that midnight.) Months and years are first turned into days. An open
//               suspension costs nothing yet: the answer is the one that holds if it ended as soon
//               as it began, to be computed again on resuming. Rolling comes after all this, so a
//               pause between the unrolled and the rolled end changes nothing.
// No calendar   An end in a year without notice is not rolled, and provisional. W and wh counted
//               through such a year take Monday to Friday as working, and are provisional. An end
//               that rolls out of a known year into an unknown one is rolled and provisional.
Due due(const Calendar& calendar, const Rule& rule, Instant from, const Ledger& ledger = {});

// due() of a bare budget, without rolling forward, suspensions or words: for rungs of a ladder.
// Backward day kinds go to the preceding working day as due() does.
Instant add(const Calendar& calendar, Instant from, Budget budget, bool backward = false);

// The instant a rung "so long before due" fires. Unlike add() backward it takes the stored form of
// a day's end for the day it closes: 1 N before Oct 8 24:00 (stored as Oct 9 00:00) is Oct 7 24:00,
// where add() would answer the due instant itself. Clock kinds are subtracted; nothing is
// moved to a working day, since a reminder is no deadline.
Instant ahead_of(const Calendar& calendar, Instant due_at, Budget budget);

}  // namespace jinqiao::engine::time
