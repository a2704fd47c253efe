#pragma once
#include "engine/model/figures.h"
#include "engine/model/kase.h"

namespace jinqiao::engine::kernel {

class Workflow;

// What reports count of this case: what the engine knows of any, and what the workflow adds. Null
// where this program has no such workflow any more.
model::Figures figures_of(const model::Case& kase, const Workflow* workflow);

// When a clock of this name was met, by when it should have been, and whether it still can be. Of
// several instances the first that was met, else the latest.
model::Figures::Step step_of(const model::Case& kase, std::string_view clock,
                             std::string_view subject = {});

}  // namespace jinqiao::engine::kernel
