#pragma once
#include <string>
#include <string_view>

namespace jinqiao::adapters::notify {

// Digests and message authentication codes as raw bytes, for the signatures of providers.
std::string sha256(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view message);
std::string hmac_sha1(std::string_view key, std::string_view message);

std::string hex(std::string_view bytes);  // lower case

// Takes as long for any two texts of one length: what a signature is compared by.
bool equal_secrets(std::string_view one, std::string_view other);

}  // namespace jinqiao::adapters::notify
