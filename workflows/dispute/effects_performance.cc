// Performance, breach and cure; demands and visits.
#include <algorithm>

#include "workflows/dispute/effects.h"
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

Instalment* instalment(Agreement* agreement, std::int64_t no) {
    if (agreement == nullptr) return nullptr;
    for (Instalment& each : agreement->instalments)
        if (each.no == no) return &each;
    return nullptr;
}

// A breach is over when what was owed has been proved; st.next waits for the last one.
void cure(Step& step, Agreement& agreement, std::int64_t no, bool any) {
    for (Breach& each : agreement.breaches)
        if (!each.cured_at && (any || each.no == no)) each.cured_at = step.at;
    if (agreement.breached() || !step.data.next.starts_with("breach")) return;
    step.draft.meet("st.next", "cured");
    step.data.next.clear();
}

void record_performance(Step& step) {
    Agreement* agreement = step.data.agreement();
    const auto& payload = step.payload();
    const auto no = number(payload, "no");
    Instalment* item = instalment(agreement, no);
    if (item == nullptr) return;
    item->payments.push_back({number(payload, "amount"),
                              field<Instant>(payload, "at").value_or(step.at),
                              text(payload, "proof")});
    if (!item->settled()) return;
    step.draft.meet("agr.perform", "performed", std::to_string(no));
    cure(step, *agreement, no, false);
}

void complete_performance(Step& step) {
    step.data.performed_at = field<Instant>(step.payload(), "at").value_or(step.at);
    for (const char* clock : {"agr.arb_review", "agr.judicial_confirm"})
        step.draft.close(clock, "performed");
}

void add_breach(Step& step, std::int64_t no, std::string kind, Instant at) {
    if (Agreement* agreement = step.data.agreement())
        agreement->breaches.push_back({no, std::move(kind), at, {}});
    step.want_next = "breach";
    step.next_from = at;
    step.draft.record("breach", {{"no", no}, {"at", text_of(at)}});
}

void report_breach(Step& step) {
    add_breach(step, number(step.payload(), "no"), text(step.payload(), "kind"),
               field<Instant>(step.payload(), "at").value_or(step.at));
    step.data.performed_at.reset();
    reset_limitation(step, "breach");
    step.save();
    step.draft.tell("breach", {{"kind", text(step.payload(), "kind")}});
}

void cure_breach(Step& step) {
    Agreement* agreement = step.data.agreement();
    if (agreement == nullptr) return;
    const auto no = number(step.payload(), "no");
    for (Breach& each : agreement->breaches)
        if (Instalment* item = instalment(agreement, each.no);
            item != nullptr && !each.cured_at && (no == 0 || each.no == no) && !item->settled()) {
            item->payments.push_back(
                {item->amount - item->paid(), step.at, text(step.payload(), "proof")});
            step.draft.meet("agr.perform", "cured", std::to_string(item->no));
        }
    cure(step, *agreement, no, no == 0);
}

void record_visit(Step& step) {
    Visit visit;
    visit.at = field<Instant>(step.payload(), "at").value_or(step.at);
    visit.scores = object(step.payload(), "scores");
    visit.risk = text(step.payload(), "risk");
    step.data.visits.push_back(std::move(visit));
    step.draft.meet("st.visit", "visited");
}

void add_demand(Step& step) {
    Demand demand;
    demand.id = "d" + std::to_string(step.data.demands.size() + 1);
    demand.code = text(step.payload(), "code");
    demand.n = number(step.payload(), "n");
    step.data.demands.push_back(std::move(demand));
    step.draft.facts_changed();
}

void answer_demand(Step& step) {
    Demand* demand = step.data.demand(text(step.payload(), "demand"));
    if (demand == nullptr) return;
    demand->answer = text(step.payload(), "answer");
    demand->text = text(step.payload(), "text");
    demand->answered_at = step.at;
}

constexpr Effect list[] = {{"record_performance", record_performance},
                           {"complete_performance", complete_performance},
                           {"report_breach", report_breach},
                           {"cure_breach", cure_breach},
                           {"record_visit", record_visit},
                           {"add_demand", add_demand},
                           {"answer_demand", answer_demand}};

}  // namespace

std::span<const Effect> performance_effects() { return list; }

}  // namespace jinqiao::workflows::dispute
