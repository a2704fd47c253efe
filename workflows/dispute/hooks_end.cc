// Ends: an ordinary state with a short tail. What may still run there is the end notice, the final
// report and the clocks of other authorities (I19).
#include <algorithm>
#include <array>

#include "workflows/dispute/hooks.h"
#include "workflows/dispute/task_force.h"

namespace jinqiao::workflows::dispute {

namespace {

bool tail(const model::Clock& clock) {
    return clock.name == "st.end_notice" || clock.name == "rep.final" ||
           (clock.cls == model::ClockClass::reference && !clock.name.starts_with("fact."));
}

std::string outcome_of(const Step& step) {
    const Agreement* agreement = step.data.agreement();
    const std::string& state = step.pipeline();
    if (state == "referred") return "to_" + (step.data.end ? step.data.end->to : "arbitration");
    if (state == "unresolved") return "closed_unresolved";
    if (state != "settled" || agreement == nullptr) return state;
    if (agreement->kind == "mediation") return "mediated_agreement";
    if (agreement->kind == "collective_contract") return "collective_agreement";
    if (agreement->kind == "coordination") return "coordinated_agreement";
    return "settled_by_parties";
}

}  // namespace

void settle_end(Step& step) {
    step.save();
    step.draft.withdraw_offer("void");
    step.draft.lapse_requests("ended");
    step.load();
    end_task_force(step, "ended");
    const bool merged = step.pipeline() == "merged";
    for (model::Clock& clock : step.kase().clocks)
        if (!tail(clock))
            step.draft.finish(clock, model::ClockState::closed, merged ? "merged" : "ended");
    if (!step.data.end) step.data.end = End{};
    step.data.end->state = step.pipeline();
    step.data.end->outcome = outcome_of(step);
    step.data.exit_pending.reset();
    // Of an exercise that was called off there is nothing to report.
    const bool called_off = step.kase().exercise && step.pipeline() == "withdrawn";
    if (!merged && !called_off) start_from(step, "rep.final", step.at);
    step.draft.end_case();
}

}  // namespace jinqiao::workflows::dispute
