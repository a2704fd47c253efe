#include "adapters/notify/signature.h"

#include <openssl/evp.h>

#include "adapters/notify/base64.h"
#include "adapters/notify/mac.h"

namespace jinqiao::adapters::notify {
namespace {

constexpr std::string_view prefix = "whsec_";

}  // namespace

std::optional<std::string> decode_secret(std::string_view secret) {
    if (!secret.starts_with(prefix)) return std::nullopt;
    std::string text(secret.substr(prefix.size()));
    if (text.empty() || text.size() % 4 != 0 || text.size() > 88) return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && text[text.size() - 1 - padding] == '=') ++padding;
    std::string key(text.size() / 4 * 3, '\0');
    const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(key.data()),
                                       reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
    if (length < 0) return std::nullopt;
    key.resize(static_cast<std::size_t>(length) - padding);
    if (key.size() < 24 || key.size() > 64) return std::nullopt;
    return key;
}

std::string webhook_signature(const std::vector<std::string>& keys, std::string_view id,
                              std::int64_t timestamp_s, std::string_view body) {
    std::string content;
    content.append(id).append(".").append(std::to_string(timestamp_s)).append(".").append(body);
    std::string result;
    for (const std::string& key : keys) {
        if (!result.empty()) result += ' ';
        result.append("v1,").append(base64(hmac_sha256(key, content)));
    }
    return result;
}

std::string dingtalk_signature(std::int64_t timestamp_ms, std::string_view secret) {
    const std::string content = std::to_string(timestamp_ms) + "\n" + std::string(secret);
    return base64(hmac_sha256(secret, content));
}

std::string feishu_signature(std::int64_t timestamp_s, std::string_view secret) {
    const std::string key = std::to_string(timestamp_s) + "\n" + std::string(secret);
    return base64(hmac_sha256(key, {}));
}

}  // namespace jinqiao::adapters::notify
