#pragma once
#include <string>
#include <string_view>

namespace jinqiao::adapters::notify {

// A text as one path component: letters, digits and "-_.:@" stay, other bytes of ASCII become
// %XX, a leading dot too (no hidden files, no "." and ".."). UTF-8 stays readable. Longer than 180
// bytes: cut, with a digest of the whole, so that two long names stay two. Never empty.
std::string safe_name(std::string_view text);

}  // namespace jinqiao::adapters::notify
