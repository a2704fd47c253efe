#include "config/map.h"
#include "config/read_policy.h"

namespace jinqiao::config {

using engine::policy::Route;
using engine::policy::RoutingRules;

namespace {

Route read_route(const Tree& tree, Faults& faults) {
    Map map(tree, faults);
    Route route;
    const bool department = map.has("department");
    const std::string post = map.text("post");
    route.is_department = department;
    route.id = department ? map.text("department") : post;
    if (department == map.has("post"))
        add(faults, tree, {"check.department_or_post", {}},
            {department ? "check.found.both" : "check.found.nothing", {}});
    route.from = map.grade("from");
    if (const Tree* when = map.take("when")) route.when = read_condition(*when, faults);
    if (!map.has("from") && !map.has("when"))
        add(faults, tree, {"check.from_or_when", {}}, {"check.found.nothing", {}});
    route.copy_below = map.grade("copy_below");
    route.group = map.text("group");
    route.source = map.required_text("source");
    return route;
}

// "all", "any" or {quorum: 3}: how many signatures are enough; 0 is all.
int read_answer(const Tree& tree, Faults& faults) {
    if (tree.kind == Tree::Kind::map) {
        Map map(tree, faults);
        map.need("quorum");
        return static_cast<int>(map.integer("quorum", 1, 100, 0));
    }
    if (tree.kind == Tree::Kind::scalar && tree.text == "any") return 1;
    if (tree.kind != Tree::Kind::scalar || tree.text != "all")
        add(faults, tree, {"check.answer", {}}, found_in(tree));
    return 0;
}

void read_groups(Map& map, RoutingRules& routing) {
    if (const Tree* answer = map.take("answer"))
        routing.enough[""] = read_answer(*answer, map.faults());
    const Tree* groups = map.take("groups");
    if (groups == nullptr) return;
    if (groups->kind != Tree::Kind::map)
        add(map.faults(), *groups, {"check.map", {}}, found_in(*groups));
    for (const auto& [name, answer] : groups->entries)
        routing.enough[name] = read_answer(answer, map.faults());
}

}  // namespace

RoutingRules read_routing(const Tree& tree, Faults& faults) {
    Map map(tree, faults);
    RoutingRules routing;
    map.need("routes");
    map.each("routes",
             [&](const Tree& item) { routing.routes.push_back(read_route(item, faults)); });
    map.need("union_side");
    map.need("government_side");
    routing.union_side = map.texts("union_side");
    routing.government_side = map.texts("government_side");
    read_groups(map, routing);
    routing.returns = static_cast<int>(map.integer("returns", 0, 20, RoutingRules{}.returns));
    routing.lead = map.text("lead");
    return routing;
}

}  // namespace jinqiao::config
