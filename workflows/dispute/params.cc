#include "workflows/dispute/params.h"

#include <algorithm>
#include <array>

#include "workflows/dispute/described.h"

namespace jinqiao::workflows::dispute {

BOOST_DESCRIBE_STRUCT(Fraction, (), (n, d))
BOOST_DESCRIBE_STRUCT(Plan, (), (id, grades))
BOOST_DESCRIBE_STRUCT(Body, (), (id, name, mediator_kind, any_name))
BOOST_DESCRIBE_STRUCT(ArrearsCrime, (), (months, single_fen, workers, group_fen))
BOOST_DESCRIBE_STRUCT(LayoffMark, (), (workers, percent))
BOOST_DESCRIBE_STRUCT(RepsRule, (), (side_least, dispute_least, dispute_most, outside_most))
BOOST_DESCRIBE_STRUCT(Params, (),
                      (collective_threshold, calm_behaviours, danger_behaviours, fact_sheet,
                       starred, starred_reporter, tiers, plans, bodies, mediation_clock,
                       extension_cap, confirmation, skip, suspension_limit, reopen_window,
                       unmerge_window, court_take_up, mandate_months, congress_quorum, vote_quorum,
                       vote_majority, representatives, layoff, layoff_notice, arrears_crime,
                       forbidden_terms, closure_causes, second_incident_window, identity_open,
                       filer_told_again))

namespace {

constexpr std::array<std::string_view, 3> tiers_in_order{"committee", "team", "joint"};

bool has(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

int tier_rank(std::string_view tier) {
    const auto found = std::find(tiers_in_order.begin(), tiers_in_order.end(), tier);
    return found == tiers_in_order.end() ? -1 : static_cast<int>(found - tiers_in_order.begin());
}

bool Params::calm(std::string_view behaviour) const { return has(calm_behaviours, behaviour); }
bool Params::danger(std::string_view behaviour) const { return has(danger_behaviours, behaviour); }

bool Params::registered(std::string_view body, std::string_view mediator_kind) const {
    return std::any_of(bodies.begin(), bodies.end(), [&](const Body& each) {
        return each.mediator_kind == mediator_kind &&
               (each.any_name || each.id == body || each.name == body);
    });
}

const Plan* Params::plan(std::string_view id) const {
    const auto found =
        std::find_if(plans.begin(), plans.end(), [&](const Plan& each) { return each.id == id; });
    return found == plans.end() ? nullptr : &*found;
}

const std::vector<std::string>& Params::tiers_of(engine::model::GradeLevel grade) const {
    static const std::vector<std::string> none;
    const auto found = tiers.find(std::string(engine::model::name(grade)));
    return found == tiers.end() ? none : found->second;
}

std::string Params::tier_above(std::string_view tier) const {
    const int rank = tier_rank(tier);
    if (rank < 0 || rank + 1 >= static_cast<int>(tiers_in_order.size())) return {};
    return std::string(tiers_in_order[static_cast<std::size_t>(rank) + 1]);
}

Params read_params(const boost::json::object& from) {
    Params params;
    read(from, params);
    return params;
}

std::vector<std::string> check_params(const boost::json::object& from) {
    // What is written back is exactly what is neither missing, zero nor empty.
    const json::object known = write(read_params(from));
    std::vector<std::string> missing;
    using Members = boost::describe::describe_members<Params, described>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        if (!known.contains(member.name)) missing.emplace_back(member.name);
    });
    return missing;
}

}  // namespace jinqiao::workflows::dispute
