#include "engine/time/budget.h"

#include <array>
#include <charconv>

namespace jinqiao::engine::time {

namespace {

struct UnitRow {
    Unit unit;
    std::string_view spelling;
    std::int64_t longest;  // about a century; keeps every sum of dates inside four-digit years
};

constexpr std::array<UnitRow, 7> units{{
    {Unit::minutes, "min", 52'560'000},
    {Unit::hours, "h", 876'000},
    {Unit::working_hours, "wh", 200'000},
    {Unit::natural_days, "N", 36'500},
    {Unit::working_days, "W", 25'000},
    {Unit::months, "months", 1'200},
    {Unit::years, "y", 100},
}};

constexpr const UnitRow& row(Unit unit) { return units[static_cast<std::size_t>(unit)]; }

static_assert(row(Unit::minutes).unit == Unit::minutes && row(Unit::years).unit == Unit::years,
              "the rows stand in the order of the enumerators");

std::optional<std::int64_t> parse_amount(std::string_view digits) {
    if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
    std::uint64_t amount = 0;  // unsigned, so that from_chars refuses a sign
    const char* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, amount);
    if (error != std::errc{} || stopped != end) return std::nullopt;
    if (amount > static_cast<std::uint64_t>(row(Unit::minutes).longest)) return std::nullopt;
    return static_cast<std::int64_t>(amount);
}

}  // namespace

std::string_view spelling(Unit unit) { return row(unit).spelling; }

std::optional<Unit> parse_unit(std::string_view text) {
    for (const UnitRow& candidate : units)
        if (candidate.spelling == text) return candidate.unit;
    return std::nullopt;
}

std::optional<Budget> parse_budget(std::string_view text) {
    const auto space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto amount = parse_amount(text.substr(0, space));
    const auto unit = parse_unit(text.substr(space + 1));
    if (!amount || !unit || *amount > row(*unit).longest) return std::nullopt;
    return Budget{*amount, *unit};
}

std::string to_string(Budget budget) {
    std::string out = std::to_string(budget.amount);
    out += ' ';
    out += spelling(budget.unit);
    return out;
}

}  // namespace jinqiao::engine::time
