// Filing, taking, verifying: the stage warn (预警).
#include <algorithm>

#include "workflows/dispute/alert.h"
#include "workflows/dispute/effects.h"
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

void sync_missing(Step& step) {
    const auto missing = missing_fields(step.data, step.params);
    if (missing.empty())
        step.draft.meet("complete_report", "complete");
    else if (step.event == "file")
        start_from(step, "complete_report", step.kase().filed_at);
}

bool within(const Step& step, const kernel::EarlierCase& earlier) {
    const auto window = time::parse_budget(step.params.second_incident_window);
    return !earlier.child && earlier.exercise == step.kase().exercise && window &&
           time::add(step.draft.calendar(), earlier.filed_at, *window) > step.draft.now();
}

// An open earlier case of the enterprise is told, and merging proposed (2.3).
void tell_open_one(Step& step, const kernel::EarlierCase& earlier) {
    model::Command command;
    command.target = earlier.id;
    command.name = "second_incident";
    command.payload = {{"case", step.kase().id.value}};
    step.draft.follow_up(std::move(command));
}

void look_back(Step& step) {
    const auto& earlier = step.draft.context().facts->earlier;
    const auto own = read_alert(step.data).workers();
    const std::string cause = read_alert(step.data).event.cause;
    std::int64_t individual = step.data.collective ? 0 : own;
    for (const auto& each : earlier) {
        if (each.id == step.kase().id || !within(step, each)) continue;
        step.data.second_incident = true;
        step.draft.link("earlier_incident", each.id);
        if (each.open) tell_open_one(step, each);
        if (each.open && !each.collective && !cause.empty() && each.cause == cause)
            individual += each.workers;
    }
    const bool sum_needed = individual > own && own < step.params.collective_threshold;
    if (!sum_needed || individual < step.params.collective_threshold) return;
    for (const auto& each : earlier) {
        if (!each.open || each.collective || each.cause != cause || !within(step, each)) continue;
        model::Command command;
        command.target = each.id;
        command.name = "common_claim_detected";
        command.payload = {{"case", step.kase().id.value}, {"workers", individual}};
        step.draft.follow_up(std::move(command));
    }
    find(step, "common_claim", std::to_string(individual), step.at);
    step.draft.tell("common_claim_detected", {{"workers", individual}});
}

void add_parties(Step& step) {
    const Alert alert = read_alert(step.data);
    step.data.parties.push_back({"employer", alert.enterprise.name, 0, ""});
    step.data.parties.push_back({"workers", "", alert.workers(), ""});
}

model::PostId duty_post(const Step& step) {
    const auto& offers = step.draft.policy().offers;
    const auto found = offers.find("reported");
    return found == offers.end() ? step.draft.directory().fallback : found->second;
}

void file(Step& step) {
    take_over(step.data, step.payload(), step.kase().noticed_at);
    step.data.receipt = step.draft.command().actor.has("anonymous");
    add_parties(step);
    look_back(step);
    step.save();
    // Clocks need the grade, and the owner must be known before anybody is told.
    step.draft.own(duty_post(step), {}, "filed");
    step.draft.regrade();
    step.draft.tell("filed");
    step.at = step.kase().filed_at;
    sync_missing(step);
    sync_layoff(step);
}

// The actor's post: the owner's if held, else the first one held. Who holds none acts for the
// owner.
model::PostId post_of(const Step& step) {
    const auto& directory = step.draft.directory();
    const model::PersonId& person = step.draft.by();
    const auto& owner = step.kase().owner.post;
    if (person.empty() || directory.holds(person, owner, step.draft.now())) return owner;
    const auto posts = directory.posts_of(person, step.draft.now());
    return posts.empty() ? owner : posts.front();
}

void acknowledge(Step& step) {
    step.save();
    step.draft.withdraw_offer("void");
    step.draft.own(post_of(step), step.draft.by(), "acknowledged");
    step.data.acknowledged_post = step.kase().owner.post.value;
}

