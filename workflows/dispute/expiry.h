#pragma once
#include "workflows/dispute/step.h"

namespace jinqiao::workflows::dispute {

// The due instant of a clock has come. True: dealt with; false: it counts as missed.
bool expire(Step& step, model::Clock& clock);
// A clock of this name is always dealt with: it never counts as missed.
bool expiry_ends(std::string_view clock);

}  // namespace jinqiao::workflows::dispute
