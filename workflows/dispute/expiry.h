#pragma once
#include "workflows/dispute/step.h"

namespace jinqiao::workflows::dispute {

// The due instant of a clock has come. True: dealt with; false: it counts as missed.
bool expire(Step& step, model::Clock& clock);

}  // namespace jinqiao::workflows::dispute
