// Closing, referring, splitting, reopening.
#include <algorithm>

#include "workflows/dispute/children.h"
#include "workflows/dispute/effects.h"
#include "workflows/dispute/guards.h"
#include "workflows/dispute/hooks.h"
#include "workflows/dispute/restore.h"

namespace jinqiao::workflows::dispute {

namespace {

void close(Step& step) {
    use_approval(step);
    End end;
    end.reason = text(step.payload(), "reason");
    end.lesson = text(step.payload(), "lesson");
    end.remaining = texts(step.payload(), "remaining");
    step.data.end = std::move(end);
}

// The clocks of the authority it goes to run for reference: shown, never laddered.
void start_reference(Step& step, const std::string& to, const std::string& purpose) {
    if (to == "arbitration") start_from(step, "arb.accept", step.at);
    if (to == "inspection") start_from(step, "insp.finish", step.at);
    if (purpose == "payment_order") start_from(step, "pay_order.notify", step.at);
    const Agreement* agreement = step.data.agreement();
    if (purpose != "enforce" || agreement == nullptr || !agreement->effective_at) return;
    // CPL 250: two years from the last day of the last instalment.
    Instant last = *agreement->effective_at;
    for (const Instalment& each : agreement->instalments)
        last = std::max(last, step.draft.calendar().start_of(each.due));
    start_from(step, "enforce", last);
}

void refer(Step& step) {
    End end;
    end.to = text(step.payload(), "to");
    end.purpose = text(step.payload(), "purpose");
    if (const auto part = part_of(step)) {
        open_child(step, {*part, "referred", {}, {{"to", end.to}, {"purpose", end.purpose}}});
        return;
    }
    start_reference(step, end.to, end.purpose);
    step.data.end = std::move(end);
}

void split_individual(Step& step) {
    const auto tier = text(step.payload(), "at_tier");
    open_child(step, {number(step.payload(), "workers"), tier.empty() ? "verifying" : tier,
                      texts(step.payload(), "demands")});
}

// A child that begins in an end has the clocks of whoever has it now.
void child_opened(Step& step) {
    if (step.pipeline() != "referred" || !step.data.end) return;
    const json::object& exit = object(step.payload(), "exit");
    const auto filed = field<Instant>(exit, "filed_at").value_or(step.at);
    const bool arbitration = step.data.end->to == "arbitration";
    if (arbitration) {
        start_from(step, "arb.accept", filed);
        reset_limitation(step, "arbitration");
    } else {
        start_reference(step, step.data.end->to, step.data.end->purpose);
    }
}

// A case that is verified anew has facts to be seen anew; what is known of them stays as it is.
void verify_again(Step& step) {
    step.data.facts.at.reset();
    step.data.site = {};
}

void reopen(Step& step) {
    const auto cause = text(step.payload(), "cause");
    resurrect(step);
    restore_clocks(step, "ended");
    step.draft.close("rep.final", "reopened");
    step.data.end.reset();
    step.draft.record("reopened", {{"cause", cause}});
    if (step.pipeline() == "verifying") verify_again(step);
    for (Spread& each : step.data.spreads)
        if (!each.contained_at) each.contained_at = step.at;
    // Mandates that ran out must be given anew (SH-CC 8).
    if (step.entered(Region::process, "elect")) {
        std::erase(step.data.process.done, "elect");
        std::erase(step.data.process.done, "bargain");
    }
    if (Agreement* agreement = step.data.agreement(); cause == "breach" && agreement != nullptr) {
        agreement->breaches.push_back({0, "announced", step.at, {}});
        step.data.performed_at.reset();
        step.want_next = "breach";
    }
}

constexpr Effect list[] = {{"close_settled", close},
                           {"close_no_dispute", close},
                           {"close_unresolved", close},
                           {"refer", refer},
                           {"split_individual", split_individual},
                           {"child_opened", child_opened},
                           {"reopen", reopen}};

}  // namespace

std::span<const Effect> end_effects() { return list; }

}  // namespace jinqiao::workflows::dispute
