#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/clock.h"
#include "engine/model/grade.h"
#include "engine/policy/condition.h"
#include "engine/time/calendar.h"

namespace jinqiao::engine::policy {

// When a rung runs, relative to its clock:
//   "50 %" of the way from start to due · "due" · "due - 1 N" · "due + 30 min" · "start + 2 h"
struct Moment {
    enum class Base { share, start, due } base = Base::due;
    int percent = 0;  // for share
    std::optional<time::Budget> offset;
    bool before = false;  // offset is taken off instead of added
};

enum class StepKind {
    remind,     // the same addressee again
    inform,     // someone higher, who signs for it
    hand_over,  // a forced offer down the deputies; the fallback desk accepts by implication
    raise,      // one grade or tier up
};

struct Rung {
    std::string name;
    Moment at;
    StepKind step = StepKind::remind;
    std::vector<std::string> to;        // audience words, see Audience in kernel/audience.h
    std::optional<time::Budget> every;  // repeat until the condition ends
    int most = 0;                       // 0: no limit
    std::string raise;                  // "grade" or "tier"
};

struct Ladder {
    std::string name;
    std::string clock;                      // clock name in the policy
    std::vector<std::string> states;        // of the first region; empty: any
    std::vector<model::GradeLevel> grades;  // empty: any
    std::optional<Condition> when;      // of the case's facts and the words of the clock's start
    std::vector<Rung> rungs;            // in order of time
    std::optional<time::Budget> quiet;  // how long a signed-for escalation keeps it quiet
};

// Whether a condition holds of the case at hand. Asked only for ladders that fit otherwise.
using Holds = std::function<bool(const Condition&)>;

// The first ladder whose clock, state, grade and condition fit; null if the clock has none.
// Without `holds` a ladder that asks for something is passed over.
const Ladder* ladder_for(const std::vector<Ladder>& ladders, std::string_view clock,
                         std::string_view state, model::GradeLevel grade, const Holds& holds = {});

// The instant at which a rung runs for a clock. Never before the clock's start.
time::Instant moment_of(const Moment& moment, const model::Clock& clock,
                        const time::Calendar& calendar);

std::string_view name(StepKind kind);

}  // namespace jinqiao::engine::policy
