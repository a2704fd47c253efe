#pragma once

#include <optional>
#include <string_view>

namespace jinqiao::config {

// The line (1-based) of the first byte that is not UTF-8; nothing if all of it is. Stored policies
// are JSON, which must be UTF-8, so a file in GBK is refused where it is read.
std::optional<int> first_bad_utf8_line(std::string_view text);

}  // namespace jinqiao::config
