#pragma once
#include <optional>

#include "engine/model/refusal.h"
#include "workflows/dispute/step.h"

namespace jinqiao::workflows::dispute {

// Puts step.event to the machine; if it is accepted, moves the regions, carries out the effect and
// what follows from the states left and entered, and saves. On a refusal nothing has changed.
std::optional<model::Refusal> carry_out(Step& step);

// A request was approved, rejected or has lapsed: does what was asked for.
void answered(Step& step, model::Request& request);

}  // namespace jinqiao::workflows::dispute
