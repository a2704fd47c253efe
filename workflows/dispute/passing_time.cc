// Facts that change by time alone. Nobody reports that a stoppage has lasted for a day; the next
// number of hours at which a rule may answer otherwise has a clock of its own.
#include <algorithm>

#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

constexpr std::string_view clock_name = "fact.stoppage";
constexpr std::string_view fact = "stoppage_hours";

std::vector<std::int64_t> turns(const policy::Policy& policy) {
    std::vector<std::int64_t> hours;
    for (const auto& rule : policy.grading.rules) policy::collect_turns(rule.when, fact, hours);
    for (const auto& route : policy.routing.routes)
        if (route.when) policy::collect_turns(*route.when, fact, hours);
    for (const auto& ladder : policy.ladders)
        if (ladder.when) policy::collect_turns(*ladder.when, fact, hours);
    return hours;
}

// The fact is that of the first stoppage that goes on (facts.cc).
std::optional<Instant> next_turn(const Step& step) {
    const auto& all = step.data.behaviours;
    const auto found = std::find_if(all.begin(), all.end(), [](const Behaviour& each) {
        return each.code == "stoppage" && each.going_on() && each.started;
    });
    if (found == all.end()) return {};
    std::optional<Instant> next;
    for (const auto hours : turns(step.draft.policy())) {
        const auto at = *found->started + std::chrono::hours{hours};
        if (at > step.draft.now() && (!next || at < *next)) next = at;
    }
    return next;
}

}  // namespace

void arm_passing_time(Step& step) {
    const auto wanted = next_turn(step);
    const auto* clock = step.kase().clock(clock_name);
    const bool running = clock != nullptr && clock->open();
    if (!wanted) {
        if (running) step.draft.close(clock_name, "over");
        return;
    }
    if (running && clock->due.at == *wanted) return;
    step.draft.start(clock_name, {.from = step.draft.now(), .target = wanted});
}

}  // namespace jinqiao::workflows::dispute
