#include "workflows/dispute/conditions.h"

#include <algorithm>

namespace jinqiao::workflows::dispute {

bool Asking::holds(const Conditions& conditions) {
    return routed(conditions.routes) && gates_hold(conditions.gates);
}

bool Asking::routed(const std::vector<std::string>& routes) const {
    return std::all_of(routes.begin(), routes.end(), [this](std::string_view id) {
        const bool negated = id.starts_with('!');
        return questions_.route(negated ? id.substr(1) : id) != negated;
    });
}

// All of them, so that one refusal names everything that is missing.
bool Asking::gates_hold(const std::vector<std::string>& gates) {
    bool all = true;
    for (const auto& id : gates) all = gate_holds(id) && all;
    if (!all) refused_ = true;
    return all;
}

// One gate may stand in rows of two regions; it is asked, and its reason told, once.
bool Asking::gate_holds(const std::string& id) {
    const auto known = std::find_if(asked_.begin(), asked_.end(),
                                    [&id](const auto& asked) { return asked.first == id; });
    if (known != asked_.end()) return known->second;
    auto reason = questions_.gate(id);
    asked_.emplace_back(id, !reason);
    if (reason) reasons_.push_back(std::move(*reason));
    return !reason;
}

}  // namespace jinqiao::workflows::dispute
