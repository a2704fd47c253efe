#include "engine/policy/satisfiable.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <map>

namespace jinqiao::engine::policy {

namespace json = boost::json;

namespace {

constexpr std::size_t most_tries = 200'000;
constexpr std::size_t most_elements = 8;  // of a list whose every part is tried

// For each fact the values at which some test of it may answer otherwise.
using Values = std::map<std::string, std::vector<json::value>>;

void add(std::vector<json::value>& values, json::value value) {
    if (std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(std::move(value));
}

json::array elements(const json::value& operand) {
    return operand.is_array() ? operand.get_array() : json::array{operand};
}

// Every part of what is asked for, and something else: "not" makes each of them matter.
void add_lists(std::vector<json::value>& values, const json::array& named) {
    add(values, json::array{"something else"});
    const auto n = std::min(named.size(), most_elements);
    for (std::size_t bits = 0; bits < (std::size_t{1} << n); ++bits) {
        json::array part;
        for (std::size_t i = 0; i < n; ++i)
            if ((bits >> i & 1U) != 0) part.push_back(named[i]);
        add(values, std::move(part));
    }
    add(values, named);
}

void collect(const Condition& condition, Values& into) {
    for (const auto& part : condition.parts) collect(part, into);
    if (condition.field.empty()) return;
    auto& values = into[condition.field];
    add(values, nullptr);
    if (condition.op == Condition::Op::contains)
        return add_lists(values, elements(condition.operand));
    for (const auto& operand : elements(condition.operand)) {
        add(values, operand);
        if (operand.is_bool()) add(values, !operand.get_bool());
        if (operand.is_string()) add(values, "something else");
        if (!operand.is_number()) continue;
        const auto number = operand.to_number<std::int64_t>();
        for (const auto near : {number - 1, number, number + 1})
            if (near >= 0) add(values, near);
    }
    // A count below nothing is none.
    std::erase_if(
        values, [](const json::value& value) { return value.is_int64() && value.get_int64() < 0; });
}

}  // namespace

bool satisfiable(const Condition& condition) {
    Values values;
    collect(condition, values);
    std::size_t tries = 1;
    for (const auto& [field, of] : values) {
        if (tries > most_tries / of.size()) return true;
        tries *= of.size();
    }
    for (std::size_t i = 0; i < tries; ++i) {
        json::object facts;
        auto rest = i;
        for (const auto& [field, of] : values) {
            facts[field] = of[rest % of.size()];
            rest /= of.size();
        }
        if (holds(condition, facts)) return true;
    }
    return false;
}

}  // namespace jinqiao::engine::policy
