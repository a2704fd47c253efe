#include "engine/model/kase.h"

#include <algorithm>

namespace jinqiao::engine::model {

namespace {

template <class Clocks>
auto* latest(Clocks& clocks, std::string_view name, std::string_view subject) {
    decltype(clocks.data()) found = nullptr;
    for (auto& clock : clocks)
        if (clock.name == name && (subject.empty() || clock.subject == subject)) found = &clock;
    return found;
}

template <class List, class Id>
auto* by_id(List& list, const Id& id) {
    const auto found = std::find_if(list.begin(), list.end(), [&](auto& x) { return x.id == id; });
    return found == list.end() ? nullptr : &*found;
}

}  // namespace

std::string_view Case::state_of(std::string_view region) const {
    for (const auto& r : regions)
        if (r.name == region) return r.state;
    return {};
}

void Case::set_state(std::string_view region, std::string_view state) {
    for (auto& r : regions)
        if (r.name == region) {
            r.state = state;
            return;
        }
    regions.push_back({std::string(region), std::string(state)});
}

Clock* Case::clock(std::string_view name, std::string_view subject) {
    return latest(clocks, name, subject);
}

const Clock* Case::clock(std::string_view name, std::string_view subject) const {
    return latest(clocks, name, subject);
}

Assignment* Case::assignment(const AssignmentId& wanted) { return by_id(assignments, wanted); }
const Assignment* Case::assignment(const AssignmentId& wanted) const {
    return by_id(assignments, wanted);
}
Request* Case::request(const RequestId& wanted) { return by_id(requests, wanted); }
const Request* Case::request(const RequestId& wanted) const { return by_id(requests, wanted); }

}  // namespace jinqiao::engine::model
