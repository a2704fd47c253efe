#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace jinqiao::config {

// "500 ms", "15 s", "2 min", "12 h", "14 d": lengths of the machine's own time. Budgets of people
// (N, W, wh) are engine::time::Budget.
std::string word_span(std::chrono::milliseconds span);

// "09:00" to "24:00".
std::string word_time_of_day(std::chrono::minutes time);
std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);

}  // namespace jinqiao::config
