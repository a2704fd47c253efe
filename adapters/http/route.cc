#include "adapters/http/route.h"

#include <algorithm>
#include <array>

namespace jinqiao::adapters::http {

namespace {

bool is_open(std::string_view segment) { return segment.starts_with('{'); }

struct Fit {
    std::vector<std::string> args;
    int literals = 0;
};

std::optional<Fit> fit(std::string_view pattern, const std::vector<std::string>& segments) {
    const auto wanted = segments_of(pattern);
    if (wanted.size() != segments.size()) return {};
    Fit found;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (is_open(wanted[i])) {
            if (segments[i].empty()) return {};
            found.args.push_back(segments[i]);
        } else {
            if (wanted[i] != segments[i]) return {};
            ++found.literals;
        }
    }
    return found;
}

bool serves(std::string_view route_method, std::string_view method) {
    return route_method == method || (method == "HEAD" && route_method == "GET");
}

std::string allow_of(const std::vector<std::string_view>& methods) {
    static constexpr std::array<std::string_view, 6> order = {"GET", "HEAD",  "POST",
                                                              "PUT", "PATCH", "DELETE"};
    std::string out;
    for (const auto method : order) {
        const bool served = std::any_of(methods.begin(), methods.end(),
                                        [&](auto known) { return serves(known, method); });
        if (!served) continue;
        if (!out.empty()) out += ", ";
        out += method;
    }
    return out;
}

}  // namespace

std::vector<std::string_view> segments_of(std::string_view pattern) {
    std::vector<std::string_view> out;
    while (!pattern.empty()) {
        pattern.remove_prefix(1);
        const auto end = std::min(pattern.find('/'), pattern.size());
        out.push_back(pattern.substr(0, end));
        pattern.remove_prefix(end);
    }
    return out;
}

std::variant<Found, WrongMethod, NoRoute> find_route(std::span<const Route> table,
                                                     std::string_view method,
                                                     const std::vector<std::string>& segments) {
    Found best;
    int best_literals = -1;
    std::vector<std::string_view> methods;
    for (const auto& route : table) {
        auto found = fit(route.pattern, segments);
        if (!found) continue;
        methods.push_back(route.method);
        if (!serves(route.method, method) || found->literals <= best_literals) continue;
        best_literals = found->literals;
        best = {&route, std::move(found->args)};
    }
    if (best.route) return best;
    if (!methods.empty()) return WrongMethod{allow_of(methods)};
    return NoRoute{};
}

}  // namespace jinqiao::adapters::http
