#include "adapters/http/sealed_answer.h"

#include <sodium.h>

#include "adapters/http/keyed_hash.h"

namespace jinqiao::adapters::http {

namespace {

unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string from_hex(std::string_view hex) {
    std::string out(hex.size() / 2, '\0');
    std::size_t size = 0;
    if (sodium_hex2bin(bytes(out), out.size(), hex.data(), hex.size(), nullptr, &size, nullptr) !=
        0)
        size = 0;
    out.resize(size);
    return out;
}

}  // namespace

SealedAnswer sealed_answer(std::string_view server_key, const Request& request) {
    SealedAnswer out;
    if (request.idempotency_key.empty()) return out;
    const std::string named =
        request.method + '\n' + request.target + '\n' + request.idempotency_key;
    out.key = keyed_hash(server_key, "idempotency", named);
    out.body_hash = keyed_hash(server_key, "body", named + '\n' + request.body);
    out.lock = from_hex(keyed_hash(server_key, "lock", named));
    return out;
}

std::string shut(const SealedAnswer& answer, std::string_view text) {
    std::string nonce(crypto_secretbox_NONCEBYTES, '\0');
    randombytes_buf(nonce.data(), nonce.size());
    std::string sealed(crypto_secretbox_MACBYTES + text.size(), '\0');
    crypto_secretbox_easy(bytes(sealed), bytes(text), text.size(), bytes(nonce),
                          bytes(std::string_view(answer.lock)));
    const std::string whole = nonce + sealed;
    std::string hex(2 * whole.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes(std::string_view(whole)), whole.size());
    hex.pop_back();
    return hex;
}

std::optional<std::string> open(const SealedAnswer& answer, std::string_view shut) {
    constexpr std::size_t least = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    const auto whole = from_hex(shut);
    if (whole.size() < least || answer.lock.size() != crypto_secretbox_KEYBYTES) return {};
    const std::string_view nonce = std::string_view(whole).substr(0, crypto_secretbox_NONCEBYTES);
    const std::string_view sealed = std::string_view(whole).substr(crypto_secretbox_NONCEBYTES);
    std::string text(sealed.size() - crypto_secretbox_MACBYTES, '\0');
    if (crypto_secretbox_open_easy(bytes(text), bytes(sealed), sealed.size(), bytes(nonce),
                                   bytes(std::string_view(answer.lock))) != 0)
        return {};
    return text;
}

}  // namespace jinqiao::adapters::http
