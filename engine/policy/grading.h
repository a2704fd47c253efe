#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/grade.h"
#include "engine/policy/condition.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::policy {

struct GradingRule {
    std::string id;
    model::Text text;  // shown to people as "why this grade"
    Condition when;
    std::optional<model::GradeLevel> at_least;  // lift to at least this
    int steps = 0;                              // lift by this many after all `at_least` rules
    bool holds_floor = false;  // while it holds, no lowering below its level (G.floor)
    std::string source;
};

// Dates on which everything starts one grade higher (因时). Inclusive local dates.
struct SpecialPeriod {
    std::string id;
    model::Text text;
    time::Date from, to;
    int steps = 1;
};

struct GradingRules {
    std::vector<GradingRule> rules;
    std::vector<SpecialPeriod> periods;
    model::GradeLevel lowest = model::GradeLevel::blue;
};

struct Assessment {
    model::GradeLevel level = model::GradeLevel::blue;
    std::vector<model::GradeReason> reasons;  // every rule that took part, in table order
    std::optional<model::GradeLevel> floor;   // highest level held by a holds_floor rule
};

// `today` only decides special periods. A period and a "sensitive date" are one rule, applied once.
Assessment assess(const GradingRules& rules, const boost::json::object& facts, time::Date today);

}  // namespace jinqiao::engine::policy
