#include "workflows/dispute/task_force.h"

#include "workflows/dispute/effects.h"
#include "workflows/dispute/guards.h"
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

void order(Step& step) {
    form_task_force(step, "ordered");
    step.load();
}

void review(Step& step) {
    TaskForce& force = *step.data.task_force;
    ++force.reviews;
    force.reviewed_at = step.at;
    force.finding = text(step.payload(), "finding");
    step.draft.record("task_force_reviewed", {{"reviews", force.reviews}});
    step.draft.meet("st.review", "reviewed");
    start_from(step, "st.review", step.draft.now());
}

void dissolve(Step& step) {
    for (Approval& each : step.data.approvals)
        if (!each.used && each.action == step.event && each.payload == step.payload()) {
            each.used = true;
            break;
        }
    end_task_force(step, "dissolved");
    step.save();
    step.draft.tell("task_force_dissolved");
}

constexpr Effect list[] = {
    {"order_task_force", order}, {"review_task_force", review}, {"dissolve_task_force", dissolve}};

Reason force(const Step& step) { return has_task_force(step.data) ? Reason{} : refuse("G.force"); }

// A post that leads it is named, and it is not at work already.
Reason unforced(const Step& step) {
    if (!step.draft.policy().task_force) return refuse("G.unforced", {{"why", "no_post"}});
    return has_task_force(step.data) ? refuse("G.unforced", {{"why", "formed"}}) : Reason{};
}

constexpr Guard guards[] = {{"G.force", force}, {"G.unforced", unforced}};

}  // namespace

std::span<const Effect> task_force_effects() { return list; }
std::span<const Guard> task_force_guards() { return guards; }

bool has_task_force(const Data& data) { return data.task_force && !data.task_force->dissolved_at; }

void form_task_force(Step& step, std::string_view why) {
    const auto& rule = step.draft.policy().task_force;
    if (!rule || !step.kase().open || has_task_force(step.data)) return;
    step.data.task_force =
        TaskForce{rule->post.value, std::string(why), step.draft.now(), {}, {}, 0, {}};
    step.draft.record("task_force_formed", {{"why", why}, {"post", rule->post.value}});
    start_from(step, "st.review", step.draft.now());
    if (suspended(step.to)) step.draft.suspend_clocks("suspended");
    step.save();
    step.draft.tell("task_force_formed", {{"why", why}}, {rule->post.value});
}

void see_escalations(kernel::Draft& draft) {
    const auto& rule = draft.policy().task_force;
    if (!rule || !draft.kase.open) return;
    const int most = rule->escalations[static_cast<std::size_t>(draft.kase.grade.effective)];
    if (most == 0 || draft.kase.escalations < most) return;
    Step step(draft);
    form_task_force(step, "escalations");
}

void end_task_force(Step& step, std::string_view why) {
    if (!has_task_force(step.data)) return;
    step.data.task_force->dissolved_at = step.at;
    step.draft.close("st.review", why);
    step.draft.record("task_force_ended", {{"why", why}});
    step.kase().escalations = 0;  // what was escalated before has been dealt with
}

}  // namespace jinqiao::workflows::dispute
