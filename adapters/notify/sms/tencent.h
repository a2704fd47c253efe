#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

// The signature TC3-HMAC-SHA256 of Tencent Cloud's API, as pure functions: whoever sends signs by
// them, whoever receives makes the same text again.
namespace jinqiao::adapters::notify::sms::tencent {

struct Request {
    std::string service = "sms";
    // Those that are signed; names in lower case. The host stands here without a port.
    std::map<std::string, std::string> headers;
    std::string body;
    std::int64_t timestamp_s = 0;
};

std::string canonical_request(const Request& request);
std::string signed_headers(const Request& request);  // "content-type;host;…"
std::string signature(std::string_view secret_key, const Request& request);
// Value of the header Authorization.
std::string authorization(std::string_view secret_id, std::string_view secret_key,
                          const Request& request);

}  // namespace jinqiao::adapters::notify::sms::tencent
