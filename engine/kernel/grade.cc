// The words of Draft that deal with the grade: assessed by rules, raised by hand or ladder,
// lowered only by an approved request.
#include <algorithm>

#include "engine/kernel/draft.h"
#include "engine/kernel/workflow.h"

namespace jinqiao::engine::kernel {

using model::ClockState;
using model::GradeLevel;

void Draft::regrade() {
    regrade_ = false;
    auto& grade = kase.grade;
    const auto assessment = policy::assess(policy().grading, context_.workflow->facts(kase, now()),
                                           calendar().local_date(now()));
    if (assessment.level != grade.computed || assessment.reasons != grade.reasons)
        record("graded", {{"computed", model::name(assessment.level)}});
    grade.computed = assessment.level;
    grade.reasons = assessment.reasons;
    if (grade.granted && grade.computed > grade.granted_on.value_or(GradeLevel::blue)) {
        grade.granted.reset();  // a rise voids what was granted on less
        grade.granted_on.reset();
        record("grant_lapsed", {{"computed", model::name(grade.computed)}});
    }
    const auto wanted =
        std::max(grade.granted.value_or(grade.computed), grade.floor.value_or(GradeLevel::blue));
    if (wanted > grade.effective || before_.seq == 0) set_effective(wanted, "rules");
    if (kase.open) route();
}

void Draft::raise_grade(GradeLevel to, std::string_view why) {
    kase.grade.floor = std::max(kase.grade.floor.value_or(to), to);
    kase.grade.granted.reset();
    kase.grade.granted_on.reset();
    if (to > kase.grade.effective) set_effective(to, why);
    if (kase.open) route();
}

void Draft::grant_grade(GradeLevel to) {
    kase.grade.granted = to;
    kase.grade.granted_on = kase.grade.computed;
    kase.grade.floor.reset();
    if (to != kase.grade.effective) set_effective(to, "granted");
}

void Draft::set_effective(GradeLevel level, std::string_view why) {
    const auto old = kase.grade.effective;
    kase.grade.effective = level;
    if (old == level) return;
    if (before_.seq == 0) return recompute_for_grade();  // a clock may have been started first
    const bool raised = level > old;
    record(raised ? "grade_raised" : "grade_lowered",
           {{"from", model::name(old)}, {"to", model::name(level)}, {"why", why}});
    recompute_for_grade();
    tell(raised ? "grade_raised" : "grade_lowered", {{"from", model::name(old)}});
    context_.workflow->regraded(*this, old);
}

// Stage clocks keep their original start; only the budget is another (I9: legal ones stay).
void Draft::recompute_for_grade() {
    for (std::size_t i = 0; i < kase.clocks.size(); ++i) {
        auto& clock = kase.clocks[i];
        if (!clock.open() || clock.cls != model::ClockClass::stage || clock.by_date) continue;
        if (clock.own_budget) continue;  // agreed or ordered for this one, whatever the grade
        const auto* rule = policy().clock(clock.name);
        if (!rule) continue;
        const auto& budget = rule->budget[static_cast<std::size_t>(kase.grade.effective)];
        if (!budget) {
            finish(clock, ClockState::closed, "not needed at this grade");
            continue;
        }
        if (*budget == clock.rule.budget) continue;
        std::erase_if(clock.rule.extensions, [&](const time::Budget& extension) {
            return !time::compatible(*budget, extension);
        });
        clock.rule.budget = *budget;
        // The ladder of the new grade starts over under a new epoch, so no rung key repeats.
        ++clock.epoch;
        clock.rung = clock.repeat = 0;
        clock.rung_at.reset();
        clock.quiet_until.reset();  // what was acknowledged was another urgency
        rederive(clock, "grade");
    }
}

// The clocks go on from where they started; what the new policy does not know, or has no time for
// at this grade, runs as it was begun. So does a legal period: it is that of the law under which it
// began, and no configuration moves its due (I9). A rung that has not run yet comes when the new
// ladder says.
void Draft::policy_changed() {
    for (auto& clock : kase.clocks) {
        if (clock.open() && clock.repeat == 0) clock.rung_at.reset();
        const auto* rule = policy().clock(clock.name);
        if (!clock.open() || !rule || clock.cls != model::ClockClass::stage) continue;
        clock.suspendable = rule->suspendable;
        clock.source = rule->source;
        const auto& budget = rule->budget[static_cast<std::size_t>(kase.grade.effective)];
        if (clock.by_date || clock.own_budget || !budget) continue;
        if (*budget == clock.rule.budget && rule->roll == clock.rule.roll) continue;
        std::erase_if(clock.rule.extensions, [&](const time::Budget& extension) {
            return !time::compatible(*budget, extension);
        });
        clock.rule.budget = *budget;
        clock.rule.roll = rule->roll;
        rederive(clock, "policy");
    }
}

}  // namespace jinqiao::engine::kernel
