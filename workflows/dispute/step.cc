#include "workflows/dispute/step.h"

#include <algorithm>

#include "workflows/dispute/facts.h"

namespace jinqiao::workflows::dispute {

std::string text(const json::object& from, std::string_view key) {
    return field<std::string>(from, key).value_or("");
}

bool flag(const json::object& from, std::string_view key) {
    return field<bool>(from, key).value_or(false);
}

std::int64_t number(const json::object& from, std::string_view key) {
    return field<std::int64_t>(from, key).value_or(0);
}

Texts texts(const json::object& from, std::string_view key) {
    return field<Texts>(from, key).value_or(Texts{});
}

std::vector<json::object> objects(const json::object& from, std::string_view key) {
    return field<std::vector<json::object>>(from, key).value_or(std::vector<json::object>{});
}

const json::object& object(const json::object& from, std::string_view key) {
    static const json::object none;
    const json::value* found = from.if_contains(key);
    return found != nullptr && found->is_object() ? found->get_object() : none;
}

std::string identity(const json::object& from, std::string_view key) {
    const json::object& reference = object(from, key);
    return reference.empty() ? text(from, key) : text(reference, "digest");
}

Configuration configuration_of(const model::Case& kase) {
    Configuration configuration = initial();
    for (std::size_t i = 0; i < region_count; ++i) {
        const auto state = kase.state_of(region_names[i]);
        if (!state.empty()) configuration.state[i] = std::string(current_name(state));
    }
    return configuration;
}

Step::Step(kernel::Draft& of)
    : draft(of),
      params(read_params(of.policy().params)),
      data(read_data(of.kase.data)),
      from(configuration_of(of.kase)),
      to(from),
      event(of.command().name),
      at(of.occurred_at()) {}

void Step::save() {
    derive(data, params);
    draft.kase.data = write_data(data);
}

void Step::arrive(const Configuration& after) {
    to = after;
    for (std::size_t i = 0; i < region_count; ++i)
        draft.kase.set_state(region_names[i], to.state[i]);
}

void Step::load() {
    const Configuration known = to;
    data = read_data(draft.kase.data);
    to = configuration_of(draft.kase);
    for (std::size_t i = 0; i < region_count; ++i)
        if (to.state[i] != known.state[i]) from.state[i] = to.state[i];  // settled over there
}

std::string Step::person() const {
    if (draft.command().actor.kind == model::Actor::Kind::person) return draft.by().value;
    for (const Approval& each : data.approvals)
        if (each.action == event && each.payload == payload()) return each.requester;
    return {};
}

bool is_tier(std::string_view pipeline_state) { return tier_rank(pipeline_state) >= 0; }

bool is_warn(std::string_view pipeline_state) {
    return pipeline_state == "reported" || pipeline_state == "verifying" ||
           pipeline_state == "watching";
}

Texts going_on(const Data& data) {
    Texts codes;
    for (const Behaviour& each : data.behaviours)
        if (each.going_on() && std::find(codes.begin(), codes.end(), each.code) == codes.end())
            codes.push_back(each.code);
    return codes;
}

Texts not_calm(const Data& data, const Params& params) {
    Texts codes = going_on(data);
    std::erase_if(codes, [&](const std::string& code) { return params.calm(code); });
    return codes;
}

bool calm(const Data& data, const Params& params) { return not_calm(data, params).empty(); }

bool facts_confirmed(const Data& data) { return data.facts.at.has_value(); }

bool suspended(const Configuration& configuration) {
    return configuration[Region::clock] == "suspended";
}

}  // namespace jinqiao::workflows::dispute
