// Guards of closing, splitting, merging and reopening.
#include <algorithm>

#include "workflows/dispute/alert.h"
#include "workflows/dispute/guards.h"

namespace jinqiao::workflows::dispute {

namespace {

Reason visit(const Step& step) {
    const auto& visits = step.data.visits;
    const auto since = step.data.performed_at;
    const bool seen = std::any_of(visits.begin(), visits.end(),
                                  [&](const Visit& each) { return !since || each.at >= *since; });
    return seen ? Reason{} : refuse("G.visit");
}

Reason demands(const Step& step) {
    Texts open;
    for (const Demand& each : step.data.demands)
        if (each.answer.empty()) open.push_back(each.id);
    return open.empty() ? Reason{} : refuse("G.demands", {{"d", joined(open)}});
}

// ERL 61: nobody may make their own report disappear.
Reason notfiler(const Step& step) {
    const std::string person = step.person();
    if (!person.empty() && person == step.kase().filer.value) return refuse("G.notfiler");
    return {};
}

Reason split(const Step& step) {
    if (step.probing) return {};
    const auto workers = number(step.payload(), "workers");
    const auto all = read_alert(step.data).workers();
    if (workers >= 1 && workers < all) return {};
    return refuse("G.split", {{"workers", std::to_string(workers)}, {"all", std::to_string(all)}});
}

std::string unfit_target(const Step& step) {
    const auto& other = step.draft.context().facts->other;
    if (!other) return "unknown";
    if (other->id == step.kase().id) return "itself";
    if (other->workflow != step.kase().workflow) return "workflow";
    if (!other->open) return "ended";
    if (other->exercise != step.kase().exercise) return "exercise";
    // What was said in confidence is read by few here and by many there. The other way round it
    // goes.
    if (step.kase().confidentiality == model::Confidentiality::restricted) return "restricted";
    if (step.data.collective && !read_data(other->data).collective) return "collective";
    if (other->enterprise != step.kase().enterprise && text(step.payload(), "reason").empty())
        return "enterprise";
    return {};
}

Reason merge(const Step& step) {
    if (step.probing) return {};
    const std::string why = unfit_target(step);
    return why.empty() ? Reason{} : refuse("G.merge", {{"why", why}});
}

std::optional<Instant> after(const Step& step, Instant from, const std::string& budget) {
    const auto parsed = time::parse_budget(budget);
    if (!parsed) return {};
    return time::add(step.draft.calendar(), from, *parsed);
}

Reason window(const Step& step) {
    const bool unmerge = step.event == "unmerge";
    const auto ended = unmerge && step.data.before_merge
                           ? step.data.before_merge->at
                           : step.kase().ended_at.value_or(step.kase().filed_at);
    const auto& budget = unmerge ? step.params.unmerge_window : step.params.reopen_window;
    auto until = after(step, ended, budget);
    if (!unmerge && (step.probing || text(step.payload(), "cause") == "breach"))
        until = std::max(until.value_or(ended), breach_window(step));
    if (until && step.draft.now() < *until) return {};
    return refuse("G.window");
}

constexpr Guard list[] = {{"G.visit", visit}, {"G.demands", demands}, {"G.notfiler", notfiler},
                          {"G.split", split}, {"G.merge", merge},     {"G.window", window}};

std::optional<Instant> end_of_rule(const Step& step, std::string_view clock, Instant from) {
    const auto* rule = step.draft.policy().clock(clock);
    if (rule == nullptr) return {};
    const auto& budget = rule->budget[static_cast<std::size_t>(step.kase().grade.effective)];
    if (!budget) return {};
    return time::due(step.draft.calendar(), {*budget, {}, rule->backward, rule->roll}, from).at;
}

}  // namespace

// A confirmed agreement can be enforced for two years from its last instalment (CPL 250); for any
// other the limitation runs again from the breach, so at the latest from the last date agreed.
Instant breach_window(const Step& step) {
    const Agreement* agreement = step.data.agreement();
    if (agreement == nullptr || !agreement->effective_at) return {};
    Instant last = *agreement->effective_at;
    for (const Instalment& each : agreement->instalments)
        last = std::max(last, step.draft.calendar().start_of(each.due));
    const auto name = agreement->confirmed() ? "enforce" : "arb.limit";
    return end_of_rule(step, name, last).value_or(last);
}

std::span<const Guard> end_guards() { return list; }

}  // namespace jinqiao::workflows::dispute
