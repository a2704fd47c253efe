#include "adapters/http/etag.h"

#include <algorithm>
#include <charconv>

namespace jinqiao::adapters::http {

namespace {

void skip_space(std::string_view& text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
}

// One quoted tag off the front; empty if there is none.
std::optional<std::string_view> take_tag(std::string_view& text) {
    if (text.empty() || text.front() != '"') return {};
    const auto end = text.find('"', 1);
    if (end == std::string_view::npos) return {};
    const auto tag = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    return tag;
}

std::optional<std::uint64_t> version_of(std::string_view tag) {
    std::uint64_t version = 0;
    const auto* end = tag.data() + tag.size();
    const auto [rest, fault] = std::from_chars(tag.data(), end, version);
    if (fault != std::errc{} || rest != end) return {};
    return version;
}

}  // namespace

std::string etag(std::uint64_t version) { return '"' + std::to_string(version) + '"'; }

IfMatch parse_if_match(std::string_view field) {
    skip_space(field);
    while (!field.empty() && (field.back() == ' ' || field.back() == '\t')) field.remove_suffix(1);
    if (field == "*") return {IfMatch::Kind::any, 0};
    IfMatch found{IfMatch::Kind::nothing, 0};
    for (bool more = true; more;) {
        const bool weak = field.starts_with("W/");
        if (weak) field.remove_prefix(2);
        const auto tag = take_tag(field);
        if (!tag) return {IfMatch::Kind::malformed, 0};
        if (const auto version = version_of(*tag); version && !weak)
            found = {IfMatch::Kind::version, std::max(found.version, *version)};
        skip_space(field);
        more = !field.empty();
        if (more && field.front() != ',') return {IfMatch::Kind::malformed, 0};
        if (more) field.remove_prefix(1);
        skip_space(field);
    }
    return found;
}

bool none_match_fails(std::string_view field, std::string_view tag) {
    while (!field.empty()) {
        const auto comma = std::min(field.find(','), field.size());
        auto one = field.substr(0, comma);
        field.remove_prefix(std::min(comma + 1, field.size()));
        while (!one.empty() && (one.front() == ' ' || one.front() == '\t')) one.remove_prefix(1);
        while (!one.empty() && (one.back() == ' ' || one.back() == '\t')) one.remove_suffix(1);
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one == "*" || one == tag) return true;
    }
    return false;
}

}  // namespace jinqiao::adapters::http
