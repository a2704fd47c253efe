#pragma once
#include <string>
#include <string_view>

namespace jinqiao::adapters::console {

// A gzip member (RFC 1952) as small as zlib makes it, without name or time, so that the same bytes
// come out of the same bytes. Empty: there is no memory for it.
std::string gzip(std::string_view plain);

}  // namespace jinqiao::adapters::console
