#include "adapters/http/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>

namespace jinqiao::adapters::http {

namespace {

using Digest = std::array<unsigned char, 32>;

// Fails only without memory or without a provider for SHA-256.
bool sha256(std::string_view text, Digest& digest) {
    unsigned int length = 0;
    return EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) == 1;
}

}  // namespace

std::string sha256_hex(std::string_view text) {
    Digest digest{};
    if (!sha256(text, digest)) return {};  // an empty digest matches nothing
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(digest.size() * 2);
    for (const unsigned char byte : digest) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 15U];
    }
    return hex;
}

std::string style_source(std::string_view style) {
    Digest digest{};
    if (!sha256(style, digest)) return "'none'";
    std::array<unsigned char, 45> text{};  // 44 letters of base64, and the end
    EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
    return "'sha256-" + std::string(text.begin(), text.end() - 1) + "'";
}

std::string token_hash(std::string_view token) { return sha256_hex(token); }

bool same_digest(std::string_view left, std::string_view right) {
    return left.size() == right.size() && !left.empty() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace jinqiao::adapters::http
