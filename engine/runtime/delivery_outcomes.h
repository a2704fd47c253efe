#pragma once
#include <span>
#include <vector>

#include "engine/runtime/case_writer.h"
#include "engine/runtime/core.h"

namespace jinqiao::engine::runtime {

// Records what delivery attempts of one case came to, and answers each. Only the notices are
// written; the case is decided (delivered, delivery_failed) in the same transaction when an
// assignment hears of it for the first time, or when nobody will: once for all that arrived. An
// outcome for a delivery that has ended already is dropped. After an error nothing must be kept.
model::Result<std::vector<Answer>> record_outcomes(
    const Tools& tools, Transaction& tx, std::span<const DeliveryOutcome* const> outcomes);

}  // namespace jinqiao::engine::runtime
