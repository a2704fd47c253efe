#pragma once
#include "engine/model/kase.h"
#include "engine/model/text.h"
#include "workflows/dispute/data.h"

namespace jinqiao::workflows::dispute {

// What is to be done next, worded from the catalogue ("next.acknowledge").
engine::model::Message next_step_of(const engine::model::Case& kase, const Data& data);

}  // namespace jinqiao::workflows::dispute
