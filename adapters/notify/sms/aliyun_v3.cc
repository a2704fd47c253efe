#include "adapters/notify/sms/aliyun_v3.h"

#include <algorithm>

#include "adapters/notify/courier/url.h"
#include "adapters/notify/mac.h"

namespace jinqiao::adapters::notify::sms::aliyun_v3 {
namespace {

constexpr std::string_view algorithm = "ACS3-HMAC-SHA256";

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

}  // namespace

std::string canonical_query(Parameters parameters) {
    std::sort(parameters.begin(), parameters.end());
    std::string text;
    for (const auto& [name, value] : parameters) {
        if (!text.empty()) text += '&';
        text += courier::percent_encode(name) + "=" + courier::percent_encode(value);
    }
    return text;
}

std::string signed_headers(const Request& request) {
    std::string names;
    for (const auto& [name, value] : request.headers) names += (names.empty() ? "" : ";") + name;
    return names;
}

std::string canonical_request(const Request& request) {
    std::string text =
        request.method + "\n" + request.path + "\n" + canonical_query(request.query) + "\n";
    for (const auto& [name, value] : request.headers)
        text.append(name).append(":").append(trimmed(value)).append("\n");
    return text + "\n" + signed_headers(request) + "\n" + hex(sha256(request.body));
}

std::string signature(std::string_view secret, const Request& request) {
    const std::string signs =
        std::string(algorithm) + "\n" + hex(sha256(canonical_request(request)));
    return hex(hmac_sha256(secret, signs));
}

std::string authorization(std::string_view key_id, std::string_view secret,
                          const Request& request) {
    return std::string(algorithm) + " Credential=" + std::string(key_id) +
           ",SignedHeaders=" + signed_headers(request) + ",Signature=" + signature(secret, request);
}

}  // namespace jinqiao::adapters::notify::sms::aliyun_v3
