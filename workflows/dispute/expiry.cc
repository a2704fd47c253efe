// What the law and the house rules make of a period that is over (dispute-machine.md 2.3). A fact
// born of an expiry has the date of the due instant, not of the moment somebody noticed.
#include "workflows/dispute/expiry.h"

#include <algorithm>
#include <charconv>

#include "workflows/dispute/carry_out.h"
#include "workflows/dispute/effects.h"
#include "workflows/dispute/hooks.h"
#include "workflows/dispute/task_force.h"

namespace jinqiao::workflows::dispute {

namespace {

using model::Clock;
using model::ClockState;

// True: the clock has been dealt with. False: it counts as missed and its ladder goes on.
using Handler = bool (*)(Step& step, Clock& clock);

bool accept_overdue(Step& step, Clock&) {
    step.draft.tell("med_accept_overdue");  // mediation stays applied
    return false;
}

// LDMAA 14: who has waited fifteen days may go to arbitration. Mediation itself goes on.
bool right_opens(Step& step, Clock& clock) {
    step.draft.finish(clock, ClockState::met, "open");
    step.draft.tell("arb_right_open", {{"clock", clock.name}});
    return true;
}

// O17 29: a period that ends without agreement has failed.
bool mediation_over(Step& step, Clock& clock) {
    Application* application = step.data.application();
    const bool current = application != nullptr && application->accepted_at == clock.from;
    if (current && step.to[Region::mediation] == "open") {
        application->reason = "time";
        step.event = "timer_fired(med.end)";
        if (!carry_out(step)) step.draft.tell("mediation_failed");
    } else {
        for (Application& each : step.data.applications)
            if (each.accepted_at == clock.from && each.state == "open") {
                each.state = "ended";
                each.outcome = "failed";
                each.ended_at = step.at;
            }
    }
    step.draft.finish(clock, ClockState::closed, "failed");
    return true;
}

bool offer_lapsed(Step& step, Clock&) {
    step.save();
    step.draft.withdraw_offer("lapsed");
    return true;
}

bool suspension_over(Step& step, Clock& clock) {
    step.event = "timer_fired(sus.until)";
    if (!carry_out(step)) step.draft.tell("suspension_over");
    step.draft.finish(clock, ClockState::met, "over");
    return true;
}

bool instalment_due(Step& step, Clock& clock) {
    Agreement* agreement = step.data.agreement();
    if (agreement == nullptr) return false;
    std::int64_t no = 0;
    std::from_chars(clock.subject.data(), clock.subject.data() + clock.subject.size(), no);
    agreement->breaches.push_back({no, "suspected", step.at, {}});
    step.draft.record("breach_suspected", {{"no", no}, {"at", text_of(step.at)}});
    step.data.next = "breach_suspected";
    start_from(step, "st.next", step.at);
    step.draft.tell("breach_suspected", {{"no", no}});
    return false;
}

bool contract_in_force(Step& step, Clock& clock) {
    step.draft.finish(clock, ClockState::met, "no_objection");
    step.event = "timer_fired(cc.effect)";
    if (!carry_out(step)) return true;
    // A breach brought the case to `performing` before HR was done: the contract still takes
    // effect.
    if (const Effect* effect = effect_of(step.event)) effect->carry_out(step);
    arm_performance(step);
    return true;
}

bool route_over(Step& step, Clock& clock) {
    step.draft.finish(clock, ClockState::closed, "over");
    step.draft.tell("route_closed", {{"clock", clock.name}});
    return true;
}

// O17 10, 31: silence is unwillingness, and the limitation runs anew.
bool negotiation_over(Step& step, Clock& clock) {
    const bool silence = clock.name == "neg.reply";
    step.draft.finish(clock, ClockState::closed, silence ? "silence" : "no_deal");
    reset_limitation(step, silence ? "negotiation_silence" : "negotiation_no_deal");
    step.data.next = "negotiation_over";
    start_from(step, "st.next", step.at);
    step.draft.tell("negotiation_over", {{"clock", clock.name}});
    return true;
}

// A duty of the employer that was not done: on record, and somebody chooses what comes of it.
bool duty_missed(Step& step, Clock& clock) {
    find(step, clock.name, clock.subject, step.at);
    step.draft.tell("duty_missed", {{"clock", clock.name}});
    if (clock.name == "lay.explain" || clock.name == "cg.papers") return false;
    step.data.next = clock.name;
    start_from(step, "st.next", step.at);
    return false;
}

// A stoppage has grown old enough for some rule to answer otherwise.
bool fact_changed(Step& step, Clock& clock) {
    step.draft.finish(clock, ClockState::closed, "passed");
    step.draft.facts_changed();
    arm_passing_time(step);
    return true;
}

// Open for too long: the ladder goes on besides.
bool not_closed(Step& step, Clock&) {
    form_task_force(step, "days");
    return false;
}

struct Special {
    std::string_view clock;
    Handler handle;
    bool ends = false;  // `handle` always deals with it
};

constexpr Special specials[] = {{"med.accept", accept_overdue},
                                {"med.arb_right", right_opens, true},
                                {"med.end", mediation_over, true},
                                {"med.platform", mediation_over, true},
                                {"med.court", mediation_over, true},
                                {"st.handover", offer_lapsed, true},
                                {"sus.until", suspension_over, true},
                                {"agr.perform", instalment_due},
                                {"cc.effect", contract_in_force, true},
                                {"agr.arb_review", route_over, true},
                                {"agr.judicial_confirm", route_over, true},
                                {"neg.reply", negotiation_over, true},
                                {"neg.period", negotiation_over, true},
                                {"lay.explain", duty_missed},
                                {"cg.papers", duty_missed},
                                {"cg.report", duty_missed},
                                {"cb.reply", duty_missed},
                                {"cb.reps", duty_missed},
                                {"cb.coord", duty_missed},
                                {"cc.file", duty_missed},
                                {"fact.stoppage", fact_changed, true},
                                {"st.close", not_closed}};

}  // namespace

namespace {

const Special* special(std::string_view clock) {
    const auto found = std::find_if(std::begin(specials), std::end(specials),
                                    [&](const Special& each) { return each.clock == clock; });
    return found == std::end(specials) ? nullptr : found;
}

}  // namespace

bool expiry_ends(std::string_view clock) {
    const auto* found = special(clock);
    return found != nullptr && found->ends;
}

bool expire(Step& step, Clock& clock) {
    const auto* found = special(clock.name);
    step.at = clock.due.at;
    const bool dealt = found != nullptr && found->handle(step, clock);
    if (step.kase().open) keep_due(step, dealt ? nullptr : &clock);
    step.save();
    return dealt;
}

}  // namespace jinqiao::workflows::dispute
