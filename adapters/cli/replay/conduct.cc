#include "adapters/cli/replay/conduct.h"

#include <algorithm>
#include <array>

namespace jinqiao::adapters::cli::replay {
namespace {

using Kind = Conduct::Kind;

constexpr std::array<std::pair<Kind, std::string_view>, 5> names{{
    {Kind::cooperative, "cooperative"},
    {Kind::idle, "idle"},
    {Kind::late, "late"},
    {Kind::dead_department, "dead-department"},
    {Kind::turnover, "turnover"},
}};

}  // namespace

std::string_view name(Kind kind) {
    for (const auto& [known, word] : names)
        if (known == kind) return word;
    return {};
}

std::optional<Kind> conduct_named(std::string_view name) {
    for (const auto& [kind, word] : names)
        if (word == name) return kind;
    return std::nullopt;
}

std::string conduct_names() {
    std::string all;
    for (const auto& [kind, word] : names) all += (all.empty() ? "" : ", ") + std::string(word);
    return all;
}

engine::model::DepartmentId told_most(const engine::policy::RoutingRules& routing) {
    using engine::model::GradeLevel;
    const engine::policy::Route* most = nullptr;
    const auto signs_from = [](const engine::policy::Route& route) {
        return std::max(*route.from, route.copy_below.value_or(GradeLevel::blue));
    };
    for (const auto& route : routing.routes) {
        if (!route.is_department || !route.from) continue;
        if (most == nullptr || signs_from(route) < signs_from(*most)) most = &route;
    }
    return engine::model::DepartmentId(most == nullptr ? std::string() : most->id);
}

}  // namespace jinqiao::adapters::cli::replay
