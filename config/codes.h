#pragma once

#include <string>
#include <vector>

namespace jinqiao::config {

// Codes the engine itself asks the catalogues for: payload faults, lines of explanations, grades,
// stages, units, refusals. A missing one is found by the check, not by the person reading it.
const std::vector<std::string>& engine_codes();

}  // namespace jinqiao::config
