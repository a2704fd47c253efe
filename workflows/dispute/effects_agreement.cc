// Making, signing and confirming an agreement: the stage resolve (处置).
#include <algorithm>

#include "workflows/dispute/effects.h"
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

void propose_agreement(Step& step) {
    const auto& payload = step.payload();
    if (Agreement* earlier = step.data.agreement()) earlier->given_up = "replaced";
    Agreement agreement;
    agreement.kind = text(payload, "kind");
    agreement.text = text(payload, "text");
    agreement.outcomes = object(payload, "outcomes");
    agreement.balance = object(payload, "balance");
    agreement.proposed_at = step.at;
    if (const Application* application = step.data.application())
        agreement.mediator_kind = application->mediator_kind;
    step.data.agreements.push_back(std::move(agreement));
}

std::vector<Instalment> instalments_of(const json::object& payload) {
    std::vector<Instalment> list;
    for (const json::object& each : objects(payload, "instalments")) {
        Instalment instalment;
        instalment.no = number(each, "no");
        instalment.due = field<time::Date>(each, "due").value_or(time::Date{});
        instalment.amount = number(each, "amount");
        list.push_back(std::move(instalment));
    }
    return list;
}

// A collective contract takes effect only when HR has not objected (LCL 54).
void sign_agreement(Step& step) {
    Agreement* agreement = step.data.agreement();
    if (agreement == nullptr) return;
    const auto& payload = step.payload();
    agreement->signed_at = field<Instant>(payload, "signed_at").value_or(step.at);
    agreement->signatures = object(payload, "signatures");
    agreement->mandate = text(payload, "mandate");
    agreement->instalments = instalments_of(payload);
    step.draft.meet("st.sign", "signed");
    if (agreement->kind == "collective_contract") {
        start_from(step, "cc.file", *agreement->signed_at);
        return;
    }
    agreement->effective_at =
        field<Instant>(payload, "effective_at").value_or(*agreement->signed_at);
}

const char* window_of(std::string_view route) {
    if (route == "arb_review") return "agr.arb_review";
    return route == "judicial" ? "agr.judicial_confirm" : "cc.file";
}

const char* decision_of(std::string_view route) {
    if (route == "arb_review") return "agr.arb_review_decide";
    return route == "judicial" ? "agr.court_decide" : "cc.effect";
}

void apply_confirmation(Step& step) {
    Agreement* agreement = step.data.agreement();
    if (agreement == nullptr) return;
    const auto& payload = step.payload();
    Confirmation confirmation;
    confirmation.route = text(payload, "route");
    confirmation.applied_at = field<Instant>(payload, "applied_at").value_or(step.at);
    confirmation.joint = flag(payload, "joint");
    confirmation.doc = text(payload, "doc");
    step.draft.meet(window_of(confirmation.route), "applied");
    if (confirmation.route == "judicial")  // first whether to take it up (SPC 2011 Art. 4)
        step.draft.start("agr.court_decide",
                         {.from = confirmation.applied_at,
                          .budget = time::parse_budget(step.params.court_take_up)});
    if (confirmation.route == "hr_filing") start_from(step, "cc.effect", confirmation.applied_at);
    agreement->confirmations.push_back(std::move(confirmation));
}

void accepted(Step& step, Confirmation& pending, Instant at) {
    pending.accepted_at = at;
    if (pending.route == "hr_filing") return;  // cc.effect runs from receipt already
    step.draft.meet(decision_of(pending.route), "accepted");
    start_from(step, decision_of(pending.route), at);
}

void extended(Step& step, const Confirmation& pending) {
    auto* clock = step.kase().clock(decision_of(pending.route));
    const auto days = number(step.payload(), "add_days");
    if (clock != nullptr && clock->open() && days > 0)
        step.draft.extend(*clock, {days, clock->rule.budget.unit});
}

void close_windows(Step& step, std::string_view outcome) {
    for (const char* clock : {"agr.arb_review", "agr.judicial_confirm", "cc.file"})
        step.draft.close(clock, outcome);
}

// Found void, or objected to: it never took effect and nothing of it is due.
void undo(Step& step, Agreement& agreement) {
    agreement.effective_at.reset();
    agreement.signed_at.reset();
    agreement.proposed_at = step.at;
    close_windows(step, "void");
    step.draft.close("agr.perform", "void");
}

void confirmed(Step& step, Agreement& agreement, Instant at) {
    if (!agreement.effective_at) agreement.effective_at = at;
    close_windows(step, "confirmed");
}

void record_confirmation(Step& step) {
    Agreement* agreement = step.data.agreement();
    Confirmation* pending = agreement != nullptr ? agreement->pending() : nullptr;
    if (pending == nullptr) return;
    const auto result = text(step.payload(), "result");
    const auto at = field<Instant>(step.payload(), "at").value_or(step.at);
    if (result == "accepted") return accepted(step, *pending, at);
    if (result == "extended") return extended(step, *pending);
    pending->result = result;
    pending->result_at = at;
    step.draft.meet(decision_of(pending->route), result);
    if (result == "confirmed") confirmed(step, *agreement, at);
    if (result == "void" || result == "hr_objection") undo(step, *agreement);
}

// No objection within fifteen days of receipt (LCL 54): the contract is in force.
void contract_effective(Step& step) {
    Agreement* agreement = step.data.agreement();
    if (agreement == nullptr) return;
    agreement->effective_at = step.at;
    if (Confirmation* pending = agreement->pending()) {
        pending->result = "confirmed";
        pending->result_at = step.at;
    }
    step.save();
    step.draft.tell("contract_effective");
}

void renegotiate(Step& step) {
    Agreement* earlier = step.data.agreement();
    if (earlier == nullptr) return;
    Agreement fresh;
    fresh.kind = earlier->kind;
    fresh.text = earlier->text;
    fresh.mediator_kind = earlier->mediator_kind;
    fresh.outcomes = earlier->outcomes;
    fresh.balance = earlier->balance;
    fresh.proposed_at = step.at;
    earlier->given_up = "renegotiated";
    step.data.agreements.push_back(std::move(fresh));
    close_windows(step, "renegotiated");
    step.draft.close("agr.perform", "renegotiated");
}

constexpr Effect list[] = {
    {"propose_agreement", propose_agreement},       {"sign_agreement", sign_agreement},
    {"apply_confirmation", apply_confirmation},     {"record_confirmation", record_confirmation},
    {"timer_fired(cc.effect)", contract_effective}, {"renegotiate", renegotiate}};

}  // namespace

std::span<const Effect> agreement_effects() { return list; }

}  // namespace jinqiao::workflows::dispute
