// The three steps and the lay-off procedure: clocks that stop or begin as steps are done.
#include "workflows/dispute/alert.h"
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

constexpr std::string_view process_clocks[] = {"cg.papers", "cg.report", "cb.reply", "cb.reps",
                                               "cb.coord"};

bool is_exit(std::string_view event) {
    return event == "party_refused" || event == "party_went_to_arbitration" || event == "withdraw";
}

// Economic lay-off: 20 workers, or fewer but a tenth of the staff (LCL 41).
bool reaches_mark(const Step& step) {
    const Alert alert = read_alert(step.data);
    const auto& mark = step.params.layoff;
    if (alert.workers() >= mark.workers) return true;
    const auto staff = alert.enterprise.staff.value_or(0);
    return staff > 0 && alert.workers() * 100 >= mark.percent * staff;
}

const model::Clock* explain_clock(const Step& step) {
    const model::Clock* clock = step.kase().clock("lay.explain");
    return clock != nullptr && clock->open() ? clock : nullptr;
}

void explained(Step& step) {
    step.draft.meet("lay.explain", "explained");
    const auto notice = time::parse_budget(step.params.layoff_notice);
    if (!notice || step.data.layoff.first_lawful_day) return;
    const auto& calendar = step.draft.calendar();
    const auto from = calendar.start_of(*step.data.layoff.explained_on);
    // The end of the last day is stored as the start of the next: that next day is one too late.
    const auto last = time::add(calendar, from, *notice) - std::chrono::milliseconds{1};
    step.data.layoff.first_lawful_day = calendar.local_date(last);
    step.draft.record("layoff_first_lawful_day",
                      {{"on", engine::time::to_string(*step.data.layoff.first_lawful_day)}});
}

}  // namespace

void settle_process(Step& step) {
    const std::string& state = step.to[Region::process];
    if (step.moved(Region::process)) {
        if (state == "agreed")
            for (const char* clock : {"cb.reply", "cb.reps", "cb.coord"})
                step.draft.meet(clock, "agreed");
        if (step.left(Region::process, "congress")) step.draft.close("cg.papers", "held");
    }
    // 3.3: refusing one does not end the other, so bargaining goes on while the case stays in C.
    if (is_exit(step.event) && !is_tier(step.pipeline()))
        for (const std::string_view clock : process_clocks) step.draft.close(clock, "exit");
}

void sync_layoff(Step& step) {
    const Layoff& layoff = step.data.layoff;
    if (layoff.explained_on) return explained(step);
    if (!layoff.planned_for || !reaches_mark(step)) return;
    const Instant event = step.draft.calendar().start_of(*layoff.planned_for);
    if (const auto* clock = explain_clock(step)) {
        if (clock->from == event) return;
        step.draft.close("lay.explain", "moved");
    } else if (const auto* known = step.kase().clock("lay.explain");
               known && known->from == event) {
        return;
    }
    start_from(step, "lay.explain", event);
}

}  // namespace jinqiao::workflows::dispute
