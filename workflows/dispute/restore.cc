#include "workflows/dispute/restore.h"

namespace jinqiao::workflows::dispute {

void resurrect(Step& step) {
    model::Case& kase = step.kase();
    kase.open = true;
    kase.ended_at.reset();
    ++kase.epoch;
}

void restore_clocks(Step& step, std::string_view outcome) {
    for (model::Clock& clock : step.kase().clocks) {
        if (clock.open() || clock.cls != model::ClockClass::legal || clock.outcome != outcome)
            continue;
        clock.state = model::ClockState::running;
        clock.outcome.clear();
        clock.ended_at.reset();
        clock.late = false;
        clock.epoch = step.kase().epoch;
        clock.rung = clock.repeat = 0;
        clock.expired = clock.due.at <= step.draft.now();
        if (clock.expired) clock.state = model::ClockState::missed;
        step.draft.record("clock_restored",
                          {{"clock", clock.key()}, {"due_ms", time::to_ms(clock.due.at)}});
    }
}

}  // namespace jinqiao::workflows::dispute
