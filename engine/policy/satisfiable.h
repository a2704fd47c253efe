#pragma once
#include "engine/policy/condition.h"

namespace jinqiao::engine::policy {

// Whether any facts at all make the condition hold. Facts are taken for independent of each other,
// and numbers for counts: false is certain, true may still ask for what never happens together.
// Conditions over too many facts to try are taken for satisfiable.
bool satisfiable(const Condition& condition);

}  // namespace jinqiao::engine::policy
