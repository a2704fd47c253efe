#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jinqiao::engine::time {

// How an amount of time is counted. The law says only 日; the code must say which kind of day.
enum class Unit {
    minutes,        // clock time, nights and holidays included
    hours,          // likewise
    working_hours,  // clock time inside the working periods of working days
    natural_days,   // every day counts; only the end may roll (N)
    working_days,   // W
    months,         // to the matching date, else the month's end (Civil Code Art. 202)
    years,          // likewise
};

struct Budget {
    std::int64_t amount = 0;
    Unit unit = Unit::natural_days;

    bool operator==(const Budget&) const = default;
};

// Whole days, months or years, which end at 24:00. The other units end at an exact instant.
constexpr bool is_day_kind(Unit unit) { return unit >= Unit::natural_days; }

// The spelling used in YAML and on disk: min, h, wh, N, W, months, y.
std::string_view spelling(Unit unit);
std::optional<Unit> parse_unit(std::string_view text);

// "30 min", "2 h", "4 wh", "15 N", "3 W", "6 months", "1 y": digits without sign or leading zero,
// one space, the unit. Zero is a budget (at once); anything longer than about a century is not.
std::optional<Budget> parse_budget(std::string_view text);
std::string to_string(Budget budget);

// Whether one may extend the other: only in the very same unit, because 15 N + 5 W has no one
// meaning (which part is counted first changes the end).
constexpr bool compatible(Budget budget, Budget extension) { return budget.unit == extension.unit; }

}  // namespace jinqiao::engine::time
