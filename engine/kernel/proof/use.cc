// What is written and never used: somebody meant something else.
#include <algorithm>

#include "engine/kernel/proof/parts.h"
#include "engine/policy/satisfiable.h"

namespace jinqiao::engine::kernel::proof {

namespace {

void warn(Findings& out, const char* code, Place place, model::Message found) {
    out.push_back({code,
                   std::move(place),
                   {std::string("check.proof.") + code, {}},
                   std::move(found),
                   {},
                   true});
}

// Named by a route, a ladder, a notice or as the lead.
bool named(const policy::Policy& policy, const std::string& id) {
    const auto in = [&](const std::vector<std::string>& list) {
        return std::find(list.begin(), list.end(), id) != list.end();
    };
    const auto& routes = policy.routing.routes;
    if (policy.routing.lead == id) return true;
    if (std::any_of(routes.begin(), routes.end(), [&](const auto& each) { return each.id == id; }))
        return true;
    for (const auto& ladder : policy.ladders)
        for (const auto& rung : ladder.rungs)
            if (in(rung.to)) return true;
    return std::any_of(policy.notices.begin(), policy.notices.end(),
                       [&](const auto& each) { return in(each.second.to); });
}

}  // namespace

void prove_use(const Question& question, Findings& out) {
    const auto& policy = *question.world.policy;
    for (const auto& route : policy.routing.routes)
        if (!route.from && route.when && !policy::satisfiable(*route.when))
            warn(out, "route.never", {Place::Kind::route, route.id, {}},
                 {"check.proof.contradiction", {}});
    for (const auto& rule : policy.grading.rules)
        if (!policy::satisfiable(rule.when))
            warn(out, "grading.never", {Place::Kind::grading, rule.id, {}},
                 {"check.proof.contradiction", {}});
    for (const auto& [id, department] : question.world.directory->departments)
        if (!named(policy, id.value))
            warn(out, "department.never_told", {Place::Kind::department, id.value, {}},
                 {"check.found.nothing", {}});
}

}  // namespace jinqiao::engine::kernel::proof
