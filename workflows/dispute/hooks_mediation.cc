// Mediation: the clocks follow the application, not the tier (LDMAA 14, O17 22 and 29).
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

std::string outcome_of(const Step& step) {
    const Agreement* agreement = step.data.agreement();
    if (step.event == "refuse_mediation") return "not_accepted";
    if (step.event == "end_mediation" || step.event == "timer_fired(med.end)") return "failed";
    if (step.event == "party_refused") return "refused";
    if (step.event == "party_went_to_arbitration") return "arbitration";
    if (step.event == "withdraw") return "withdrawn";
    if (step.event == "sign_agreement")
        return agreement != nullptr && agreement->kind == "mediation" ? "agreed" : "closed";
    return "closed";
}

// Which of the eight triggers of O17 Art. 31 this was; empty: none of them.
std::string_view limitation_reason(std::string_view outcome) {
    if (outcome == "refused") return "mediation_refused";
    if (outcome == "withdrawn") return "withdrawn";
    if (outcome == "failed") return "no_deal";
    if (outcome == "arbitration") return "arbitration";
    return {};
}

void begin(Step& step, const Application& application) {
    step.draft.meet("st.next", "chosen");
    step.data.next.clear();
    step.draft.start("med.accept", {.from = application.received_at});
    step.draft.start("med.arb_right", {.from = application.received_at});
}

void open(Step& step, const Application& application) {
    step.draft.meet("med.accept", "accepted");
    const auto clock = step.params.mediation_clock.find(application.mediator_kind);
    if (clock != step.params.mediation_clock.end() && application.accepted_at)
        start_from(step, clock->second, *application.accepted_at);
}

// Both sides get it in writing that mediation is over and arbitration is open (O17 30).
void end(Step& step, Application& application) {
    const std::string outcome = outcome_of(step);
    application.state = "ended";
    application.outcome = outcome;
    application.ended_at = step.at;
    const bool agreed = outcome == "agreed";
    for (const char* clock :
         {"med.accept", "med.arb_right", "med.end", "med.platform", "med.court"})
        if (agreed)
            step.draft.meet(clock, outcome);
        else
            step.draft.close(clock, outcome);
    if (agreed) return;
    if (const auto reason = limitation_reason(outcome); !reason.empty())
        reset_limitation(step, reason);
    start_from(step, "st.end_notice", step.at);
    const bool by_exit = step.event == "party_went_to_arbitration" || step.event == "withdraw";
    if (!by_exit && outcome != "closed") step.want_next = "mediation_" + outcome;
}

}  // namespace

void settle_mediation(Step& step) {
    Application* application = step.data.application();
    if (!step.moved(Region::mediation) || application == nullptr) return;
    // A merge carries clocks from case to case; its effects deal with them.
    if (step.event == "merge_into" || step.event == "unmerge" || step.event == "absorbed" ||
        step.event == "released")
        return;
    const std::string& state = step.to[Region::mediation];
    if (state == "applied") begin(step, *application);
    if (state == "open") open(step, *application);
    if (state == "ended") end(step, *application);
}

}  // namespace jinqiao::workflows::dispute
