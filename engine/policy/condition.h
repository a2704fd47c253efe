#pragma once
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jinqiao::engine::policy {

// A yes-or-no question about a flat object of facts, written in YAML:
//   {workers: {at_least: 300}}                       one field, one test
//   {behaviours: {contains: [gate_block, petition]}} any element of a list field
//   {media: true} · {cause: {one_of: [closure]}} · {all: [..]} · {any: [..]} · {not: {..}}
// Several keys in one map must all hold. A field that is absent or null fails every test: what is
// not known lifts nothing.
struct Condition {
    enum class Op {
        always,
        all,
        any,
        none,
        at_least,
        at_most,
        over,
        under,
        equals,
        one_of,
        contains
    };
    Op op = Op::always;
    std::string field;
    boost::json::value operand;
    std::vector<Condition> parts;
};

bool holds(const Condition& condition, const boost::json::object& facts);

// Every field named anywhere in the condition, for the checker.
void collect_fields(const Condition& condition, std::vector<std::string>& into);

// The whole numbers of a field at which an answer may become another one as the field grows:
// "at_least: 24" turns at 24, "over: 24" at 25.
void collect_turns(const Condition& condition, std::string_view field,
                   std::vector<std::int64_t>& into);

}  // namespace jinqiao::engine::policy
