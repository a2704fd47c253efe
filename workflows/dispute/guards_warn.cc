// Guards of verifying, planning and choosing a tier.
#include <algorithm>

#include "workflows/dispute/alert.h"
#include "workflows/dispute/guards.h"

namespace jinqiao::workflows::dispute {

namespace {

std::string grade_name(const Step& step) {
    return std::string(model::name(step.kase().grade.effective));
}

bool witnessed(const Data& data) {
    return data.site.arrived_at || data.certainty == "seen" || data.certainty == "confirmed" ||
           flag(object(data.alert, "reporter"), "on_site");
}

// Facts are known when the grade's fact sheet is full, somebody saw them and a person said so.
Reason facts(const Step& step) {
    Texts missing;
    const auto sheet = step.params.fact_sheet.find(grade_name(step));
    if (sheet != step.params.fact_sheet.end()) missing = unknown_of(step.data, sheet->second);
    if (!witnessed(step.data)) missing.emplace_back("witness");
    if (step.probing && step.event == "confirm_facts")
        return missing.empty() ? Reason{} : refuse("G.facts", {{"f", joined(missing)}});
    if (step.data.facts.types.empty()) missing.emplace_back("types");
    if (!facts_confirmed(step.data)) missing.emplace_back("confirm_facts");
    return missing.empty() ? Reason{} : refuse("G.facts", {{"f", joined(missing)}});
}

// A plan of the register must be written for the grade; the zone's own other plans are trusted.
Reason plan(const Step& step) {
    const std::string grade = grade_name(step);
    const auto fits = [&](const std::string& id) {
        const Plan* known = step.params.plan(id);
        return known == nullptr ||
               std::find(known->grades.begin(), known->grades.end(), grade) != known->grades.end();
    };
    if (std::any_of(step.data.plans.begin(), step.data.plans.end(), fits)) return {};
    return refuse("G.plan", {{"g", grade}});
}

bool spread_now(const Step& step) { return step.from[Region::containment] == "spread"; }

bool tier_allowed(const Step& step, const std::string& wanted) {
    if (spread_now(step)) return wanted == "joint";
    const bool no_committee =
        read_alert(step.data).enterprise.mediation_committee.value_or(true) == false;
    const auto& tiers = step.params.tiers_of(step.kase().grade.effective);
    const auto has = [&](std::string_view tier) {
        return std::find(tiers.begin(), tiers.end(), tier) != tiers.end();
    };
    if (wanted == "committee") return has("committee") && !no_committee;
    return has(wanted) || (wanted == "team" && no_committee && has("committee"));
}

Reason tier(const Step& step) {
    if (step.probing) return {};
    std::string wanted = text(step.payload(), "tier");
    if (wanted.empty()) wanted = text(step.payload(), "to");
    if (tier_allowed(step, wanted)) return {};
    return refuse("G.tier", {{"g", grade_name(step)}, {"t", wanted}});
}

Reason is_calm(const Step& step) {
    const Texts codes = not_calm(step.data, step.params);
    return codes.empty() ? Reason{} : refuse("G.calm", {{"b", joined(codes)}});
}

constexpr Guard list[] = {
    {"G.facts", facts}, {"G.plan", plan}, {"G.tier", tier}, {"G.calm", is_calm}};

}  // namespace

std::span<const Guard> warn_guards() { return list; }

}  // namespace jinqiao::workflows::dispute
