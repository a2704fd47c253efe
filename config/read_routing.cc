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
    route.source = map.required_text("source");
    return route;
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
    return routing;
}

}  // namespace jinqiao::config
