#include "adapters/http/query.h"

#include "adapters/http/json_text.h"

namespace jinqiao::adapters::http {

namespace {

int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            if (i + 2 >= text.size()) return {};
            const int high = hex(text[i + 1]);
            const int low = hex(text[i + 2]);
            if (high < 0 || low < 0) return {};
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    if (out.find('\0') != std::string::npos || first_bad_utf8(out)) return {};
    return out;
}

bool read_path(std::string_view path, Target& into) {
    while (!path.empty()) {
        path.remove_prefix(1);  // the '/'
        const auto end = std::min(path.find('/'), path.size());
        auto segment = decoded(path.substr(0, end), false);
        if (!segment) return false;
        into.segments.push_back(std::move(*segment));
        path.remove_prefix(end);
    }
    return true;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

bool read_pairs(std::string_view query, Pairs& into) {
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = decoded(pair.substr(0, equals), true);
        auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value) return false;
        into.emplace_back(std::move(*name), std::move(*value));
    }
    return true;
}

}  // namespace

std::vector<std::string> Target::list(std::string_view name) const {
    std::vector<std::string> out;
    for (const auto& [key, value] : parameters) {
        if (key != name) continue;
        for (std::string_view rest = value; !rest.empty();) {
            const auto end = std::min(rest.find(','), rest.size());
            if (end > 0) out.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return out;
}

std::optional<std::string> Target::one(std::string_view name) const {
    for (const auto& [key, value] : parameters)
        if (key == name) return value;
    return {};
}

std::size_t Target::count(std::string_view name) const {
    std::size_t n = 0;
    for (const auto& parameter : parameters) n += parameter.first == name ? 1 : 0;
    return n;
}

// Absolute form, which proxies send and every server must take (RFC 9112, 3.2.2), less its
// authority.
static std::string_view origin_form(std::string_view text) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!text.starts_with(scheme)) continue;
        const auto path = text.find_first_of("/?", scheme.size());
        return path == std::string_view::npos ? std::string_view("/") : text.substr(path);
    }
    return text;
}

std::optional<Target> parse_target(std::string_view whole) {
    const auto text = origin_form(whole);
    if (text.empty() || text.front() != '/') return {};
    const auto path_end = std::min(text.find('?'), text.size());
    const auto query = text.substr(std::min(path_end + 1, text.size()));
    Target target;
    if (!read_path(text.substr(0, path_end), target)) return {};
    if (!read_pairs(query, target.parameters)) return {};
    return target;
}

std::string without_secrets(std::string_view target) {
    for (const std::string_view secret : {"/s/", "/api/v1/calendar/", "/session/oidc/callback"})
        if (const auto at = target.find(secret); at != std::string_view::npos)
            return std::string(target.substr(0, at + secret.size())) + "…";
    return std::string(target);
}

std::optional<Pairs> parse_form(std::string_view body) {
    Pairs fields;
    if (!read_pairs(body, fields)) return {};
    return fields;
}

}  // namespace jinqiao::adapters::http
