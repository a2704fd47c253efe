#pragma once

#include <memory>

#include "config/fault.h"
#include "config/tree.h"
#include "engine/policy/policy.h"

namespace jinqiao::config {

// The four files a policy is made of.
struct PolicyTrees {
    Tree workflow;  // workflows/<name>.yaml
    Tree grading;
    Tree routing;
    Tree ladders;
};

// Reads the shape and computes text and id. Names of posts, clocks, states … are not looked up:
// check_policy() does that for the files, nobody does for a pinned policy.
engine::policy::Policy read_policy(const PolicyTrees& trees, Faults& faults);

// One value each, for the units below and their tests.
engine::policy::Condition read_condition(const Tree& tree, Faults& faults);
engine::policy::GradingRules read_grading(const Tree& tree, Faults& faults);
engine::policy::RoutingRules read_routing(const Tree& tree, Faults& faults);
std::vector<engine::policy::Ladder> read_ladders(const Tree& tree, Faults& faults);
void read_workflow(const Tree& tree, engine::policy::Policy& into, Faults& faults);

// SHA-256 in hex.
std::string content_hash(std::string_view text);

}  // namespace jinqiao::config
