#pragma once
#include <span>
#include <string>

namespace jinqiao::workflows::dispute {

// Names that configuration may use and must define; the checker compares both ways.
std::span<const std::string> all_clock_names();
std::span<const std::string> all_notice_names();

}  // namespace jinqiao::workflows::dispute
