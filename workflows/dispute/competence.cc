// Who is competent for a task that came back: the owner says so, after too many returns the lead
// department rules.
#include <algorithm>

#include "engine/kernel/sign_for.h"
#include "workflows/dispute/effects.h"
#include "workflows/dispute/guards.h"

namespace jinqiao::workflows::dispute {

namespace {

model::Assignment* returned(const Step& step) {
    return const_cast<Step&>(step).kase().assignment(
        model::AssignmentId{text(step.payload(), "assignment")});
}

// A department, else a post.
std::optional<model::Addressee> named(const Step& step) {
    const auto to = text(step.payload(), "to");
    const auto& directory = step.draft.directory();
    if (directory.departments.contains(model::DepartmentId{to}))
        return model::Addressee{model::Addressee::Kind::department, to};
    if (directory.posts.contains(model::PostId{to}))
        return model::Addressee{model::Addressee::Kind::post, to};
    return {};
}

bool any_returned(const Step& step, bool ruling) {
    const auto& kase = step.kase();
    return std::any_of(kase.assignments.begin(), kase.assignments.end(),
                       [&](const model::Assignment& each) {
                           return kernel::waits_for_decision(kase, each) &&
                                  kernel::needs_ruling(step.draft.policy().routing, each) == ruling;
                       });
}

// There is a task that came back, and it is this one's turn to be given on in this way.
Reason give_on(const Step& step, bool ruling) {
    const char* none = ruling ? "no_ruling" : "not_returned";
    if (step.probing)
        return any_returned(step, ruling) ? Reason{} : refuse("G.returned", {{"why", none}});
    const auto* task = returned(step);
    if (task == nullptr || !kernel::waits_for_decision(step.kase(), *task))
        return refuse("G.returned", {{"why", "not_returned"}});
    const bool ruled = kernel::needs_ruling(step.draft.policy().routing, *task);
    if (ruled != ruling) return refuse("G.returned", {{"why", ruled ? "for_lead" : "for_owner"}});
    const auto to = named(step);
    if (!to) return refuse("G.returned", {{"why", "unknown"}});
    // Who has just said no is not asked again by the owner; a ruling may find otherwise.
    if (!ruling && *to == task->addressee)
        return refuse("G.returned", {{"why", "same_department"}});
    return {};
}

Reason may_give_on(const Step& step) { return give_on(step, step.event == "rule_competence"); }

// The lead department's own account, or whoever acts for its desk; without one the fallback desk.
Reason lead(const Step& step) {
    const auto& directory = step.draft.directory();
    const auto& routing = step.draft.policy().routing;
    const auto& actor = step.draft.command().actor;
    auto desk = directory.fallback;
    if (const auto found = directory.departments.find(model::DepartmentId{routing.lead});
        found != directory.departments.end()) {
        if (actor.department.value == routing.lead) return {};
        desk = found->second.desk;
    }
    return directory.acts_for(actor.person, desk, step.draft.now()) ? Reason{} : refuse("G.lead");
}

constexpr Guard guards[] = {{"G.returned", may_give_on}, {"G.lead", lead}};

void give(Step& step, bool ruled) {
    auto* task = returned(step);
    const auto to = named(step);
    if (task == nullptr || !to) return;
    step.save();
    step.draft.retask(*task, *to, ruled);
}

void reassign_task(Step& step) { give(step, false); }
void rule_competence(Step& step) { give(step, true); }

constexpr Effect list[] = {{"reassign_task", reassign_task}, {"rule_competence", rule_competence}};

}  // namespace

std::span<const Effect> competence_effects() { return list; }
std::span<const Guard> competence_guards() { return guards; }

}  // namespace jinqiao::workflows::dispute
