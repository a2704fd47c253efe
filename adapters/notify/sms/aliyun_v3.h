#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The signature ACS3-HMAC-SHA256 of Alibaba Cloud's gateways, as pure functions: whoever sends
// signs by them, whoever receives makes the same text again.
namespace jinqiao::adapters::notify::sms::aliyun_v3 {

using Parameters = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method = "POST";
    std::string path = "/";
    Parameters query;                            // in any order, not encoded
    std::map<std::string, std::string> headers;  // those that are signed; names in lower case
    std::string body;
};

// Sorted by name, percent-encoded by RFC 3986, joined; an empty value keeps its "=".
std::string canonical_query(Parameters parameters);
std::string canonical_request(const Request& request);
std::string signed_headers(const Request& request);  // "host;x-acs-action;…"
std::string signature(std::string_view secret, const Request& request);
// Value of the header Authorization.
std::string authorization(std::string_view key_id, std::string_view secret, const Request& request);

}  // namespace jinqiao::adapters::notify::sms::aliyun_v3
