#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/message.h"

namespace jinqiao::adapters::http {

// An answer with a secret in it is kept for a repeat so that only whoever has the Idempotency-Key
// reads it: the store holds neither that key nor the secret, but a hash of the one and the other
// sealed under it.
struct SealedAnswer {
    std::string key;        // what the store knows the request by; empty: no Idempotency-Key
    std::string body_hash;  // of method, path and body
    std::string lock;       // 32 bytes, from the Idempotency-Key
};

SealedAnswer sealed_answer(std::string_view server_key, const Request& request);
std::string shut(const SealedAnswer& answer, std::string_view text);
// Empty: it was not shut under this key.
std::optional<std::string> open(const SealedAnswer& answer, std::string_view shut);

}  // namespace jinqiao::adapters::http
