#pragma once
#include <boost/json/object.hpp>
#include <map>
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
        copy_below;     // below this grade it is told for information only
    std::string group;  // whose answers are counted together; empty: the group of all others
    std::string source;
};

struct RoutingRules {
    std::vector<Route> routes;
    // At least one of each side must be told; the case shows a side that was not reached.
    std::vector<std::string> union_side;  // department ids
    std::vector<std::string> government_side;
    // Group -> how many answers are enough; 0 or absent: everybody answers. "" is the group of
    // those without one.
    std::map<std::string, int> enough;
    // So many times a task may come back and be given on by the owner; after that the lead
    // department rules who is competent.
    int returns = 2;
    std::string lead;  // department id; empty: the fallback desk rules
};

struct Told {
    std::string id;
    bool is_department = true;
    bool copy = false;  // no sign-for asked
    std::string why;    // "from:yellow" or "condition"
    std::string group;
};

std::vector<Told> route(const RoutingRules& rules, model::GradeLevel grade,
                        const boost::json::object& facts);

}  // namespace jinqiao::engine::policy
