#include "engine/policy/grading.h"

#include <algorithm>

namespace jinqiao::engine::policy {

using model::GradeLevel;

namespace {

GradeLevel lifted(GradeLevel level, int steps) {
    return static_cast<GradeLevel>(std::min(static_cast<int>(level) + steps, 3));
}

const SpecialPeriod* period_on(const GradingRules& rules, time::Date today) {
    for (const auto& period : rules.periods)
        if (period.from <= today && today <= period.to) return &period;
    return nullptr;
}

}  // namespace

Assessment assess(const GradingRules& rules, const boost::json::object& facts, time::Date today) {
    Assessment out;
    out.level = rules.lowest;
    int steps = 0;
    for (const auto& rule : rules.rules) {
        if (!holds(rule.when, facts)) continue;
        out.reasons.push_back({rule.id, rule.text});
        if (rule.at_least) out.level = std::max(out.level, *rule.at_least);
        if (rule.at_least && rule.holds_floor)
            out.floor = std::max(out.floor.value_or(GradeLevel::blue), *rule.at_least);
        steps += rule.steps;
    }
    if (const auto* period = period_on(rules, today)) {
        out.reasons.push_back({period->id, period->text});
        steps += period->steps;
    }
    out.level = lifted(out.level, steps);
    return out;
}

}  // namespace jinqiao::engine::policy
