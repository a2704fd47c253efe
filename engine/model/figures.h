#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/ids.h"
#include "engine/model/result.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::model {

// What reports count of a case. It follows from the snapshot alone and is kept beside it, small
// enough that all cases of a year are read at once. No name of anybody is in it.
struct Figures {
    // Something that was to happen by then, and when it did.
    struct Step {
        std::optional<time::Instant> due;  // empty: nobody had promised anything
        std::optional<time::Instant> at;   // empty: it has not happened
        bool over = false;                 // and it no longer will
        bool late() const { return due && at && *at >= *due; }
        bool waiting() const { return !at && !over; }
        bool operator==(const Step&) const = default;
    };
    struct Escalation {
        std::string post;  // whom it went up to
        time::Instant at;
        std::optional<time::Instant> signed_at;
        bool operator==(const Escalation&) const = default;
    };
    struct Told {
        std::string department;
        time::Instant at;
        std::optional<time::Instant> delivered_at;
        Step sign;  // counted from delivery
        bool operator==(const Told&) const = default;
    };

    std::string workflow;
    std::string grade;  // effective
    std::string cause;  // code; empty: not known
    std::string end;    // name of the end; empty: open
    bool exercise = false;
    bool restricted = false;
    bool merged = false;  // its numbers are the target's
    bool part = false;    // split off: its workers are its own, the dispute is the parent's
    bool fortune500 = false;
    bool spread = false;   // was ever outside the zone
    bool settled = false;  // ended as it should
    std::int64_t workers = 0;
    time::Instant filed_at;
    std::optional<time::Instant> ended_at;
    Step acknowledged, on_site, close;
    std::vector<Escalation> escalations;
    std::vector<Told> told;

    bool operator==(const Figures&) const = default;
};

// The stored form: compact JSON, times as UTC milliseconds. What is empty is left out.
std::string encode(const Figures& figures);
Result<Figures> decode_figures(std::string_view text);

}  // namespace jinqiao::engine::model
