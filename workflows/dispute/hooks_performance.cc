// An agreement in force: a clock for each instalment, and the windows in which both sides may have
// it confirmed (3.4). The windows stay open until used, over, or the agreement is given up.
#include <algorithm>

#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

void arm_instalments(Step& step, const Agreement& agreement) {
    const auto& calendar = step.draft.calendar();
    for (const Instalment& each : agreement.instalments) {
        const std::string subject = std::to_string(each.no);
        const Instant due = calendar.end_of(each.due);
        const model::Clock* clock = step.kase().clock("agr.perform", subject);
        if (each.settled() || (clock != nullptr && clock->open())) continue;
        if (clock != nullptr && clock->due.at == due && due <= step.draft.now()) continue;
        step.draft.start("agr.perform", {.from = *agreement.effective_at,
                                         .subject = subject,
                                         .target = due,
                                         .new_instance = true});
    }
}

bool fresh(const Step& step, std::string_view clock, Instant from) {
    const model::Clock* known = step.kase().clock(clock);
    return known == nullptr || known->from != from;
}

void arm_windows(Step& step, const Agreement& agreement) {
    const auto routes = step.params.confirmation.find(agreement.mediator_kind);
    if (agreement.kind != "mediation" || routes == step.params.confirmation.end()) return;
    for (const std::string& route : routes->second) {
        const auto clock = route == "arb_review" ? "agr.arb_review" : "agr.judicial_confirm";
        if (fresh(step, clock, *agreement.effective_at))
            start_from(step, clock, *agreement.effective_at);
    }
}

}  // namespace

void arm_performance(Step& step) {
    const Agreement* agreement = step.data.agreement();
    const std::string& state = step.pipeline();
    if (agreement == nullptr || !agreement->effective_at) return;
    if (state != "agreement" && state != "confirming" && state != "performing") return;
    arm_instalments(step, *agreement);
    arm_windows(step, *agreement);
}

}  // namespace jinqiao::workflows::dispute
