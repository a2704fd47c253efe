#include "engine/kernel/figures.h"

#include <algorithm>

#include "engine/kernel/workflow.h"

namespace jinqiao::engine::kernel {

using model::ClockState;
using model::Figures;

namespace {

const model::Clock* telling(const model::Case& kase, std::string_view name,
                            std::string_view subject) {
    const model::Clock* found = nullptr;
    for (const auto& clock : kase.clocks) {
        if (clock.name != name || clock.subject != subject) continue;
        if (clock.state == ClockState::met) return &clock;
        found = &clock;
    }
    return found;
}

Figures::Told told(const model::Case& kase, const model::Assignment& assignment) {
    Figures::Told out{assignment.addressee.id, assignment.told_at, assignment.delivered_at, {}};
    if (const auto* clock = telling(kase, "asg.sign", assignment.id.value))
        out.sign.due = clock->due.at;
    out.sign.at = assignment.signed_at;
    out.sign.over = !assignment.signed_at && (assignment.closed_at || !kase.open);
    return out;
}

void count_people(const model::Case& kase, Figures& figures) {
    for (const auto& assignment : kase.assignments) {
        using Kind = model::Addressee::Kind;
        if (assignment.task == "escalation")
            figures.escalations.push_back(
                {assignment.addressee.id, assignment.told_at, assignment.signed_at});
        else if (assignment.addressee.kind == Kind::department && assignment.needs_sign)
            figures.told.push_back(told(kase, assignment));
    }
}

}  // namespace

Figures::Step step_of(const model::Case& kase, std::string_view name, std::string_view subject) {
    Figures::Step step;
    const auto* clock = telling(kase, name, subject);
    if (clock == nullptr) return step;
    step.due = clock->due.at;
    if (clock->state == ClockState::met)
        step.at = clock->ended_at;
    else
        step.over = !clock->open();
    return step;
}

Figures figures_of(const model::Case& kase, const Workflow* workflow) {
    Figures figures;
    figures.workflow = kase.workflow;
    figures.grade = model::name(kase.grade.effective);
    if (!kase.open && !kase.regions.empty()) figures.end = kase.regions.front().state;
    figures.exercise = kase.exercise;
    figures.restricted = kase.confidentiality == model::Confidentiality::restricted;
    figures.part = std::any_of(kase.links.begin(), kase.links.end(),
                               [](const auto& link) { return link.kind == "parent"; });
    figures.filed_at = kase.filed_at;
    if (!kase.open) figures.ended_at = kase.ended_at;
    count_people(kase, figures);
    if (workflow != nullptr) workflow->count(kase, figures);
    return figures;
}

}  // namespace jinqiao::engine::kernel
