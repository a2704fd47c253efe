#include "workflows/dispute/next_step.h"

#include <algorithm>

#include "workflows/dispute/step.h"

namespace jinqiao::workflows::dispute {

namespace {

std::string in_agreement(const Agreement* agreement) {
    if (agreement == nullptr || !agreement->signed_at) return "sign";
    if (agreement->kind == "collective_contract") return "file_with_hr";
    return "route";
}

std::string of_performance(const Agreement* agreement) {
    if (agreement == nullptr) return "perform";
    if (agreement->breached()) return "breach";
    const bool open = std::any_of(agreement->instalments.begin(), agreement->instalments.end(),
                                  [](const Instalment& each) { return !each.settled(); });
    return open ? "perform" : "complete";
}

std::string while_coordinating(const Configuration& states) {
    const std::string& process = states[Region::process];
    if (process == "congress" || process == "elect" || process == "bargain") return process;
    return states[Region::mediation] == "applied" ? "consent" : "talk";
}

std::string what(const Configuration& states, const Data& data) {
    const std::string& state = states[Region::pipeline];
    if (data.exit_pending) return "calm_then_end";
    if (!data.next.empty() && data.next != "idle") return "choose";
    if (state == "reported") return "acknowledge";
    if (state == "verifying") return data.facts.at ? "coordinate" : "verify";
    if (state == "watching") return "review";
    if (is_tier(state)) return while_coordinating(states);
    if (state == "agreement") return in_agreement(data.agreement());
    if (state == "confirming") return "await_confirmation";
    if (state == "performing") return of_performance(data.agreement());
    return data.visits.empty() ? "visit" : "settle";
}

bool tail_runs(const engine::model::Case& kase, std::string_view clock) {
    const auto* known = kase.clock(clock);
    return known != nullptr && known->open();
}

}  // namespace

engine::model::Message next_step_of(const engine::model::Case& kase, const Data& data) {
    if (!kase.open) {
        if (tail_runs(kase, "st.end_notice")) return {"next.serve_end_notice", {}};
        if (tail_runs(kase, "rep.final")) return {"next.final_report", {}};
        return {"next.nothing", {}};
    }
    const Configuration states = configuration_of(kase);
    return {"next." + what(states, data), {{"state", states[Region::pipeline]}}};
}

}  // namespace jinqiao::workflows::dispute
