// Watching, choosing a tier, talking: the stage coordinate (协调).
#include "workflows/dispute/effects.h"
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

void complete_check(Step& step) {
    const auto& payload = step.payload();
    Check check;
    check.by = text(payload, "by");
    check.findings = text(payload, "findings");
    check.groups = objects(payload, "groups");
    check.at = step.at;
    step.data.checks[text(payload, "which")] = std::move(check);
}

void attach_plan(Step& step) { step.data.plans.push_back(text(step.payload(), "plan")); }

// The day agreed for the review, unless the grade wants it sooner.
void review_by(Step& step, std::optional<time::Date> on) {
    step.data.review_on = on;
    auto* clock = start_from(step, "st.watch", step.at);
    if (clock == nullptr || !on) return;
    const auto end = step.draft.calendar().end_of(*on);
    if (end < clock->due.at && end > step.at)
        step.draft.start("st.watch", {.from = step.at, .target = end});
}

void watch(Step& step) { review_by(step, field<time::Date>(step.payload(), "review_on")); }

void review_watch(Step& step) {
    step.data.watch_since = step.at;
    if (const auto finding = text(step.payload(), "finding"); !finding.empty())
        find(step, "review", finding, step.at);
    step.draft.meet("st.watch", "reviewed");
    review_by(step, {});
}

void open_coordination(Step& step) {
    if (const auto lead = text(step.payload(), "lead"); !lead.empty()) step.data.team.lead = lead;
    if (const auto team = texts(step.payload(), "team"); !team.empty())
        step.data.team.members = team;
    step.data.exit_pending.reset();
}

// A first meeting that is still due stays due; talks of the new tier have a time of their own.
void change_tier(Step& step) {
    use_approval(step);
    step.draft.close("st.progress", "tier");
}

void tier_raised(Step& step) {
    change_tier(step);
    step.save();
    step.draft.tell("tier_raised", {{"tier", step.pipeline()}});
}

void record_session(Step& step) {
    const auto& payload = step.payload();
    Session session;
    session.kind = text(payload, "kind");
    session.result = text(payload, "result");
    session.state = step.pipeline();
    session.by = step.person();
    session.at = step.at;
    session.present = objects(payload, "present");
    session.heard = texts(payload, "heard");
    session.next_at = field<Instant>(payload, "next_at");
    const bool negotiation = session.kind == "negotiation";
    step.data.sessions.push_back(std::move(session));
    if (negotiation) step.draft.meet("neg.reply", "answered");
    if (!is_tier(step.pipeline())) return;
    step.draft.meet("st.meeting", "met");
    step.draft.meet("st.progress", "met");
    step.data.progress_since = step.at;
}

// O17 Art. 10: five days to answer; a longer time may be fixed in writing.
void ask_negotiation(Step& step) {
    const auto& payload = step.payload();
    Negotiation negotiation{text(payload, "by"), field<Instant>(payload, "at").value_or(step.at),
                            field<time::Date>(payload, "until")};
    step.draft.meet("st.next", "chosen");
    step.data.next.clear();
    start_from(step, "neg.reply", negotiation.at);
    if (negotiation.until)
        step.draft.start(
            "neg.period",
            {.from = negotiation.at, .target = step.draft.calendar().end_of(*negotiation.until)});
    step.data.negotiation = std::move(negotiation);
}

void report_spread(Step& step) {
    const auto& payload = step.payload();
    Spread spread;
    spread.kind = text(payload, "kind");
    spread.where = text(payload, "where");
    spread.seen_at = field<Instant>(payload, "seen_at").value_or(step.at);
    step.data.spreads.push_back(std::move(spread));
    step.data.ever_spread = true;
    step.draft.facts_changed();
    step.save();
    step.draft.tell("spread", {{"kind", text(payload, "kind")}});
}

void report_contained(Step& step) {
    use_approval(step);
    for (Spread& each : step.data.spreads)
        if (!each.contained_at) {
            each.contained_at = step.at;
            each.evidence = text(step.payload(), "evidence");
        }
    step.draft.facts_changed();
}

void raise_grade(Step& step) {
    const auto to = model::parse_grade(text(step.payload(), "to"));
    step.save();
    if (to) step.draft.raise_grade(*to, text(step.payload(), "reason"));
    step.load();
}

constexpr Effect list[] = {{"complete_check", complete_check},
                           {"attach_plan", attach_plan},
                           {"watch", watch},
                           {"review_watch", review_watch},
                           {"open_coordination", open_coordination},
                           {"change_tier", change_tier},
                           {"tier_raised", tier_raised},
                           {"record_session", record_session},
                           {"ask_negotiation", ask_negotiation},
                           {"report_spread", report_spread},
                           {"spread_reported", report_spread},
                           {"report_contained", report_contained},
                           {"raise_grade", raise_grade}};

}  // namespace

std::span<const Effect> coordinate_effects() { return list; }

}  // namespace jinqiao::workflows::dispute
