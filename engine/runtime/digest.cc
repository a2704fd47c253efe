#include "engine/runtime/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstdlib>

namespace jinqiao::engine::runtime {

namespace {

// Looked up once: OpenSSL's EVP_sha256() is looked up again at every use, which takes longer than
// digesting a history row.
const EVP_MD* algorithm() {
    static const EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return found;
}

}  // namespace

Sha256 sha256(std::string_view text) {
    Sha256 out{};
    unsigned int size = 0;
    if (EVP_Digest(text.data(), text.size(), out.data(), &size, algorithm(), nullptr) != 1 ||
        size != out.size())
        std::abort();
    return out;
}

Sha256 hmac_sha256(std::string_view key, std::string_view text) {
    Sha256 out{};
    unsigned int size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (HMAC(algorithm(), key.data(), static_cast<int>(key.size()), bytes, text.size(), out.data(),
             &size) == nullptr ||
        size != out.size())
        std::abort();
    return out;
}

std::string to_hex(std::span<const unsigned char> bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        out += digits[byte >> 4U];
        out += digits[byte & 0x0fU];
    }
    return out;
}

std::string sha256_hex(std::string_view text) { return to_hex(sha256(text)); }

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace jinqiao::engine::runtime
