#pragma once
#include <memory>
#include <string>
#include <vector>

#include "engine/kernel/trial.h"
#include "engine/policy/policy.h"

namespace jinqiao::tests {

// The configuration as shipped with one thing changed: something deleted, stretched, exchanged.
struct Mutant {
    std::string kind;   // "rung deleted"
    std::string what;   // "ack_red.half"
    std::string clock;  // whose ladder or budget was changed; empty: none
    std::shared_ptr<const engine::policy::Policy> policy;
    std::shared_ptr<const engine::policy::Directory> directory;
};

// Some hundreds, always in the same order.
std::vector<Mutant> mutants(const engine::policy::Policy& policy,
                            const engine::policy::Directory& directory, engine::time::Instant at);

}  // namespace jinqiao::tests
