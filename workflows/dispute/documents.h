#pragma once
#include "workflows/dispute/step.h"

namespace jinqiao::workflows::dispute {

// Every document a payload refers to joins the case's file, whatever action brought it.
void collect_documents(Step& step);

}  // namespace jinqiao::workflows::dispute
