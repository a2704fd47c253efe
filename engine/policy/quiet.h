#pragma once
#include <chrono>
#include <optional>
#include <set>
#include <vector>

#include "engine/time/instant.h"

namespace jinqiao::engine::policy {

class Directory;
struct Way;

// When a person does not want to be told (免打扰), in local times of day: from `from` (inclusive)
// to `until` (exclusive), past midnight where `until` is not after `from`. `days` are those on
// which it begins, 1 Monday to 7 Sunday; none: every day.
struct QuietWindow {
    std::chrono::minutes from{0};
    std::chrono::minutes until{0};
    std::set<int> days;
    bool operator==(const QuietWindow&) const = default;
};

// The end of the quiet time in which `at` lies; empty if it lies in none. Windows that follow one
// another are one. Never more than a day away: quiet hours put a message off, they do not drop it.
std::optional<time::Instant> quiet_until(const std::vector<QuietWindow>& windows, time::Instant at,
                                         std::chrono::minutes utc_offset);

// Until when a message that goes this way is held; empty: it goes at once. Held is only what is not
// urgent (below orange), goes to a person rather than to a desk, and finds them off duty: quiet
// hours never apply to whoever is on duty (design.md 3), for whichever post.
std::optional<time::Instant> held_until(const Directory& directory, const Way& way, bool urgent,
                                        time::Instant at);

}  // namespace jinqiao::engine::policy
