#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jinqiao::adapters::notify {

// The HMAC key of a Standard Webhooks secret: "whsec_" and base64 of 24 to 64 bytes. Empty if the
// text is not one.
std::optional<std::string> decode_secret(std::string_view secret);

// Value of the header webhook-signature: one "v1,<base64>" per key, space-separated, over
// "id.timestamp.body". Several keys during a rotation: the receiver accepts any.
std::string webhook_signature(const std::vector<std::string>& keys, std::string_view id,
                              std::int64_t timestamp_s, std::string_view body);

// DingTalk: milliseconds, the secret is the key, "timestamp\nsecret" the message. Goes into the
// query, percent-encoded. An address that was signed before must not be signed again.
std::string dingtalk_signature(std::int64_t timestamp_ms, std::string_view secret);

// Feishu: seconds, "timestamp\nsecret" is the key, the message is empty. Goes into the JSON body.
std::string feishu_signature(std::int64_t timestamp_s, std::string_view secret);

}  // namespace jinqiao::adapters::notify
