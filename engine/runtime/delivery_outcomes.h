#pragma once
#include "engine/runtime/case_writer.h"
#include "engine/runtime/core.h"

namespace jinqiao::engine::runtime {

// Records what a delivery attempt came to. Only the notice is written; the case is decided
// (delivered, delivery_failed) in the same transaction when an assignment hears of it for the first
// time, or when nobody will. An outcome for a delivery that has ended already is dropped.
Answer record_outcome(const Tools& tools, Transaction& tx, const DeliveryOutcome& outcome);

}  // namespace jinqiao::engine::runtime
