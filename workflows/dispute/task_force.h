#pragma once
#include <string_view>

#include "workflows/dispute/step.h"

// 专班: a case that has got stuck, by so many escalations in one stage or by having been open for
// so long (st.close), is taken to a task force; a supervisor may order one before. The post that
// leads it is told with everybody the notice rule names; what the case needs is then reviewed by a
// clock of its own (st.review) until the case ends or two persons dissolve the task force.
namespace jinqiao::workflows::dispute {

bool has_task_force(const Data& data);
// `why`: "escalations", "days" or "ordered". Nothing if there is one already or the policy knows
// none.
void form_task_force(Step& step, std::string_view why);
// After a rung that told somebody higher: enough of them form a task force.
void see_escalations(kernel::Draft& draft);
void end_task_force(Step& step, std::string_view why);

}  // namespace jinqiao::workflows::dispute
