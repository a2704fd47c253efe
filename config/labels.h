#pragma once

#include "config/catalogue.h"
#include "engine/kernel/workflow.h"

namespace jinqiao::config {

// Puts what a workflow calls its things into the catalogue, so that a refusal speaks of 堵门 rather
// than gate_block: "arg.state.X", "arg.step.X", "arg.t.X" of states, "arg.event.X" of actions,
// "arg.f.PATH" of the fields of an alert, "arg.b.X" of behaviours, "arg.FIELD.X" of other codes,
// "arg.g.X" of grades. Words the catalogue has already stay.
void add_labels(Catalogue& catalogue, const engine::kernel::Workflow& workflow);

}  // namespace jinqiao::config
