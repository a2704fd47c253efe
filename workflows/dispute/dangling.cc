// References in a payload that lead nowhere.
#include <algorithm>

#include "workflows/dispute/effects.h"

namespace jinqiao::workflows::dispute {

namespace {

using Faults = std::vector<model::Message>;

void fault(Faults& faults, std::string field) {
    faults.push_back({"payload.reference", {{"field", std::move(field)}}});
}

bool has_demand(const Step& step, const std::string& id) {
    const auto& list = step.data.demands;
    return std::any_of(list.begin(), list.end(), [&](const Demand& each) { return each.id == id; });
}

void check_demands(const Step& step, const std::string& field, Faults& faults) {
    const Texts ids = texts(step.payload(), field);
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (!has_demand(step, ids[i])) fault(faults, field + "." + std::to_string(i));
}

void check_demand(const Step& step, Faults& faults) {
    if (!has_demand(step, text(step.payload(), "demand"))) fault(faults, "demand");
}

// An agreement without dated items is performed as one item, number 1.
void check_item(const Step& step, Faults& faults) {
    const Agreement* agreement = step.data.agreement();
    const auto no = number(step.payload(), "no");
    if (agreement == nullptr || agreement->instalments.empty()) return;
    const auto& items = agreement->instalments;
    const bool known = std::any_of(items.begin(), items.end(),
                                   [&](const Instalment& each) { return each.no == no; });
    if (!known && (no != 0 || step.event != "cure_breach")) fault(faults, "no");
}

void check_request(const Step& step, Faults& faults) {
    const auto* request = step.kase().request(model::RequestId{text(step.payload(), "request")});
    if (request == nullptr) fault(faults, "request");
}

// Only our own clocks can be given more time, and only in their own kind of day. A date that was
// agreed is changed by agreeing on another.
void check_clock(const Step& step, Faults& faults) {
    const auto key = text(step.payload(), "clock");
    const auto budget = time::parse_budget(text(step.payload(), "budget"));
    const auto& clocks = step.kase().clocks;
    const auto found = std::find_if(clocks.begin(), clocks.end(), [&](const model::Clock& each) {
        return each.open() && each.cls == model::ClockClass::stage && !each.by_date &&
               (each.key() == key || each.name == key);
    });
    if (found == clocks.end()) return fault(faults, "clock");
    if (!budget || !time::compatible(found->rule.budget, *budget)) fault(faults, "budget");
}

void check_signing(const Step& step, Faults& faults) {
    const Agreement* agreement = step.data.agreement();
    if (agreement != nullptr && agreement->kind == "collective_contract" &&
        step.payload().contains("effective_at"))
        fault(faults, "effective_at");
    const auto items = objects(step.payload(), "instalments");
    for (std::size_t i = 0; i < items.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (number(items[i], "no") == number(items[j], "no"))
                fault(faults, "instalments." + std::to_string(i) + ".no");
}

void check_extension(const Step& step, Faults& faults) {
    if (!step.payload().contains("add_days") && !step.payload().contains("until"))
        faults.push_back({"payload.required", {{"field", "add_days"}}});
}

using Check = void (*)(const Step&, Faults&);

struct ForAction {
    std::string_view action;
    Check check;
};

constexpr ForAction checks[] = {
    {"answer_demand", check_demand},
    {"split_individual",
     [](const Step& step, Faults& faults) { check_demands(step, "demands", faults); }},
    {"close_unresolved",
     [](const Step& step, Faults& faults) { check_demands(step, "remaining", faults); }},
    {"record_performance", check_item},
    {"report_breach", check_item},
    {"cure_breach", check_item},
    {"approve_request", check_request},
    {"reject_request", check_request},
    {"request_stage_extension", check_clock},
    {"sign_agreement", check_signing},
    {"extend_mediation", check_extension}};

}  // namespace

std::vector<model::Message> dangling(const Step& step) {
    Faults faults;
    for (const ForAction& each : checks)
        if (each.action == step.event) each.check(step, faults);
    return faults;
}

}  // namespace jinqiao::workflows::dispute
