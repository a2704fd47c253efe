#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "engine/policy/policy.h"

namespace jinqiao::adapters::cli::replay {

// How the people of a replay behave. All but the first try what the policy does without them; no
// case is forgotten in any.
struct Conduct {
    enum class Kind {
        cooperative,      // most do their work in time, some late, a few not at all
        idle,             // nobody signs, takes, answers or moves anything
        late,             // everybody acts, once a deadline is over and its ladder has run
        dead_department,  // one department's desk does nothing, whatever post it acts for
        turnover,         // two in three leave their post within a year; see turnover.h
    } kind = Kind::cooperative;
    engine::model::DepartmentId dead = {};  // of dead_department
    // So long each case is followed from its filing; then it is looked at a last time and set
    // aside, or a case that nobody touches would go on for ever. Empty: until it ends.
    std::optional<std::chrono::days> followed = {};
};

std::string_view name(Conduct::Kind kind);
std::optional<Conduct::Kind> conduct_named(std::string_view name);
// "cooperative, idle, …", for help and faults.
std::string conduct_names();

// The department that is told of most cases and has to sign: the first that is told at the lowest
// grade. Empty where routing tells none.
engine::model::DepartmentId told_most(const engine::policy::RoutingRules& routing);

}  // namespace jinqiao::adapters::cli::replay
