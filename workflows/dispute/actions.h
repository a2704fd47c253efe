#pragma once
#include <span>

#include "engine/kernel/workflow.h"

namespace jinqiao::workflows::dispute {

namespace kernel = engine::kernel;

// Every action of the reference table (dispute-machine.md 2.1) in its order, with labels, who may
// ask for it and the payload. Either-or rules of the alert are not a schema's business: the
// workflow checks them. Every payload but `file` carries `note` and `occurred_at`.
std::span<const kernel::Action> actions();

// The fields of an alert (design.md 7), used by `file` and, all optional, by `update_facts`.
kernel::Fields alert_fields(bool filing);

}  // namespace jinqiao::workflows::dispute
