#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/ids.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::policy {

class Directory;

// Shifts of equal length, one after another without end (值班表). Part of a post's configuration;
// who takes them are rows.
struct Rota {
    time::Instant begins;           // of the first shift; nobody is on duty by rota before
    std::chrono::minutes shift{0};  // above 0
    std::string source;
    bool operator==(const Rota&) const = default;
};

// The days whose shifts a rotation is for; a shift belongs to the day on which it begins.
enum class DutyDays { all, working, rest };  // stored by name

// Who takes the shifts of a post, in turn, from `from` on until a later row of the same post and
// days. The first one named has the shift in which `from` lies, or the first one after it on such a
// day; only shifts on such days count as a turn, so that weekends go round as well. On a day that
// has a rotation of its own that one counts, else the one for all days. Whoever does not hold the
// post at the time has no duty.
struct Rotation {
    model::PostId post;
    time::Instant from;
    std::vector<model::PersonId> order;
    DutyDays days = DutyDays::all;
    bool operator==(const Rotation&) const = default;
};

// Somebody takes a post from `from` (inclusive) to `until` (exclusive), whatever the rota says and
// whether or not they hold the post. Of several the row entered last counts.
struct Override {
    model::PostId post;
    model::PersonId person;
    time::Instant from;
    time::Instant until;
    std::string reason;
    std::string swap;  // id of the swap it came of; empty: ordered
    bool operator==(const Override&) const = default;
};

enum class SwapState { asked, agreed, refused };  // stored by name

// Two people exchange two shifts of one post. Once agreed it stands as two overrides with the same
// reason; this row says who asked whom.
struct Swap {
    std::string id;
    model::PostId post;
    model::PersonId by, with;
    time::Instant from, until;              // the shift of `by`, which `with` would take
    time::Instant other_from, other_until;  // the shift of `with`, which `by` would take
    std::string reason;
    SwapState state = SwapState::asked;
    bool operator==(const Swap&) const = default;
};

// One stretch of duty.
struct Shift {
    time::Instant from;
    time::Instant until;
    model::PersonId person;  // empty: nobody by name; the post's holders act by rank
    std::string why;         // rota, override, swap; empty with nobody
    bool operator==(const Shift&) const = default;
};

// Whose turn it is. Absence and disabling do not count here: acting() passes over whoever cannot
// act, and coverage says so. `from` and `until` are those of the shift or override.
std::optional<Shift> on_duty(const Directory& directory, const model::PostId& post,
                             time::Instant at);

// All duty of a post in [from, until), in order, without holes; the ends are cut to it.
std::vector<Shift> shifts(const Directory& directory, const model::PostId& post, time::Instant from,
                          time::Instant until);

// The first instant after `after` at which some post's duty passes to somebody by itself. A rota of
// one person passes to nobody.
std::optional<time::Instant> next_duty_change(const Directory& directory, time::Instant after);

}  // namespace jinqiao::engine::policy
