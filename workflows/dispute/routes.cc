// Routing conditions R.*: they choose a target and never refuse.
#include <algorithm>

#include "workflows/dispute/alert.h"
#include "workflows/dispute/guards.h"

namespace jinqiao::workflows::dispute {

namespace {

using Route = bool (*)(const Step& step);

// Nobody is left in danger by an exercise that is called off, and no facts are there to confirm.
bool done(const Step& step) {
    return step.kase().exercise || (facts_confirmed(step.data) && calm(step.data, step.params));
}

bool part(const Step& step) { return part_of(step).has_value(); }

bool mandate(const Step& step) {
    return !step.data.collective || step.kase().exercise ||
           !text(step.payload(), "mandate").empty();
}

bool waived(const Step& step) { return !text(step.payload(), "waiver").empty(); }

bool is_effective(const Step& step) {
    const Agreement* agreement = step.data.agreement();
    return agreement != nullptr && agreement->effective_at.has_value();
}

bool of_confirmation(const Step& step) { return text(step.payload(), "of") == "confirmation"; }

bool of_mediation(const Step& step) {
    const auto of = text(step.payload(), "of");
    return of.empty() || of == "mediation";
}

bool collective(const Step& step) { return step.data.collective; }

bool is_calm(const Step& step) { return calm(step.data, step.params); }

bool red(const Step& step) {
    if (step.event == "raise_grade") return text(step.payload(), "to") == "red";
    return assessed(step) == model::GradeLevel::red;
}

bool breach(const Step& step) {
    const Agreement* agreement = step.data.agreement();
    return agreement != nullptr && agreement->breached();
}

bool applied(const Step& step) {
    const Agreement* agreement = step.data.agreement();
    return agreement != nullptr && agreement->pending() != nullptr;
}

// SH-CC 8: without a deal the mandate of bargaining representatives ends after six months.
bool stale(const Step& step) {
    const auto& elected = step.data.process.representatives;
    if (!elected) return false;
    const auto& calendar = step.draft.calendar();
    const time::Budget mandate{step.params.mandate_months, time::Unit::months};
    return time::add(calendar, calendar.start_of(elected->on), mandate) <= step.draft.now();
}

bool final_report(const Step& step) {
    return step.probing || text(step.payload(), "kind") == "final";
}

bool offeree(const Step& step) {
    const auto& offer = step.kase().offer;
    return offer && offer->person.value == text(step.payload(), "person");
}

bool last(const Step& step, std::string_view state) {
    return (step.data.last_c.empty() ? "verifying" : step.data.last_c) == state;
}

bool before(const Step& step, std::string_view state) {
    const auto& stored = step.data.before_merge;
    return stored &&
           (stored->pipeline == state || stored->process == state || stored->mediation == state);
}

std::string result_target(std::string_view result) {
    if (result == "accepted" || result == "extended") return "confirming";
    if (result == "void" || result == "hr_objection") return "agreement";
    return "performing";
}

std::string reopen_target(const Step& step) {
    const auto cause = text(step.payload(), "cause");
    if (cause == "breach") return "performing";
    if (cause == "sent_back" && !step.data.last_c.empty()) return step.data.last_c;
    return "verifying";
}

// Undoing a merge takes the source's application away; what the target had before stands again.
std::string released_target(const Step& step) {
    const Application* current = step.data.application();
    const auto source = text(step.payload(), "source");
    if (current == nullptr || current->from_case != source) return {};
    const bool own = std::any_of(step.data.applications.begin(), step.data.applications.end(),
                                 [&](const Application& each) { return each.from_case != source; });
    return own ? "ended" : "none";
}

std::string target(const Step& step) {
    const auto& payload = step.payload();
    if (step.event == "record_confirmation") return result_target(text(payload, "result"));
    if (step.event == "reopen") return reopen_target(step);
    if (step.event == "open_coordination") return text(payload, "tier");
    if (step.event == "absorbed") return text(payload, "mediation");
    if (step.event == "released") return released_target(step);
    return text(payload, "to");
}

bool leads_to(const Step& step, std::string_view state) {
    return step.probing || target(step) == state;
}

constexpr std::pair<std::string_view, Route> plain[] = {{"R.done", done},
                                                        {"R.part", part},
                                                        {"R.mandate", mandate},
                                                        {"R.waived", waived},
                                                        {"R.effective", is_effective},
                                                        {"R.confirmation", of_confirmation},
                                                        {"R.mediation", of_mediation},
                                                        {"R.collective", collective},
                                                        {"R.calm", is_calm},
                                                        {"R.red", red},
                                                        {"R.breach", breach},
                                                        {"R.applied", applied},
                                                        {"R.stale", stale},
                                                        {"R.final", final_report},
                                                        {"R.offeree", offeree}};

constexpr std::pair<std::string_view, bool (*)(const Step&, std::string_view)> of_state[] = {
    {"R.last(", last}, {"R.before(", before}, {"R.to(", leads_to}};

}  // namespace

bool route_holds(const Step& step, std::string_view id) {
    for (const auto& [name, holds] : plain)
        if (name == id) return holds(step);
    for (const auto& [prefix, holds] : of_state)
        if (id.starts_with(prefix))
            return holds(step, id.substr(prefix.size(), id.size() - prefix.size() - 1));
    return false;
}

// Scope missing means the whole, but one worker of a collective case speaks for one (3.3).
std::optional<std::int64_t> part_of(const Step& step) {
    const auto& payload = step.payload();
    const auto scope = text(payload, "scope");
    const bool one_of_many =
        scope.empty() && step.data.collective && text(payload, "by") == "workers";
    if (scope != "part" && !one_of_many) return {};
    const auto workers = std::max<std::int64_t>(number(payload, "workers"), 1);
    const auto all = read_alert(step.data).workers();
    if (all > 0 && workers >= all) return {};
    return workers;
}

}  // namespace jinqiao::workflows::dispute
