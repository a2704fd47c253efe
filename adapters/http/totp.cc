#include "adapters/http/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <cstdlib>

#include "adapters/http/digest.h"
#include "engine/runtime/digest.h"

namespace jinqiao::adapters::http {

namespace {

constexpr std::int64_t seconds_a_step = 30;
constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t codes_at_once = 10, code_bytes = 10, letters_a_group = 4;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string random_bytes(std::size_t size) {
    if (sodium_init() < 0) std::abort();  // without randomness there is no secret to hand out
    std::string out(size, '\0');
    randombytes_buf(out.data(), out.size());
    return out;
}

engine::runtime::Sha256 key_for(std::string_view key, std::string_view account) {
    return engine::runtime::hmac_sha256(key, "totp\n" + std::string(account));
}

std::string percent_encoded(std::string_view text) {
    static constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        const auto byte = static_cast<unsigned char>(c);
        if (plain)
            out += c;
        else
            out += {'%', hex[byte >> 4], hex[byte & 15]};
    }
    return out;
}

}  // namespace

std::string totp_code(std::string_view secret, std::int64_t step) {
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i)
        counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    if (HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(),
             counter.size(), mac.data(), &size) == nullptr)
        std::abort();                            // a failing crypto library leaves nothing to trust
    const std::size_t at = mac[size - 1] & 15U;  // RFC 4226, 5.3
    const std::uint32_t number = (mac[at] & 127U) << 24 |
                                 static_cast<std::uint32_t>(mac[at + 1]) << 16 |
                                 static_cast<std::uint32_t>(mac[at + 2]) << 8 | mac[at + 3];
    auto text = std::to_string(number % 1'000'000);
    return std::string(6 - text.size(), '0') + text;
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code,
                                      engine::time::Instant now, std::int64_t last) {
    const auto step = engine::time::to_ms(now) / 1000 / seconds_a_step;
    std::optional<std::int64_t> found;
    for (const auto each : {step - 1, step, step + 1})
        if (same_digest(totp_code(secret, each), code) && each > last && !found) found = each;
    return found;
}

std::string totp_secret() { return random_bytes(totp_secret_size); }

std::string base32(std::string_view bytes) {
    std::string out;
    unsigned held = 0, bits = 0;
    for (const char c : bytes) {
        held = (held << 8 | static_cast<unsigned char>(c)) & 0xffffU;
        for (bits += 8; bits >= 5; bits -= 5) out += letters[held >> (bits - 5) & 31U];
    }
    if (bits > 0) out += letters[held << (5 - bits) & 31U];
    return out;
}

std::string otpauth_uri(std::string_view issuer, std::string_view account,
                        std::string_view secret) {
    return "otpauth://totp/" + percent_encoded(issuer) + ":" + percent_encoded(account) +
           "?secret=" + base32(secret) + "&issuer=" + percent_encoded(issuer) +
           "&algorithm=SHA1&digits=6&period=30";
}

std::vector<std::string> recovery_codes() {
    std::vector<std::string> out;
    while (out.size() < codes_at_once) {
        std::string code;
        for (const char c : base32(random_bytes(code_bytes))) {
            if (code.size() % (letters_a_group + 1) == letters_a_group) code += '-';
            code += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        out.push_back(std::move(code));
    }
    return out;
}

std::string recovery_hash(std::string_view account, std::string_view code) {
    std::string plain;
    for (const char c : code)
        if (c != '-' && c != ' ')
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return sha256_hex("recovery\n" + std::string(account) + "\n" + plain);
}

std::string seal(std::string_view key, std::string_view account, std::string_view secret) {
    const auto box_key = key_for(key, account);
    const auto nonce = random_bytes(crypto_secretbox_NONCEBYTES);
    std::string box(secret.size() + crypto_secretbox_MACBYTES, '\0');
    crypto_secretbox_easy(bytes_of(box), bytes_of(secret), secret.size(), bytes_of(nonce),
                          box_key.data());
    const auto whole = nonce + box;
    return engine::runtime::to_hex({bytes_of(whole), whole.size()});
}

std::optional<std::string> unseal(std::string_view key, std::string_view account,
                                  std::string_view sealed) {
    if (sodium_init() < 0) return {};
    std::string whole(sealed.size() / 2, '\0');
    std::size_t size = 0;
    if (sodium_hex2bin(bytes_of(whole), whole.size(), sealed.data(), sealed.size(), nullptr, &size,
                       nullptr) != 0 ||
        size < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
        return {};
    const std::string_view nonce(whole.data(), crypto_secretbox_NONCEBYTES);
    const std::string_view box(whole.data() + nonce.size(), size - nonce.size());
    const auto box_key = key_for(key, account);
    std::string secret(box.size() - crypto_secretbox_MACBYTES, '\0');
    if (crypto_secretbox_open_easy(bytes_of(secret), bytes_of(box), box.size(), bytes_of(nonce),
                                   box_key.data()) != 0)
        return {};
    return secret;
}

}  // namespace jinqiao::adapters::http
