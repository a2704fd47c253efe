// The three steps (三步走): congress, representatives, bargaining.
#include <algorithm>

#include "workflows/dispute/effects.h"
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

// The order in which steps were done is evidence (I7); a step done anew goes to the end.
void done(Step& step, std::string_view which) {
    auto& list = step.data.process.done;
    std::erase(list, which);
    list.emplace_back(which);
}

void request_bargaining(Step& step) {
    auto& bargaining = step.data.process.bargaining;
    bargaining.asked_by = text(step.payload(), "by");
    bargaining.asked_at = field<Instant>(step.payload(), "delivered_at").value_or(step.at);
    bargaining.answered_at.reset();
    bargaining.accepted.reset();
    step.draft.meet("st.next", "chosen");
    step.data.next.clear();
    start_from(step, "cb.reply", *bargaining.asked_at);
}

// A request that is turned down goes to guidance and coordination by the authority (SH-CC 34).
void answer_bargaining(Step& step) {
    auto& bargaining = step.data.process.bargaining;
    bargaining.answered_at = field<Instant>(step.payload(), "at").value_or(step.at);
    bargaining.accepted = flag(step.payload(), "accepts");
    step.draft.meet("cb.reply", *bargaining.accepted ? "accepted" : "refused");
    if (*bargaining.accepted) {
        if (!step.data.process.representatives)
            start_from(step, "cb.reps", *bargaining.answered_at);
        return;
    }
    start_from(step, "cb.coord", *bargaining.answered_at);
    step.want_next = "bargaining_refused";
}

void call_congress(Step& step) {
    auto& congress = step.data.process.congress;
    const auto on = field<time::Date>(step.payload(), "on");
    congress.called_for = on;
    congress.topic = text(step.payload(), "topic");
    congress.papers_at = field<Instant>(step.payload(), "papers_at");
    if (!on) return;
    start_from(step, "cg.papers", step.draft.calendar().start_of(*on));
    if (congress.papers_at) step.draft.meet("cg.papers", "sent");
}

void hold_congress(Step& step) {
    const auto& payload = step.payload();
    auto& congress = step.data.process.congress;
    congress.held_on = field<time::Date>(payload, "on");
    congress.form = text(payload, "form");
    congress.delegates = number(payload, "delegates");
    congress.present = number(payload, "present");
    congress.topic = text(payload, "topic");
    congress.minutes = text(payload, "minutes");
    done(step, "congress");
    step.draft.meet("cg.papers", "held");
    if (congress.held_on)
        start_from(step, "cg.report", step.draft.calendar().start_of(*congress.held_on));
}

std::vector<Representative> people(const json::object& payload, std::string_view side) {
    std::vector<Representative> list;
    for (const json::object& each : objects(payload, side))
        list.push_back({each.at("name"), flag(each, "outside")});
    return list;
}

void elect_representatives(Step& step) {
    const auto& payload = step.payload();
    Representatives elected;
    elected.kind = text(payload, "kind");
    elected.on = field<time::Date>(payload, "on").value_or(step.today());
    elected.workers = people(payload, "workers");
    elected.employer = people(payload, "employer");
    elected.chiefs = object(payload, "chiefs");
    elected.method = text(payload, "method");
    step.data.process.representatives = std::move(elected);
    done(step, "elect");
    step.draft.meet("cb.reps", "named");
}

void record_bargaining(Step& step) {
    const auto& payload = step.payload();
    step.data.process.bargaining.minutes.push_back(
        {field<time::Date>(payload, "on").value_or(step.today()), text(payload, "minutes"),
         texts(payload, "agreed_points"), texts(payload, "open_points")});
}

void reach_agreement(Step& step) {
    const auto& payload = step.payload();
    Vote vote;
    vote.text = text(payload, "text");
    vote.form = text(payload, "form");
    vote.members = number(payload, "members");
    vote.present = number(payload, "present");
    vote.in_favour = number(payload, "for");
    vote.on = field<time::Date>(payload, "on").value_or(step.today());
    step.data.process.vote = std::move(vote);
    done(step, "bargain");
}

void reopen_bargaining(Step& step) {
    step.data.process.vote.reset();
    step.data.process.bargaining.reopened = text(step.payload(), "reason");
    std::erase(step.data.process.done, "bargain");
    if (Agreement* agreement = step.data.agreement();
        agreement != nullptr && step.moved(Region::pipeline)) {
        agreement->given_up = "reopened";
        for (const char* clock :
             {"agr.perform", "agr.arb_review", "agr.judicial_confirm", "cc.file"})
            step.draft.close(clock, "reopened");
    }
}

void skip_approved(Step& step) {
    const std::string& skipped = step.from[Region::process];
    step.data.process.skipped.push_back({skipped, text(step.payload(), "cause"),
                                         text(step.payload(), "request"), step.draft.by().value,
                                         step.at});
    step.draft.record("step_skipped",
                      {{"step", skipped}, {"cause", text(step.payload(), "cause")}});
    if (skipped == "congress") step.draft.close("cg.papers", "skipped");
}

constexpr Effect list[] = {{"request_bargaining", request_bargaining},
                           {"answer_bargaining", answer_bargaining},
                           {"call_congress", call_congress},
                           {"hold_congress", hold_congress},
                           {"elect_representatives", elect_representatives},
                           {"record_bargaining", record_bargaining},
                           {"reach_agreement", reach_agreement},
                           {"reopen_bargaining", reopen_bargaining},
                           {"skip_approved", skip_approved}};

}  // namespace

std::span<const Effect> process_effects() { return list; }

}  // namespace jinqiao::workflows::dispute
