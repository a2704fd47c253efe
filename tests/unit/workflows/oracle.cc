#include "tests/unit/workflows/oracle.h"

#include <algorithm>

namespace jinqiao::workflows::dispute {

namespace {

// "R.last" of "R.last(team)"; empty for a plain id.
std::string_view family_of(std::string_view id) {
    const auto open = id.find('(');
    return open == std::string_view::npos ? std::string_view{} : id.substr(0, open);
}

// How many members a family has that must say yes exactly once; 0: it may say no throughout.
std::size_t size_of(std::string_view family) { return family == "R.last" ? 4 : 0; }

// R.before speaks of the pipeline and of the mediation: one yes each.
bool same_choice(std::string_view one, std::string_view other) {
    if (family_of(one).empty() || family_of(one) != family_of(other)) return false;
    const auto of_mediation = [](std::string_view id) {
        return id.ends_with("(applied)") || id.ends_with("(open)");
    };
    return family_of(one) != "R.before" || of_mediation(one) == of_mediation(other);
}

}  // namespace

std::optional<bool> Forks::implied(std::string_view id) const {
    if (const auto known = settled.find(id); known != settled.end()) return known->second;
    std::size_t denied = 0;
    for (const auto& before : asked_) {
        if (before.id == id) return before.yes;
        if (!same_choice(before.id, id)) continue;
        if (before.yes) return false;
        ++denied;
    }
    const auto all = size_of(family_of(id));
    if (all != 0 && denied + 1 == all) return true;
    return std::nullopt;
}

bool Forks::answer(std::string_view id) const {
    if (const auto known = implied(id)) {
        if (std::none_of(asked_.begin(), asked_.end(),
                         [id](const Answer& each) { return each.id == id; }))
            asked_.push_back({std::string(id), *known, true});
        return *known;
    }
    const auto depth = static_cast<std::size_t>(
        std::count_if(asked_.begin(), asked_.end(), [](const Answer& a) { return !a.forced; }));
    const bool yes = depth < path_.size() ? path_[depth].yes : true;
    asked_.push_back({std::string(id), yes, false});
    return yes;
}

// Depth first: the last yes becomes a no, everything after it is asked anew.
bool Forks::next() {
    path_.clear();
    std::copy_if(asked_.begin(), asked_.end(), std::back_inserter(path_),
                 [](const Answer& answer) { return !answer.forced; });
    while (!path_.empty() && !path_.back().yes) path_.pop_back();
    if (path_.empty()) return false;
    path_.back().yes = false;
    return true;
}

bool Forks::said(std::string_view id) const {
    return std::any_of(asked_.begin(), asked_.end(),
                       [id](const Answer& answer) { return answer.id == id && answer.yes; });
}

}  // namespace jinqiao::workflows::dispute
