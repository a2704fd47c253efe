#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jinqiao::engine::time {

// A point on the world's time line, as it is stored: milliseconds of UTC, no zone attached.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// A day of the local calendar. Deliberately another type than Instant: which day an instant belongs
// to is a question only a Calendar (which knows the offset) can answer.
using Date = std::chrono::local_days;

// RFC 3339 with a numeric offset, never "Z" (the CAP 1.2 schema rejects it), and milliseconds only
// where there are some: 2026-10-09T00:00:00+08:00. Years outside 0000-9999 have no such form and
// are an error of the caller.
std::string to_rfc3339(Instant at, std::chrono::minutes offset);

// Strict: full date and time with seconds, upper-case T, an offset or "Z", nothing before or after.
// Fractions beyond the millisecond are cut off. 24:00, second 60 and impossible dates are refused.
std::optional<Instant> parse_rfc3339(std::string_view text);

std::string to_string(Date date);  // 2026-10-09

// Strict YYYY-MM-DD; a day that does not exist (2026-02-30) is refused, not normalised.
std::optional<Date> parse_date(std::string_view text);

std::int64_t to_ms(Instant at);  // the number written to disk
Instant from_ms(std::int64_t ms);

}  // namespace jinqiao::engine::time
