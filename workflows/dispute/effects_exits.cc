// The three exits (3.3). They end the mediation at once; they end the case only when its facts are
// known and the scene is calm; and a part of it leaves as a child case of its own.
#include <algorithm>

#include "workflows/dispute/alert.h"
#include "workflows/dispute/children.h"
#include "workflows/dispute/effects.h"
#include "workflows/dispute/guards.h"
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

bool whole(const Step& step) { return !part_of(step); }

void note(Step& step) {
    step.draft.record(
        "exit",
        {{"event", step.event}, {"by", text(step.payload(), "by")}, {"whole", whole(step)}});
}

// --- E1: a side refuses
// -------------------------------------------------------------------------------

void announced_breach(Step& step, Agreement& agreement) {
    agreement.breaches.push_back({0, "announced", step.at, {}});
    step.data.performed_at.reset();
    step.want_next = "breach";
    reset_limitation(step, "breach");
}

void refuse_confirmation(Agreement* agreement, Instant at) {
    if (agreement == nullptr) return;
    if (Confirmation* pending = agreement->pending()) {
        pending->result = "withdrawn";
        pending->result_at = at;
    }
}

void close_decisions(Step& step, std::string_view outcome) {
    for (const char* clock : {"agr.arb_review_decide", "agr.court_decide", "cc.effect"})
        step.draft.close(clock, outcome);
}

void refuse_negotiation(Step& step) {
    step.draft.meet("neg.reply", "refused");
    step.draft.close("neg.period", "refused");
    reset_limitation(step, "negotiation_refused");
}

void refuse_agreement(Step& step, Agreement& agreement, std::string_view of) {
    if (!agreement.effective_at) {
        if (step.from[Region::pipeline] == "agreement") agreement.given_up = "refused";
    } else if (of == "confirmation") {
        refuse_confirmation(&agreement, step.at);
        close_decisions(step, "refused");
    } else if (!is_tier(step.from[Region::pipeline]) && !is_warn(step.from[Region::pipeline])) {
        announced_breach(step, agreement);
    }
}

void party_refused(Step& step) {
    note(step);
    if (const auto part = part_of(step)) return open_child(step, {*part, "verifying", {}});
    const auto of = text(step.payload(), "of");
    if (step.want_next.empty()) step.want_next = "refused";
    if (of == "negotiation") refuse_negotiation(step);
    if (Agreement* agreement = step.data.agreement()) refuse_agreement(step, *agreement, of);
}

// --- E2, E3
// -------------------------------------------------------------------------------------------

void keep_pending(Step& step, std::string_view target) {
    step.data.exit_pending = PendingExit{step.event, std::string(target), step.at, step.payload()};
    step.draft.record("exit_pending", {{"target", target}});
}

// Ended by the exit, or waiting until it may end.
void leave(Step& step, std::string_view target) {
    if (Agreement* agreement = step.data.agreement();
        agreement != nullptr && !agreement->effective_at)
        agreement->given_up = step.event;
    if (!is_end(step.pipeline())) return keep_pending(step, target);
    End end;
    if (target == "referred") {
        end.to = "arbitration";
        end.purpose = "decide";
    }
    step.data.end = std::move(end);
}

void party_went_to_arbitration(Step& step) {
    note(step);
    if (const auto part = part_of(step)) return open_child(step, {*part, "referred", {}});
    const auto filed = field<Instant>(step.payload(), "filed_at").value_or(step.at);
    start_from(step, "arb.accept", filed);
    const std::string& mediation = step.from[Region::mediation];
    if (mediation != "applied" && mediation != "open") reset_limitation(step, "arbitration");
    leave(step, "referred");
}

void withdraw(Step& step) {
    note(step);
    if (const auto part = part_of(step)) return open_child(step, {*part, "withdrawn", {}});
    Agreement* agreement = step.data.agreement();
    const bool binds =
        agreement != nullptr && agreement->effective_at && text(step.payload(), "waiver").empty();
    if (binds) {  // stays, noted; an application for confirmation does not go on alone
        refuse_confirmation(agreement, step.at);
        close_decisions(step, "withdrawn");
        return;
    }
    if (!route_holds(step, "R.mandate")) {
        if (agreement != nullptr && !agreement->effective_at) agreement->given_up = step.event;
        step.want_next = "no_mandate";
        return;
    }
    if (agreement != nullptr)
        for (Instalment& each : agreement->instalments)
            if (!each.settled()) each.waiver = text(step.payload(), "waiver");
    leave(step, "withdrawn");
}

void exit_applied(Step& step) {
    End end;
    if (step.pipeline() == "referred") {
        end.to = "arbitration";
        end.purpose = "decide";
    }
    step.data.end = std::move(end);
}

constexpr Effect list[] = {{"party_refused", party_refused},
                           {"party_went_to_arbitration", party_went_to_arbitration},
                           {"withdraw", withdraw},
                           {"exit_applied", exit_applied}};

}  // namespace

std::span<const Effect> exit_effects() { return list; }

}  // namespace jinqiao::workflows::dispute
