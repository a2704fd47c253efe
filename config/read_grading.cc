#include "config/map.h"
#include "config/read_policy.h"

namespace jinqiao::config {

using engine::policy::Condition;
using engine::policy::GradingRule;
using engine::policy::GradingRules;
using engine::policy::SpecialPeriod;
using Op = Condition::Op;

namespace {

const std::vector<std::string>& test_words() {
    static const std::vector<std::string> words{"at_least", "at_most", "over",    "under",
                                                "equals",   "one_of",  "contains"};
    return words;
}

Op op_of(std::string_view word) {
    static const std::vector<Op> ops{Op::at_least, Op::at_most, Op::over,    Op::under,
                                     Op::equals,   Op::one_of,  Op::contains};
    for (std::size_t i = 0; i < test_words().size(); ++i)
        if (test_words()[i] == word) return ops[i];
    return Op::always;
}

boost::json::value operand_of(Op op, const Tree& tree, Faults& faults) {
    if (op == Op::one_of || op == Op::contains) {
        if (tree.kind == Tree::Kind::scalar) return boost::json::array{to_json(tree)};
        boost::json::array list;
        if (tree.kind != Tree::Kind::list || tree.items.empty())
            add(faults, tree, {"check.list", {}}, found_in(tree));
        for (const Tree& item : tree.items)
            if (item.kind == Tree::Kind::scalar)
                list.push_back(to_json(item));
            else
                add(faults, item, {"check.scalar", {}}, found_in(item));
        return list;
    }
    if (op == Op::equals) {
        if (tree.kind != Tree::Kind::scalar)
            add(faults, tree, {"check.scalar", {}}, found_in(tree));
        return to_json(tree);
    }
    constexpr std::int64_t most = 1'000'000'000'000;
    return integer_of(tree, 0, most, faults).value_or(0);
}

// {at_least: 300}, or a bare value for "equals".
Condition read_test(const std::string& field, const Tree& tree, Faults& faults) {
    if (tree.kind == Tree::Kind::scalar) return {Op::equals, field, to_json(tree), {}};
    if (tree.kind != Tree::Kind::map || tree.entries.empty()) {
        add(faults, tree, {"check.test", {{"words", listed(test_words())}}}, found_in(tree));
        return {};
    }
    Condition all{Op::all, {}, {}, {}};
    for (const auto& [word, operand] : tree.entries) {
        if (!expect_one_of(operand, word, test_words(), "check.test", faults)) continue;
        const Op op = op_of(word);
        all.parts.push_back({op, field, operand_of(op, operand, faults), {}});
    }
    if (all.parts.size() != 1) return all;
    Condition only = std::move(all.parts.front());
    return only;
}

Condition read_group(Op op, const Tree& tree, Faults& faults) {
    Condition group{op, {}, {}, {}};
    if (tree.kind != Tree::Kind::list || tree.items.empty())
        add(faults, tree, {"check.conditions", {}}, found_in(tree));
    for (const Tree& item : tree.items) group.parts.push_back(read_condition(item, faults));
    return group;
}

Condition read_entry(const std::string& key, const Tree& value, Faults& faults) {
    if (key == "all") return read_group(Op::all, value, faults);
    if (key == "any") return read_group(Op::any, value, faults);
    if (key == "not") return {Op::none, {}, {}, {read_condition(value, faults)}};
    return read_test(key, value, faults);
}

GradingRule read_rule(const Tree& tree, Faults& faults) {
    Map map(tree, faults);
    GradingRule rule;
    rule.id = map.required_text("id");
    rule.text = map.words("text");
    if (const Tree* when = map.need("when")) rule.when = read_condition(*when, faults);
    rule.at_least = map.grade("at_least");
    rule.steps = static_cast<int>(map.integer("steps", 1, 3, 0));
    rule.holds_floor = map.flag("holds_floor", false);
    rule.source = map.required_text("source");
    if (map.has("at_least") == map.has("steps"))
        add(faults, tree, {"check.at_least_or_steps", {}},
            {map.has("steps") ? "check.found.both" : "check.found.nothing", {}});
    return rule;
}

SpecialPeriod read_period(const Tree& tree, Faults& faults) {
    Map map(tree, faults);
    SpecialPeriod period;
    period.id = map.required_text("id");
    period.text = map.words("text");
    map.need("from");
    map.need("to");
    period.from = map.date("from").value_or(engine::time::Date{});
    period.to = map.date("to").value_or(period.from);
    period.steps = static_cast<int>(map.integer("steps", 1, 3, 1));
    if (period.to < period.from)
        map.fault("to", {"check.not_before", {{"date", engine::time::to_string(period.from)}}},
                  {"check.found.value", {{"value", engine::time::to_string(period.to)}}});
    return period;
}

}  // namespace

Condition read_condition(const Tree& tree, Faults& faults) {
    if (tree.kind != Tree::Kind::map || tree.entries.empty()) {
        add(faults, tree, {"check.condition", {}}, found_in(tree));
        return {Op::any, {}, {}, {}};
    }
    if (tree.entries.size() == 1)
        return read_entry(tree.entries[0].first, tree.entries[0].second, faults);
    Condition all{Op::all, {}, {}, {}};
    for (const auto& [key, value] : tree.entries)
        all.parts.push_back(read_entry(key, value, faults));
    return all;
}

GradingRules read_grading(const Tree& tree, Faults& faults) {
    Map map(tree, faults);
    GradingRules grading;
    map.need("rules");
    map.each("rules", [&](const Tree& item) { grading.rules.push_back(read_rule(item, faults)); });
    map.each("periods",
             [&](const Tree& item) { grading.periods.push_back(read_period(item, faults)); });
    grading.lowest = map.grade("lowest").value_or(engine::model::GradeLevel::blue);
    return grading;
}

}  // namespace jinqiao::config
