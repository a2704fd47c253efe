#include "adapters/notify/courier/retry_after.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace jinqiao::adapters::notify::courier {
namespace {

constexpr std::chrono::seconds longest = std::chrono::hours{24};

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

}  // namespace

std::optional<std::chrono::seconds> retry_after(std::string_view value,
                                                std::chrono::sys_seconds now) {
    const std::string_view text = trimmed(value);
    if (text.empty()) return std::nullopt;
    if (text.find_first_not_of("0123456789") == std::string_view::npos) {
        std::int64_t seconds = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
        if (read.ec != std::errc{}) return longest;
        return std::min(std::chrono::seconds{seconds}, longest);
    }
    if (text.find(',') == std::string_view::npos) return std::nullopt;  // every HTTP date has one
    const std::time_t at = curl_getdate(std::string(text).c_str(), nullptr);
    if (at == -1) return std::nullopt;
    const auto wait = std::chrono::sys_seconds{std::chrono::seconds{at}} - now;
    return std::clamp(wait, std::chrono::seconds{0}, longest);
}

}  // namespace jinqiao::adapters::notify::courier
