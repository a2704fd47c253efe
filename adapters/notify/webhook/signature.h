#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jinqiao::adapters::notify::webhook {

// The HMAC key of a Standard Webhooks secret: "whsec_" and base64 of 24 to 64 bytes. Empty if the
// text is not one.
std::optional<std::string> decode_secret(std::string_view secret);

// Value of the header webhook-signature: one "v1,<base64>" per key, space-separated, over
// "id.timestamp.body". Several keys during a rotation: the receiver accepts any.
std::string sign(const std::vector<std::string>& keys, std::string_view id,
                 std::int64_t timestamp_s, std::string_view body);

}  // namespace jinqiao::adapters::notify::webhook
