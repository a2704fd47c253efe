#include "adapters/notify/sms/tencent.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "adapters/notify/mac.h"

namespace jinqiao::adapters::notify::sms::tencent {
namespace {

constexpr std::string_view algorithm = "TC3-HMAC-SHA256";

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

// The day in UTC, whatever the day is here.
std::string date_of(std::int64_t timestamp_s) {
    using namespace std::chrono;
    const year_month_day day{floor<days>(sys_seconds{seconds{timestamp_s}})};
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text.data();
}

std::string scope(const Request& request) {
    return date_of(request.timestamp_s) + "/" + request.service + "/tc3_request";
}

}  // namespace

std::string signed_headers(const Request& request) {
    std::string names;
    for (const auto& [name, value] : request.headers) names += (names.empty() ? "" : ";") + name;
    return names;
}

std::string canonical_request(const Request& request) {
    std::string text = "POST\n/\n\n";
    for (const auto& [name, value] : request.headers)
        text.append(name).append(":").append(lower(value)).append("\n");
    return text + "\n" + signed_headers(request) + "\n" + hex(sha256(request.body));
}

std::string signature(std::string_view secret_key, const Request& request) {
    const std::string signs = std::string(algorithm) + "\n" + std::to_string(request.timestamp_s) +
                              "\n" + scope(request) + "\n" +
                              hex(sha256(canonical_request(request)));
    const std::string of_day =
        hmac_sha256("TC3" + std::string(secret_key), date_of(request.timestamp_s));
    const std::string of_service = hmac_sha256(of_day, request.service);
    return hex(hmac_sha256(hmac_sha256(of_service, "tc3_request"), signs));
}

std::string authorization(std::string_view secret_id, std::string_view secret_key,
                          const Request& request) {
    return std::string(algorithm) + " Credential=" + std::string(secret_id) + "/" + scope(request) +
           ", SignedHeaders=" + signed_headers(request) +
           ", Signature=" + signature(secret_key, request);
}

}  // namespace jinqiao::adapters::notify::sms::tencent
