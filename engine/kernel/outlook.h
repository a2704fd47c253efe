#pragma once
#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/kernel/preview.h"

namespace jinqiao::engine::kernel {

// A message of a timeline: what says it, whom it goes to and how.
struct Foretold {
    std::string event;        // "rung.inform", "alert", …
    std::string clock, rung;  // of a ladder's messages
    std::string to, channel;  // addressee as text; where nobody is reached, the fallback desk
    auto operator<=>(const Foretold&) const = default;
};

// How often, from when until when.
struct Ringing {
    time::Instant first, last;
    int times = 0;
};

// What lies ahead of an open case while nobody acts.
struct Outlook {
    std::map<std::string, time::Instant> dues;  // by clock key; of messages by whom they are for
    std::map<Foretold, Ringing> messages;
    model::PostId owner;  // in the end
    bool cut = false;     // more happened than anybody would read
};

// A stored case as its own world has it at `now`: whatever was due by then has rung. Where it is
// not decided by the daemon that keeps it, timers may be overdue.
model::Case caught_up(const Trial::World& world, model::Case kase, time::Instant now);

// Lets a stored case run on in that world from `now` until `until`: first these commands, of which
// one that is refused is left out, then whatever rings. Pure.
Outlook outlook(const Trial::World& world, model::Case kase, std::vector<model::Command> first,
                time::Instant now, time::Instant until);

// The same of a case that has not happened.
Outlook outlook(const Preview& preview);

// One thing that is otherwise.
struct Difference {
    enum class Kind { due, told, owner } kind = Kind::due;
    std::string clock;          // of due and told
    std::string event, rung;    // of told
    std::string before, after;  // addressee and channel, or owner; empty: nobody
    std::optional<time::Instant> at_before, at_after;  // the due, or the first message
    int times_before = 0, times_after = 0;             // of told
};

// In order of time. What is told by the same rung at the same instant to somebody else is one
// difference, not two.
std::vector<Difference> differences(const Outlook& before, const Outlook& after);

}  // namespace jinqiao::engine::kernel
