#pragma once
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jinqiao::adapters::notify::courier {

// One HTTP request. `url` and the headers may hold credentials: they never appear in a Response.
struct Request {
    std::string method = "POST";
    std::string url;
    std::vector<std::string> headers;  // "name: value"; no line breaks
    std::string body;
    std::chrono::milliseconds timeout{15000};
    std::chrono::milliseconds connect_timeout{5000};
    bool allow_private = false;  // see is_public(); checked on the address connected to
    std::string authorities;     // PEM, instead of those of the system; empty: those of the system
    std::size_t most = 64 * 1024;  // bytes of the answer that are kept; the rest is dropped
};

struct Response {
    int status = 0;       // 0: no answer; `failure` says why
    std::string failure;  // "timeout", "refused_address", "connect", "resolve", "tls", …
    bool sent = false;    // the whole request had left when the failure came
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    const std::string* header(std::string_view name) const;
};

}  // namespace jinqiao::adapters::notify::courier
