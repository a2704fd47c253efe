#pragma once
#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/grade.h"

// The workflow's own numbers and lists, read from `params` of config/workflows/dispute.yaml, which
// says where each comes from. Nothing has a default here: a number that is not configured is 0 and
// a list that is not configured is empty, and check_params() says so at load.

namespace jinqiao::workflows::dispute {

struct Fraction {  // at least n / d
    std::int64_t n = 0, d = 0;
    bool reached(std::int64_t part, std::int64_t whole) const { return d * part >= n * whole; }
};

struct Plan {
    std::string id;
    std::vector<std::string> grades;  // it is written for
};

struct Body {  // 调解组织名册
    std::string id, name, mediator_kind;
    bool any_name = false;  // each enterprise has its own: only the kind is looked at
};

struct ArrearsCrime {  // SPC 2013 Arts. 3-4
    std::int64_t months = 0, single_fen = 0, workers = 0, group_fen = 0;
};

struct LayoffMark {  // LCL Art. 41
    std::int64_t workers = 0, percent = 0;
};

struct RepsRule {  // CCP 19, 23; O33 62
    std::int64_t side_least = 0, dispute_least = 0, dispute_most = 0;
    Fraction outside_most;
};

struct Params {
    std::int64_t collective_threshold = 0;
    std::vector<std::string> calm_behaviours, danger_behaviours;
    std::map<std::string, std::vector<std::string>>
        fact_sheet;                                         // by grade: fields that must be known
    std::vector<std::string> starred;                       // of the first report
    std::vector<std::string> starred_reporter;              // ... unless filed anonymously
    std::map<std::string, std::vector<std::string>> tiers;  // by grade: tiers that may handle it
    std::vector<Plan> plans;
    std::vector<Body> bodies;
    std::map<std::string, std::string> mediation_clock;  // by mediator_kind: when it must end
    std::map<std::string, std::string> extension_cap;    // by clock; absent: no cap
    std::map<std::string, std::vector<std::string>>
        confirmation;                                      // by mediator_kind: routes, in order
    std::map<std::string, std::vector<std::string>> skip;  // by cause: steps
    std::map<std::string, std::string> suspension_limit;   // by grade; absent: not allowed
    std::string reopen_window, unmerge_window, court_take_up;
    std::int64_t mandate_months = 0;
    Fraction congress_quorum, vote_quorum, vote_majority;
    RepsRule representatives;
    LayoffMark layoff;
    std::string layoff_notice;  // budget, forward: first lawful day
    ArrearsCrime arrears_crime;
    std::vector<std::string> forbidden_terms;
    std::vector<std::string> closure_causes;
    std::string second_incident_window;
    std::string identity_open;     // how long two persons may see who reported
    std::string filer_told_again;  // the owner hears of more messages no sooner than that

    bool calm(std::string_view behaviour) const;
    bool danger(std::string_view behaviour) const;
    bool registered(std::string_view body, std::string_view mediator_kind) const;
    const Plan* plan(std::string_view id) const;
    const std::vector<std::string>& tiers_of(engine::model::GradeLevel grade) const;
    std::string tier_above(std::string_view tier) const;
};

Params read_params(const boost::json::object& from);
// Names of the params that are missing or empty: a policy without them is not fit for use.
std::vector<std::string> check_params(const boost::json::object& from);

// committee < team < joint; -1 for anything else.
int tier_rank(std::string_view tier);

}  // namespace jinqiao::workflows::dispute
