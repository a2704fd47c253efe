#pragma once
#include <string>
#include <string_view>

namespace jinqiao::adapters::http {

// BLAKE2b of 32 bytes in hex, under the key of this installation and for one purpose: a value of
// one purpose is never one of another.
std::string keyed_hash(std::string_view key, std::string_view purpose, std::string_view text);

}  // namespace jinqiao::adapters::http
