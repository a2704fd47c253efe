#include "adapters/http/keyed_hash.h"

#include <sodium.h>

#include <array>
#include <cstdlib>

namespace jinqiao::adapters::http {

namespace {

const unsigned char* raw(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// A key of any length: those of the installation have 32 bytes, those of a test may have others.
using Digest = std::array<unsigned char, crypto_generichash_BYTES>;

Digest hashed(std::string_view text, std::string_view key) {
    Digest out{};
    crypto_generichash(out.data(), out.size(), raw(text), text.size(),
                       key.empty() ? nullptr : raw(key), key.size());
    return out;
}

}  // namespace

std::string keyed_hash(std::string_view key, std::string_view purpose, std::string_view text) {
    static const bool ready = sodium_init() >= 0;  // once before anything else of the library
    if (!ready) std::abort();
    const auto fitted = hashed(key, {});
    const std::string_view under(reinterpret_cast<const char*>(fitted.data()), fitted.size());
    std::string whole(purpose);
    whole += '\0';
    whole += text;
    const auto digest = hashed(whole, under);
    std::string hex(2 * digest.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    hex.pop_back();
    return hex;
}

}  // namespace jinqiao::adapters::http