void dispatch(Step& step) {
    step.data.site.commissioner = text(step.payload(), "person");
    step.data.site.eta = field<Instant>(step.payload(), "eta");
    step.data.site.dispatched_at = step.at;
    step.draft.meet("st.dispatch", "sent");
    step.save();
    step.draft.tell("commissioner_sent", {}, {"commissioner"});
}

void arrive(Step& step) {
    step.data.site.arrived_at = step.at;
    step.data.site.heads = number(step.payload(), "heads_now");
    step.data.site.mood = text(step.payload(), "mood");
    step.draft.meet("st.dispatch", "arrived");
    step.draft.meet("st.on_site", "arrived");
}

// take_facts() has taken the payload over before the machine asked.
void update_facts(Step& step) {
    step.draft.facts_changed();
    sync_missing(step);
    sync_layoff(step);
}

void confirm_facts(Step& step) {
    step.draft.meet("st.verify", "confirmed");
    step.draft.facts_changed();
    sync_layoff(step);
}

void report_up(Step& step) {
    const std::string kind = text(step.payload(), "kind");
    step.data.reports.push_back({kind, text(step.payload(), "text"), step.person(), step.at});
    // A long case reports every few hours; all of them are in the history, and the snapshot, which
    // is rewritten at every step, keeps the first and the latest.
    constexpr std::size_t kept = 12;
    if (step.data.reports.size() > kept) step.data.reports.erase(step.data.reports.begin() + 1);
    step.data.report_since = step.at;
    step.draft.meet("rep.first", "sent");
    step.draft.meet("rep.follow", "sent");
    if (kind == "final") step.draft.meet("rep.final", "sent");
    if (step.data.process.congress.held_on) {
        step.data.process.congress.reported = true;
        step.draft.meet("cg.report", "sent");
    }
    step.save();
    step.draft.tell("report_sent", {{"kind", kind}});
}

void second_incident(Step& step) {
    const model::CaseId other{text(step.payload(), "case")};
    step.draft.link("related", other);
    find(step, "second_incident", other.value, step.at);
    step.draft.tell("second_incident", {{"case", other.value}});
}

void common_claim(Step& step) {
    const model::CaseId other{text(step.payload(), "case")};
    step.draft.link("related", other);
    find(step, "common_claim", other.value, step.at);
    step.draft.tell("common_claim_detected", {{"workers", number(step.payload(), "workers")}});
}

void add_note(Step& step) {
    Note note{text(step.payload(), "text"), step.person(), step.at};
    auto& notes = flag(step.payload(), "private") ? step.data.private_notes : step.data.notes;
    notes.push_back(std::move(note));
}

void facts_regraded(Step&) {}

constexpr Effect list[] = {{"file", file},
                           {"acknowledge", acknowledge},
                           {"dispatch", dispatch},
                           {"arrive", arrive},
                           {"update_facts", update_facts},
                           {"confirm_facts", confirm_facts},
                           {"report_up", report_up},
                           {"second_incident", second_incident},
                           {"common_claim_detected", common_claim},
                           {"facts_regraded", facts_regraded},
                           {"add_note", add_note}};

void take_confirmation(Step& step) {
    const auto& payload = step.payload();
    Verification& facts = step.data.facts;
    facts.types = texts(payload, "types");
    facts.common_claim = text(payload, "common_claim");
    if (const auto in_scope = field<bool>(payload, "in_scope")) facts.in_scope = in_scope;
    facts.rights_claim = flag(payload, "rights_claim");
    facts.by = step.person();
    facts.at = step.at;
    if (flag(payload, "collective")) step.data.collective = true;
}

}  // namespace

std::span<const Effect> warn_effects() { return list; }

void take_facts(Step& step) {
    if (step.event == "update_facts") take_over(step.data, step.payload(), step.at);
    if (step.event == "confirm_facts") take_confirmation(step);
    if (step.event == "update_facts" || step.event == "confirm_facts")
        see_collective(step.data, step.params);
}

}  // namespace jinqiao::workflows::dispute
