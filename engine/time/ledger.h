#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/time/instant.h"

namespace jinqiao::engine::time {

// A stretch during which one clock stood still: from the first instant on, up to but not including
// `until`. Without `until` it has not ended yet.
struct Suspension {
    Instant from;
    std::optional<Instant> until;
    std::string reason;

    bool operator==(const Suspension&) const = default;
};

// All suspensions of one clock, oldest first, none overlapping another; only the last may be open.
// Entries are appended and closed, never rewritten: the ledger is part of the due time's proof.
using Ledger = std::vector<Suspension>;

bool suspended_at(const Ledger& ledger, Instant at);

// The order promised above. For asserting before a ledger is stored and after it is read.
bool is_well_formed(const Ledger& ledger);

}  // namespace jinqiao::engine::time
