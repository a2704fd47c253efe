#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/time/budget.h"
#include "engine/time/due.h"
#include "engine/time/instant.h"
#include "engine/time/ledger.h"

namespace jinqiao::engine::model {

// stage: ours, may be suspended. legal: stops only where the law says so.
// reference: runs at another authority, shown, never laddered.
enum class ClockClass { stage, legal, reference };

enum class ClockState {
    running,
    suspended,
    met,     // what it waited for happened in time or late; see `late`
    missed,  // due passed and the condition still holds: the ladder goes on repeating
    closed,  // the reason to wait went away (exit, end, stage left)
};

std::string_view name(ClockClass value);
std::string_view name(ClockState value);

// Budget + extensions + ledger + calendar -> due, stored with the sum that explains it.
// Editing a case restarts no clock: `from` and `epoch` change only by a recorded event.
struct Clock {
    std::string name;     // "st.ack", "med.arb_right": the id in the policy
    int instance = 1;     // "#2" = second application, second instalment
    int epoch = 0;        // rises when a reopening restarts a stage clock
    std::string subject;  // what it is about beyond the case: an assignment, request or instalment
    ClockClass cls = ClockClass::stage;
    ClockState state = ClockState::running;

    time::Instant from;
    time::Rule rule;       // budget, extensions, direction
    bool by_date = false;  // `from` is the target itself (a date agreed by the parties)
    bool suspendable = false;
    bool own_budget = false;  // given by whoever started it: no grade and no policy changes it
    time::Ledger ledger;
    time::Due due;
    std::string source;  // law and article, or "project default"
    std::string calendar_version;

    std::optional<time::Instant> ended_at;
    std::string outcome;  // how it ended: "met", "agreed", "refused", ...
    bool late = false;    // ended after due

    // Ladder progress. (name, instance, subject, epoch, rung, repeat) is the unique rung key.
    std::string ladder;                        // name of the ladder whose rungs these are
    int rung = 0;                              // index of the next rung to run
    int repeat = 0;                            // repetition of that rung
    std::optional<time::Instant> quiet_until;  // acknowledged; the ladder resumes then
    std::optional<time::Instant> rung_at;      // when rung/repeat runs; empty: ladder used up
    std::optional<time::Instant> next_at;      // when something happens next; the timer's due
    bool unrolled_told = false;                // med.arb_right: both sides told at the unrolled end
    bool expired = false;                      // the due instant has been handled

    bool open() const {
        return state == ClockState::running || state == ClockState::suspended ||
               state == ClockState::missed;
    }
    std::string key() const;  // "st.ack#1", with "@subject" where there is one
};

}  // namespace jinqiao::engine::model
