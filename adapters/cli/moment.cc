#include "adapters/cli/moment.h"

#include "adapters/cli/system.h"
#include "engine/time/calendar.h"

namespace jinqiao::adapters::cli {

using engine::time::Instant;

std::optional<Instant> parse_moment(const std::string& text) {
    if (text.empty()) return SystemClock().now();
    if (const auto at = engine::time::parse_rfc3339(text)) return at;
    if (const auto date = engine::time::parse_date(text))
        return engine::time::Calendar().start_of(*date);
    constexpr std::size_t of_date = 10, of_minute = 16;  // "2026-10-01", "2026-10-01 03:00"
    if (text.size() != of_minute || text[of_date] != ' ') return std::nullopt;
    return engine::time::parse_rfc3339(text.substr(0, of_date) + "T" + text.substr(of_date + 1) +
                                       ":00+08:00");
}

}  // namespace jinqiao::adapters::cli
