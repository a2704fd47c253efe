#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>

namespace jinqiao::engine::runtime {

// SHA-256 and HMAC-SHA256, the only primitives the runtime needs. Any thread. A failing crypto
// library leaves nothing to trust, so these abort instead of answering.
using Sha256 = std::array<unsigned char, 32>;

Sha256 sha256(std::string_view text);
Sha256 hmac_sha256(std::string_view key, std::string_view text);

std::string sha256_hex(std::string_view text);
std::string to_hex(std::span<const unsigned char> bytes);

// Takes the same time wherever the texts differ.
bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace jinqiao::engine::runtime
