#include "adapters/notify/courier/url.h"

#include <curl/curl.h>

#include <memory>

#include "adapters/notify/courier/easy.h"

namespace jinqiao::adapters::notify::courier {
namespace {

using Url = std::unique_ptr<CURLU, void (*)(CURLU*)>;

std::string part(const Url& url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, 0) != CURLUE_OK) return {};
    std::string result(text);
    curl_free(text);
    return result;
}

}  // namespace

std::string url_fault(const std::string& url, bool allow_plain) {
    init_curl();
    if (url.find_first_of(" \t\r\n") != std::string::npos) return "white space";
    const Url parsed(curl_url(), &curl_url_cleanup);
    if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
        return "not an address";
    const std::string scheme = part(parsed, CURLUPART_SCHEME);
    if (scheme != "https" && !(scheme == "http" && allow_plain)) return "scheme " + scheme;
    if (!part(parsed, CURLUPART_USER).empty() || !part(parsed, CURLUPART_PASSWORD).empty())
        return "a user name or password";
    if (part(parsed, CURLUPART_HOST).empty()) return "no host";
    return {};
}

std::string percent_encode(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    static constexpr std::string_view plain = "-._~";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool keep = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                          (byte >= 'a' && byte <= 'z') || plain.find(c) != std::string_view::npos;
        if (keep) {
            result += c;
        } else {
            result += '%';
            result += digits[byte >> 4];
            result += digits[byte & 15];
        }
    }
    return result;
}

}  // namespace jinqiao::adapters::notify::courier
