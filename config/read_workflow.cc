#include "config/map.h"
#include "config/read_policy.h"

namespace jinqiao::config {

using engine::model::ClockClass;
using engine::model::PostId;
using engine::policy::ClockRule;
using engine::policy::NoticeRule;
using engine::policy::Policy;
using engine::policy::RequestRule;
using engine::policy::TaskForceRule;

namespace {

// Calls `read(key, value)` for each entry of a map of things named by their key.
template <class Read>
void each_entry(Map& map, std::string_view key, Read read) {
    const Tree* tree = map.take(key);
    if (tree == nullptr) return;
    if (tree->kind != Tree::Kind::map) {
        add(map.faults(), *tree, {"check.map", {}}, found_in(*tree));
        return;
    }
    for (const auto& [name, value] : tree->entries) read(name, value);
}

bool is_dash(const Tree& tree) {
    return tree.kind == Tree::Kind::scalar && (tree.text == "–" || tree.text == "-");
}

// Nothing is due at once: a budget of none is "–".
std::optional<engine::time::Budget> positive_budget(const Tree& tree, Faults& faults) {
    const auto budget = budget_of(tree, faults);
    if (budget && budget->amount == 0)
        add(faults, tree, {"check.budget_above_zero", {}}, found_in(tree));
    return budget;
}

// "3 W" for all grades, or {red: 10 min, …, blue: –} where a dash or an absent grade is no clock.
void read_budget(Map& map, ClockRule& rule) {
    const Tree* tree = map.take("budget");
    if (tree == nullptr || is_dash(*tree)) return;
    if (tree->kind != Tree::Kind::map) {
        const auto budget = positive_budget(*tree, map.faults());
        rule.budget = {budget, budget, budget, budget};
        return;
    }
    Map grades(*tree, map.faults());
    for (const auto level : {engine::model::GradeLevel::blue, engine::model::GradeLevel::yellow,
                             engine::model::GradeLevel::orange, engine::model::GradeLevel::red}) {
        const Tree* value = grades.take(engine::model::name(level));
        if (value == nullptr || is_dash(*value)) continue;
        rule.budget[static_cast<std::size_t>(level)] = positive_budget(*value, map.faults());
    }
}

ClockRule read_clock(const std::string& name, const Tree& tree, Faults& faults) {
    static const std::vector<std::string> classes{"stage", "legal", "reference"};
    Map map(tree, faults);
    ClockRule rule;
    rule.name = name;
    rule.label = map.words("label");
    map.need("class");
    rule.cls = static_cast<ClockClass>(map.one_of("class", classes, "stage"));
    read_budget(map, rule);
    rule.backward = map.flag("backward", false);
    rule.roll = map.flag("roll", true);
    rule.suspendable = map.flag("suspendable", false);
    rule.restarted_by = map.texts("restarted_by");
    rule.background = map.flag("background", false);
    rule.beside = map.text("beside");
    rule.source = map.required_text("source");
    each_entry(map, "also", [&](const std::string& key, const Tree& value) {
        if (const auto budget = budget_of(value, faults)) rule.also.emplace_back(key, *budget);
    });
    if (rule.suspendable && rule.cls != ClockClass::stage)
        map.fault("suspendable", {"check.suspendable_stage", {}}, {"check.found.true", {}});
    return rule;
}

RequestRule read_request(const std::string& kind, const Tree& tree, Faults& faults) {
    static const std::vector<std::string> endings{"refuse", "approve", "escalate"};
    Map map(tree, faults);
    RequestRule rule;
    rule.kind = kind;
    for (const std::string& post : map.texts("approvers")) rule.approvers.emplace_back(post);
    rule.needed = static_cast<int>(map.integer("needed", 1, 5, 1));
    rule.answer_clock = map.text("answer_clock", "st.answer");
    rule.on_expiry = endings[map.one_of("on_expiry", endings, "refuse")];
    rule.most = static_cast<int>(map.integer("most", 1, 100, 0));
    rule.total = map.budget("total");
    if (rule.total && rule.total->amount == 0)
        map.fault("total", {"check.budget_above_zero", {}}, found_at(tree, "total"));
    rule.evidence = map.flag("evidence", false);
    if (rule.approvers.empty())
        map.fault("approvers", {"check.approver_needed", {}}, {"check.found.nothing", {}});
    return rule;
}

NoticeRule read_notice(const std::string& event, const Tree& tree, Faults& faults) {
    Map map(tree, faults);
    NoticeRule rule;
    rule.event = event;
    map.need("to");
    rule.to = map.texts("to");
    rule.sign = map.flag("sign", false);
    return rule;
}

// How many escalations form it: one number for all grades, or by grade, where an absent one is
// never by count.
void read_escalations(Map& map, TaskForceRule& rule) {
    constexpr std::int64_t most = 1000;
    const Tree* tree = map.need("escalations");
    if (tree == nullptr) return;
    if (tree->kind != Tree::Kind::map) {
        const auto count = integer_of(*tree, 1, most, map.faults()).value_or(0);
        rule.escalations.fill(static_cast<int>(count));
        return;
    }
    Map grades(*tree, map.faults());
    for (const auto level : {engine::model::GradeLevel::blue, engine::model::GradeLevel::yellow,
                             engine::model::GradeLevel::orange, engine::model::GradeLevel::red})
        rule.escalations[static_cast<std::size_t>(level)] =
            static_cast<int>(grades.integer(engine::model::name(level), 1, most, 0));
}

TaskForceRule read_task_force(const Tree& tree, Faults& faults) {
    Map map(tree, faults);
    TaskForceRule rule;
    rule.post = PostId(map.required_text("post"));
    read_escalations(map, rule);
    rule.source = map.required_text("source");
    return rule;
}

}  // namespace

void read_workflow(const Tree& tree, Policy& into, Faults& faults) {
    Map map(tree, faults);
    into.workflow = map.required_text("workflow");
    map.need("clocks");
    each_entry(map, "clocks", [&](const std::string& name, const Tree& value) {
        into.clocks.emplace(name, read_clock(name, value, faults));
    });
    each_entry(map, "offers", [&](const std::string& state, const Tree& value) {
        into.offers.emplace(state, PostId(text_of(value, faults)));
    });
    each_entry(map, "requests", [&](const std::string& kind, const Tree& value) {
        into.requests.emplace(kind, read_request(kind, value, faults));
    });
    each_entry(map, "notices", [&](const std::string& event, const Tree& value) {
        into.notices.emplace(event, read_notice(event, value, faults));
    });
    if (const Tree* force = map.take("task_force"))
        into.task_force = read_task_force(*force, faults);
    if (const Tree* params = map.take("params")) {
        const auto value = to_json(*params);
        if (value.is_object())
            into.params = value.get_object();
        else
            add(faults, *params, {"check.map", {}}, found_in(*params));
    }
}

}  // namespace jinqiao::config
