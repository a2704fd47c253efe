#pragma once
#include <optional>
#include <string>

#include "engine/time/instant.h"

namespace jinqiao::adapters::cli {

// A moment as people write it: RFC 3339, "2026-10-01 03:00" or "2026-10-01" (its beginning) in the
// zone's local time; empty: now. Nothing if it is none of these.
std::optional<engine::time::Instant> parse_moment(const std::string& text);

}  // namespace jinqiao::adapters::cli
