#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jinqiao::adapters::http {

// A request target taken apart: segments of the path and query parameters, both percent-decoded,
// '+' in the query being a space. Names may repeat; order is kept.
struct Target {
    std::vector<std::string>
        segments;  // "/api/v1/me" -> api, v1, me; a trailing '/' adds an empty one
    std::vector<std::pair<std::string, std::string>> parameters;

    // Every value of a parameter, comma-separated lists split, empty ones dropped.
    std::vector<std::string> list(std::string_view name) const;
    std::optional<std::string> one(std::string_view name) const;  // the first
    std::size_t count(std::string_view name) const;
};

// Origin or absolute form (RFC 9112, 3.2). Empty if it is neither, decodes to a NUL or to what is
// not UTF-8.
std::optional<Target> parse_target(std::string_view text);

// For the log: sign links and calendars are secrets.
std::string without_secrets(std::string_view target);

// The fields of a form (application/x-www-form-urlencoded), in order. Empty for the same reasons.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view body);

}  // namespace jinqiao::adapters::http
