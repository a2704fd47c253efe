#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "engine/kernel/workflow.h"

// The workflows this program knows. Adding one is a line in catalogue.cc (see README.md).
namespace jinqiao::workflows {

// Made once per call; a workflow is stateless, so all callers may share one.
std::vector<std::shared_ptr<const engine::kernel::Workflow>> catalogue();

}  // namespace jinqiao::workflows
