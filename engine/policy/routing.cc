#include "engine/policy/routing.h"

namespace jinqiao::engine::policy {

std::vector<Told> route(const RoutingRules& rules, model::GradeLevel grade,
                        const boost::json::object& facts) {
    std::vector<Told> out;
    for (const auto& route : rules.routes) {
        const bool by_grade = route.from && grade >= *route.from;
        const bool by_condition = route.when && holds(*route.when, facts);
        if (!by_grade && !by_condition) continue;
        const bool copy = route.copy_below && grade < *route.copy_below && !by_condition;
        out.push_back({route.id, route.is_department, copy,
                       by_condition ? std::string("condition")
                                    : "from:" + std::string(model::name(*route.from)),
                       route.group});
    }
    return out;
}

}  // namespace jinqiao::engine::policy
