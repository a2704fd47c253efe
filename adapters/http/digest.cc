#include "adapters/http/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>

namespace jinqiao::adapters::http {

std::string sha256_hex(std::string_view text) {
    std::array<unsigned char, 32> digest{};
    unsigned int length = 0;
    // Fails only without memory or without a provider for SHA-256; an empty digest matches nothing.
    if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1)
        return {};
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(digest.size() * 2);
    for (const unsigned char byte : digest) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 15U];
    }
    return hex;
}

std::string token_hash(std::string_view token) { return sha256_hex(token); }

bool same_digest(std::string_view left, std::string_view right) {
    return left.size() == right.size() && !left.empty() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace jinqiao::adapters::http
