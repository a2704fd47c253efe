#pragma once
#include <memory>

#include "engine/kernel/workflow.h"

namespace jinqiao::tests {

// leave_request with what the tests of the runtime need beside it: `file` takes a reporter whose
// name and phone are personal and may `tell` another case to grant, and `pass_on` {target, name,
// optional} asks for the command `name` on another case, in the same transaction.
std::unique_ptr<engine::kernel::Workflow> errand();

}  // namespace jinqiao::tests
