#include "engine/policy/condition.h"

#include <algorithm>
#include <boost/json/array.hpp>

namespace jinqiao::engine::policy {

namespace json = boost::json;

namespace {

std::optional<double> number(const json::value& value) {
    if (value.is_int64()) return static_cast<double>(value.get_int64());
    if (value.is_uint64()) return static_cast<double>(value.get_uint64());
    if (value.is_double()) return value.get_double();
    return {};
}

template <class Compare>
bool compare(const json::value& fact, const json::value& operand, Compare test) {
    const auto left = number(fact);
    const auto right = number(operand);
    return left && right && test(*left, *right);
}

bool equal(const json::value& fact, const json::value& operand) {
    const auto left = number(fact);
    const auto right = number(operand);
    return left && right ? *left == *right : fact == operand;
}

bool among(const json::value& fact, const json::value& operand) {
    if (!operand.is_array()) return equal(fact, operand);
    const auto& values = operand.get_array();
    return std::any_of(values.begin(), values.end(),
                       [&](const auto& value) { return equal(fact, value); });
}

bool contains(const json::value& fact, const json::value& operand) {
    if (!fact.is_array()) return among(fact, operand);
    const auto& values = fact.get_array();
    return std::any_of(values.begin(), values.end(),
                       [&](const auto& value) { return among(value, operand); });
}

bool test(const Condition& condition, const json::value& fact) {
    switch (condition.op) {
        case Condition::Op::at_least:
            return compare(fact, condition.operand, [](double a, double b) { return a >= b; });
        case Condition::Op::at_most:
            return compare(fact, condition.operand, [](double a, double b) { return a <= b; });
        case Condition::Op::over:
            return compare(fact, condition.operand, [](double a, double b) { return a > b; });
        case Condition::Op::under:
            return compare(fact, condition.operand, [](double a, double b) { return a < b; });
        case Condition::Op::equals:
            return equal(fact, condition.operand);
        case Condition::Op::one_of:
            return among(fact, condition.operand);
        case Condition::Op::contains:
            return contains(fact, condition.operand);
        default:
            return false;
    }
}

}  // namespace

bool holds(const Condition& condition, const json::object& facts) {
    const auto inner = [&](const Condition& part) { return holds(part, facts); };
    const auto& parts = condition.parts;
    switch (condition.op) {
        case Condition::Op::always:
            return true;
        case Condition::Op::all:
            return std::all_of(parts.begin(), parts.end(), inner);
        case Condition::Op::any:
            return std::any_of(parts.begin(), parts.end(), inner);
        case Condition::Op::none:
            return std::none_of(parts.begin(), parts.end(), inner);
        default:
            break;
    }
    const auto* fact = facts.if_contains(condition.field);
    return fact && !fact->is_null() && test(condition, *fact);
}

void collect_fields(const Condition& condition, std::vector<std::string>& into) {
    if (!condition.field.empty()) into.push_back(condition.field);
    for (const auto& part : condition.parts) collect_fields(part, into);
}

void collect_turns(const Condition& condition, std::string_view field,
                   std::vector<std::int64_t>& into) {
    for (const auto& part : condition.parts) collect_turns(part, field, into);
    if (condition.field != field || !condition.operand.is_number()) return;
    const auto value = condition.operand.to_number<std::int64_t>();
    using Op = Condition::Op;
    const bool at = condition.op == Op::at_least || condition.op == Op::under;
    const bool behind = condition.op == Op::over || condition.op == Op::at_most;
    if (at || condition.op == Op::equals) into.push_back(value);
    if (behind || condition.op == Op::equals) into.push_back(value + 1);
}

}  // namespace jinqiao::engine::policy
