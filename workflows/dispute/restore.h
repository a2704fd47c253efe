#pragma once
#include <string_view>

#include "workflows/dispute/step.h"

// Coming back from an end: reopening (3.6) and undoing a merge.

namespace jinqiao::workflows::dispute {

// The case is open again, in a new epoch so that no rung fires twice under one key.
void resurrect(Step& step);

// Legal clocks that were closed with this outcome run again with the due they had (I9, I27).
void restore_clocks(Step& step, std::string_view outcome);

}  // namespace jinqiao::workflows::dispute
