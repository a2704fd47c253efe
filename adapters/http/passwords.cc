#include "adapters/http/passwords.h"

#include <sodium.h>

#include <array>
#include <vector>

namespace jinqiao::adapters::http {

namespace {

// Once before anything else of the library, from whichever thread comes first.
bool ready() {
    static const bool done = sodium_init() >= 0;
    return done;
}

std::string base64(std::size_t bytes) {
    std::vector<unsigned char> raw(bytes);
    randombytes_buf(raw.data(), raw.size());
    constexpr int plain = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes, plain), '\0');
    sodium_bin2base64(text.data(), text.size(), raw.data(), raw.size(), plain);
    text.pop_back();  // the terminating zero
    return text;
}

}  // namespace

std::optional<std::string> hash_password(std::string_view password, const PasswordCost& cost) {
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (!ready() || crypto_pwhash_str_alg(out.data(), password.data(), password.size(), cost.passes,
                                          cost.memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return std::nullopt;
    return std::string(out.data());
}

bool check_password(const std::string& hash, std::string_view password) {
    return ready() && hash.size() < crypto_pwhash_STRBYTES &&
           crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::string hash_of_nobody(const PasswordCost& cost) {
    if (!ready()) return {};
    return "$argon2id$v=19$m=" + std::to_string(cost.memory / 1024) +
           ",t=" + std::to_string(cost.passes) + ",p=1$" + base64(16) + "$" + base64(32);
}

std::string random_token(std::string_view prefix) {
    if (!ready()) std::abort();  // without randomness there is no secret to hand out
    std::array<unsigned char, 20> raw{};
    randombytes_buf(raw.data(), raw.size());
    std::array<char, raw.size() * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), raw.data(), raw.size());
    return std::string(prefix) + hex.data();
}

}  // namespace jinqiao::adapters::http
