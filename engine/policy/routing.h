#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/grade.h"
#include "engine/model/ids.h"
#include "engine/policy/condition.h"

namespace jinqiao::engine::policy {

// One department or post: told from a grade, or at any grade where the condition holds.
struct Route {
    std::string id;  // department or post id
    bool is_department = true;
    std::optional<model::GradeLevel> from;  // at this grade and above
    std::optional<Condition> when;          // or at any grade where this holds
    std::optional<model::GradeLevel>
        copy_below;  // below this grade it is told for information only
    std::string source;
};

struct RoutingRules {
    std::vector<Route> routes;
    // At least one of each side must be told; the case shows a side that was not reached.
    std::vector<std::string> union_side;  // department ids
    std::vector<std::string> government_side;
};

struct Told {
    std::string id;
    bool is_department = true;
    bool copy = false;  // no sign-for asked
    std::string why;    // "from:yellow" or "condition"
};

std::vector<Told> route(const RoutingRules& rules, model::GradeLevel grade,
                        const boost::json::object& facts);

}  // namespace jinqiao::engine::policy
