#include "engine/policy/ladder.h"

#include <algorithm>

namespace jinqiao::engine::policy {

namespace {

template <class List, class Value>
bool listed(const List& list, const Value& value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

const Ladder* ladder_for(const std::vector<Ladder>& ladders, std::string_view clock,
                         std::string_view state, model::GradeLevel grade, const Holds& holds) {
    for (const auto& ladder : ladders)
        if (ladder.clock == clock && listed(ladder.states, state) && listed(ladder.grades, grade) &&
            (!ladder.when || (holds && holds(*ladder.when))))
            return &ladder;
    return nullptr;
}

time::Instant moment_of(const Moment& moment, const model::Clock& clock,
                        const time::Calendar& calendar) {
    const auto due = clock.due.at;
    // Counted back from an event ahead: `from` lies behind the due, there is no way between them.
    const auto earliest = clock.rule.backward ? time::Instant::min() : clock.from;
    if (moment.base == Moment::Base::share && clock.rule.backward) return due;
    if (moment.base == Moment::Base::share) {
        const auto span = due - clock.from;
        return std::max(clock.from, clock.from + span * moment.percent / 100);
    }
    const auto base = moment.base == Moment::Base::due ? due : clock.from;
    if (!moment.offset) return base;
    const auto at = moment.before ? time::ahead_of(calendar, base, *moment.offset)
                                  : time::add(calendar, base, *moment.offset);
    return std::max(earliest, at);
}

std::string_view name(StepKind kind) {
    switch (kind) {
        case StepKind::remind:
            return "remind";
        case StepKind::inform:
            return "inform";
        case StepKind::hand_over:
            return "hand_over";
        case StepKind::raise:
            return "raise";
    }
    return {};
}

}  // namespace jinqiao::engine::policy
