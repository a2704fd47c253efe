#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/cli/replay/csv.h"
#include "engine/time/calendar.h"

namespace jinqiao::adapters::cli::replay {

// What the source says became of a dispute; it steers the simulated people, never the engine.
struct Course {
    engine::time::Instant started;
    std::optional<engine::time::Instant>
        calm_at;          // the action was over, where the source says when
    bool police = false;  // "Police", "Arrest(s)"
    bool arrests = false;
    bool mediated = false;     // "Government Mediation"
    bool negotiated = false;   // "Negotiation"
    bool arbitration = false;  // somebody went to arbitration or court
    bool hurt = false;         // beaten, wounded
};

// A row as an alert: the payload of `file`, and when it is filed.
struct MappedRow {
    std::string source_id;
    std::string source;
    engine::time::Instant filed_at;
    boost::json::object alert;
    Course course;
};

// Why a row makes no alert: "unknown_source", "no_date", "date_out_of_range", "no_place".
struct UnmappedRow {
    std::string reason;
};

// One row of a dispute table, by the tables in README.md. Pure: the same row and seed give the same
// alert, whatever other rows there are.
std::variant<MappedRow, UnmappedRow> map_row(const CsvTable& table, std::size_t row,
                                             std::uint64_t seed,
                                             const engine::time::Calendar& calendar);

// A number of workers for a bracket of which only the ends are known: logarithmically even, because
// small disputes are many and large ones few. No upper end: up to twice the lower one.
std::int64_t draw_workers(std::int64_t least, std::optional<std::int64_t> below, double share);

}  // namespace jinqiao::adapters::cli::replay
