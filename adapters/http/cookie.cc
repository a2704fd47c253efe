#include "adapters/http/cookie.h"

#include <algorithm>

namespace jinqiao::adapters::http {

namespace {

std::string attributes(bool secure, std::string_view site = "Strict") {
    return "; Path=/; HttpOnly; SameSite=" + std::string(site) + (secure ? "; Secure" : "");
}

std::string_view oidc_cookie_name(bool secure) {
    return secure ? "__Host-jinqiao-oidc" : "jinqiao-oidc";
}

// Empty: there is none, or two.
std::string_view value_of(std::string_view field, std::string_view name) {
    std::string_view found;
    while (!field.empty()) {
        const auto end = std::min(field.find(';'), field.size());
        auto pair = field.substr(0, end);
        field.remove_prefix(std::min(end + 1, field.size()));
        while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
        if (!found.empty()) return {};
        found = pair.substr(equals + 1);
    }
    return found;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_text(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i)
        if (lower(left[i]) != lower(right[i])) return false;
    return true;
}

// "https://jinqiao.example:8443", of an address that may have a path.
std::string_view origin_of(std::string_view url) {
    const auto authority = url.find("://");
    if (authority == std::string_view::npos) return {};
    return url.substr(0, url.find('/', authority + 3));
}

std::string_view host_of(std::string_view origin) {
    const auto authority = origin.find("://");
    return authority == std::string_view::npos ? std::string_view{} : origin.substr(authority + 3);
}

bool ours(const Request& request, std::string_view public_url) {
    const std::string_view origin = request.origin;
    if (same_text(origin, origin_of(public_url))) return true;
    // A page that came in plain text may be anybody's between here and there.
    if (public_url.starts_with("https://") && !origin.starts_with("https://")) return false;
    return !request.host.empty() && same_text(host_of(origin), request.host);
}

}  // namespace

std::string_view session_cookie_name(bool secure) { return secure ? "__Host-jinqiao" : "jinqiao"; }

std::string_view session_cookie(std::string_view field, bool secure) {
    return value_of(field, session_cookie_name(secure));
}

std::string oidc_cookie(std::string_view value, std::chrono::seconds age, bool secure) {
    return std::string(oidc_cookie_name(secure)) + "=" + std::string(value) +
           "; Max-Age=" + std::to_string(age.count()) + attributes(secure, "Lax");
}

std::string_view oidc_cookie_in(std::string_view field, bool secure) {
    return value_of(field, oidc_cookie_name(secure));
}

std::string give_cookie(std::string_view token, std::chrono::seconds age, bool secure) {
    return std::string(session_cookie_name(secure)) + "=" + std::string(token) +
           "; Max-Age=" + std::to_string(age.count()) + attributes(secure);
}

std::string take_cookie(bool secure) {
    return std::string(session_cookie_name(secure)) + "=; Max-Age=0" + attributes(secure);
}

Site site_of(const Request& request, std::string_view public_url) {
    const auto& site = request.fetch_site;
    if (!request.origin.empty() && !ours(request, public_url)) return Site::other;
    if (site == "same-origin") return Site::own;
    // Typed, or opened from a bookmark: nobody's page. Nothing that changes anything begins so.
    if (site == "none") return Site::unsaid;
    if (!site.empty()) return Site::other;
    return request.origin.empty() ? Site::unsaid : Site::own;
}

bool forged(const Request& request, std::string_view public_url) {
    const auto site = site_of(request, public_url);
    const bool reads = request.method == "GET" || request.method == "HEAD";
    return site == Site::other || (site == Site::unsaid && !reads);
}

}  // namespace jinqiao::adapters::http
