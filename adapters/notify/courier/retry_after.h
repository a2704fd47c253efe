#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace jinqiao::adapters::notify::courier {

// The value of a Retry-After header (RFC 9110, 10.2.3): seconds, or a date read against `now`.
// A date in the past is zero; more than a day is cut to a day, so that a confused or hostile peer
// cannot park a notice for good. Nothing for a value of neither form.
std::optional<std::chrono::seconds> retry_after(std::string_view value,
                                                std::chrono::sys_seconds now);

}  // namespace jinqiao::adapters::notify::courier
