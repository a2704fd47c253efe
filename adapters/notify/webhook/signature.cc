#include "adapters/notify/webhook/signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "adapters/notify/base64.h"

namespace jinqiao::adapters::notify::webhook {
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

std::string sign(const std::vector<std::string>& keys, std::string_view id,
                 std::int64_t timestamp_s, std::string_view body) {
    std::string content;
    content.append(id).append(".").append(std::to_string(timestamp_s)).append(".").append(body);
    std::string result;
    for (const std::string& key : keys) {
        std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
        unsigned int size = 0;
        HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(content.data()), content.size(), mac.data(),
             &size);
        if (!result.empty()) result += ' ';
        result.append("v1,").append(base64({reinterpret_cast<const char*>(mac.data()), size}));
    }
    return result;
}

}  // namespace jinqiao::adapters::notify::webhook
