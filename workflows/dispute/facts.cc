#include "workflows/dispute/facts.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "workflows/dispute/alert.h"
#include "workflows/dispute/step.h"

namespace jinqiao::workflows::dispute {

namespace {

json::array codes(const Texts& list) {
    json::array array;
    for (const std::string& each : list) array.emplace_back(each);
    return array;
}

Texts ever(const Data& data) {
    Texts list;
    for (const Behaviour& each : data.behaviours)
        if (std::find(list.begin(), list.end(), each.code) == list.end()) list.push_back(each.code);
    return list;
}

Texts open_demands(const Data& data) {
    Texts list;
    for (const Demand& each : data.demands) list.push_back(each.code);
    return list;
}

// Whole hours a stoppage has been going on; absent if there is none.
std::optional<std::int64_t> stoppage_hours(const Data& data, Instant now) {
    for (const Behaviour& each : data.behaviours)
        if (each.code == "stoppage" && each.going_on() && each.started)
            return std::max<std::int64_t>(
                std::chrono::floor<std::chrono::hours>(now - *each.started).count(), 0);
    return std::nullopt;
}

// "Large amount" of the crime of refusing to pay (SPC 2013 Arts. 3-4): the figures, not the guilt.
bool arrears_criminal(const Alert& alert, const ArrearsCrime& rule) {
    if (alert.event.arrears_months <= 0) return false;
    const bool single = alert.event.arrears_months >= rule.months &&
                        alert.event.amount >= rule.single_fen && rule.single_fen > 0;
    const bool group = alert.workers() >= rule.workers && rule.workers > 0 &&
                       alert.event.amount >= rule.group_fen && rule.group_fen > 0;
    return single || group;
}

// Lay-off at the 20 / 10 % mark announced without the thirty-day explanation (LCL 41).
bool layoff_unexplained(const Data& data, const Alert& alert, const LayoffMark& mark) {
    if (!data.layoff.announced || data.layoff.explained_on) return false;
    const auto staff = alert.enterprise.staff.value_or(0);
    return alert.workers() >= mark.workers ||
           (staff > 0 && alert.workers() * 100 >= mark.percent * staff);
}

bool contains(const Texts& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

// A firm steered from far away gives up the site.
bool hq_closure(const Data& data, const Alert& alert, const Params& params) {
    if (!alert.enterprise.fortune500 && !alert.foreign()) return false;
    if (contains(params.closure_causes, alert.event.cause)) return true;
    return alert.event.cause == "hq_decision" &&
           std::any_of(params.closure_causes.begin(), params.closure_causes.end(),
                       [&](const std::string& cause) { return contains(data.facts.types, cause); });
}

}  // namespace

void derive(Data& data, const Params& params) {
    const Alert alert = read_alert(data);
    data.derived.arrears_criminal = arrears_criminal(alert, params.arrears_crime);
    data.derived.layoff_unexplained = layoff_unexplained(data, alert, params.layoff);
    data.derived.hq_closure = hq_closure(data, alert, params);
    data.derived.missing = missing_fields(data, params);
}

json::object flat_facts(const engine::model::Case& kase, const Data& data, Instant now) {
    const Alert alert = read_alert(data);
    json::object facts;
    if (alert.event.workers_involved) facts["workers"] = *alert.event.workers_involved;
    if (alert.enterprise.staff) facts["staff"] = *alert.enterprise.staff;
    if (const auto staff = alert.enterprise.staff.value_or(0); staff > 0)
        facts["share_percent"] =
            static_cast<double>(alert.workers()) * 100.0 / static_cast<double>(staff);
    facts["arrears_months"] = alert.event.arrears_months;
    if (!alert.event.cause.empty()) facts["cause"] = alert.event.cause;
    facts["behaviours"] = codes(going_on(data));
    facts["behaviours_ever"] = codes(ever(data));
    facts["demands"] = codes(open_demands(data));
    facts["injured"] = alert.event.injured;
    facts["media"] = alert.event.media;
    facts["cross_enterprise"] = alert.event.cross_enterprise;
    facts["owner_unreachable"] = alert.event.owner_unreachable;
    facts["amount_fen"] = alert.event.amount;
    facts["fortune500"] = alert.enterprise.fortune500;
    facts["foreign"] = alert.foreign();
    if (!alert.enterprise.industry.empty()) facts["industry"] = alert.enterprise.industry;
    if (const auto hours = stoppage_hours(data, now)) facts["stoppage_hours"] = *hours;
    facts["arrears_criminal"] = data.derived.arrears_criminal;
    facts["layoff_unexplained"] = data.derived.layoff_unexplained;
    facts["hq_closure"] = data.derived.hq_closure;
    facts["second_incident"] = data.second_incident;
    facts["spread"] = kase.state_of("containment") == "spread";
    facts["collective"] = data.collective;
    facts["exercise"] = kase.exercise;
    return facts;
}

std::span<const std::string> flat_fact_names() {
    static const std::array<std::string, 24> names{"workers",
                                                   "staff",
                                                   "share_percent",
                                                   "arrears_months",
                                                   "cause",
                                                   "behaviours",
                                                   "behaviours_ever",
                                                   "demands",
                                                   "injured",
                                                   "media",
                                                   "cross_enterprise",
                                                   "owner_unreachable",
                                                   "amount_fen",
                                                   "fortune500",
                                                   "foreign",
                                                   "industry",
                                                   "stoppage_hours",
                                                   "arrears_criminal",
                                                   "layoff_unexplained",
                                                   "hq_closure",
                                                   "second_incident",
                                                   "spread",
                                                   "collective",
                                                   "exercise"};
    return names;
}

}  // namespace jinqiao::workflows::dispute
