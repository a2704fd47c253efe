#include <algorithm>
#include <map>

#include "config/check.h"
#include "config/map.h"
#include "engine/kernel/audience.h"

namespace jinqiao::config {

using engine::kernel::Field;
using engine::policy::Policy;

namespace {

std::vector<std::string> posts_of(const Names& names) {
    std::vector<std::string> ids;
    for (const auto& [id, post] : names.organisation->posts) ids.push_back(id.value);
    return ids;
}

std::vector<std::string> departments_of(const Names& names) {
    std::vector<std::string> ids;
    for (const auto& [id, department] : names.organisation->departments) ids.push_back(id.value);
    return ids;
}

void expect_post(const Tree& at, const Names& names, Faults& faults) {
    if (at.kind == Tree::Kind::scalar && !at.text.empty())
        expect_one_of(at, at.text, posts_of(names), "check.kind.post", faults);
}

void collect_codes(const std::vector<Field>& fields,
                   std::map<std::string, std::vector<std::string>>& into) {
    for (const Field& field : fields) {
        auto& known = into[field.name];
        for (const auto& [code, title] : field.codes)
            if (std::find(known.begin(), known.end(), code) == known.end()) known.push_back(code);
        collect_codes(field.fields, into);
    }
}

// Codes a fact may have, by the payload field it comes from; empty: free.
std::vector<std::string> codes_of(const std::string& fact, const Names& names) {
    std::map<std::string, std::vector<std::string>> codes;
    for (const auto& action : names.workflow->actions())
        if (action.name == "file") collect_codes(action.payload, codes);
    std::string field = fact;
    if (field.ends_with("_ever")) field.resize(field.size() - 5);
    return codes[field];
}

void check_operand(const std::string& fact, const Tree& operand, const Names& names,
                   Faults& faults) {
    const auto allowed = codes_of(fact, names);
    if (allowed.empty()) return;
    if (operand.kind == Tree::Kind::scalar && !operand.text.empty())
        expect_one_of(operand, operand.text, allowed, "check.kind.code", faults);
    for (const Tree& item : operand.items) check_operand(fact, item, names, faults);
}

void check_test(const std::string& fact, const Tree& test, const Names& names, Faults& faults,
                const std::vector<std::string>& more) {
    const auto facts = names.workflow->fact_names();
    std::vector<std::string> known(facts.begin(), facts.end());
    known.insert(known.end(), more.begin(), more.end());
    if (!expect_one_of(test, fact, known, "check.kind.fact", faults)) return;
    if (test.kind == Tree::Kind::scalar) return check_operand(fact, test, names, faults);
    for (const auto& [word, operand] : test.entries)
        if (word == "equals" || word == "one_of" || word == "contains")
            check_operand(fact, operand, names, faults);
}

template <class Visit>
void each_entry(const Tree& tree, std::string_view key, Visit visit) {
    if (const Tree* map = tree.find(key))
        for (const auto& [name, value] : map->entries) visit(name, value);
}

void check_clocks(const Tree& tree, const Policy& policy, const Names& names, Faults& faults) {
    const auto wanted = names.workflow->clock_names();
    std::vector<std::string> known(wanted.begin(), wanted.end());
    known.insert(known.end(), engine_clocks().begin(), engine_clocks().end());
    std::vector<std::string> actions;
    for (const auto& action : names.workflow->actions()) actions.push_back(action.name);
    each_entry(tree, "clocks", [&](const std::string& name, const Tree& value) {
        expect_one_of(value, name, known, "check.kind.clock", faults);
        if (const Tree* list = value.find("restarted_by"))
            for (const Tree& action : list->items)
                expect_one_of(action, action.text, actions, "check.kind.action", faults);
        if (const Tree* beside = value.find("beside"))
            expect_one_of(*beside, beside->text, known, "check.kind.clock", faults);
    });
    const Tree* clocks = tree.find("clocks");
    for (const std::string& name : known)
        if (!policy.clocks.contains(name))
            add(faults, clocks == nullptr ? tree : *clocks, {"check.clock", {{"clock", name}}},
                {"check.found.nothing", {}});
}

void check_offers(const Tree& tree, const Names& names, Faults& faults) {
    std::vector<std::string> states;
    for (const auto& state : names.workflow->states()) states.push_back(state.name);
    each_entry(tree, "offers", [&](const std::string& state, const Tree& post) {
        expect_one_of(post, state, states, "check.kind.state", faults);
        expect_post(post, names, faults);
    });
}

void check_requests(const Tree& tree, const Policy& policy, const Names& names, Faults& faults) {
    std::vector<std::string> clocks;
    for (const auto& [name, rule] : policy.clocks) clocks.push_back(name);
    each_entry(tree, "requests", [&](const std::string& kind, const Tree& request) {
        const Tree* silence = request.find("on_expiry");
        if (silence != nullptr && silence->text == "approve" &&
            !names.workflow->silence_may_grant(kind))
            add(faults, *silence, {"check.no_silent_approval", {{"kind", kind}}},
                found_in(*silence));
        if (const Tree* approvers = request.find("approvers"))
            for (const Tree& post : approvers->items) expect_post(post, names, faults);
        if (const Tree* clock = request.find("answer_clock"))
            expect_one_of(*clock, clock->text, clocks, "check.kind.clock", faults);
    });
}

void check_notices(const Tree& tree, const Names& names, Faults& faults) {
    const auto told = names.workflow->notice_names();
    std::vector<std::string> known(told.begin(), told.end());
    known.insert(known.end(), engine_told().begin(), engine_told().end());
    each_entry(tree, "notices", [&](const std::string& event, const Tree& notice) {
        expect_one_of(notice, event, known, "check.kind.event", faults);
        if (const Tree* to = notice.find("to")) check_audience(*to, names, faults);
    });
}

}  // namespace

void check_audience(const Tree& list, const Names& names, Faults& faults) {
    const auto words = engine::kernel::audience_words();
    std::vector<std::string> allowed(words.begin(), words.end());
    const auto departments = departments_of(names);
    const auto posts = posts_of(names);
    allowed.insert(allowed.end(), departments.begin(), departments.end());
    allowed.insert(allowed.end(), posts.begin(), posts.end());
    for (const Tree& item : list.items)
        if (item.kind == Tree::Kind::scalar && !item.text.empty())
            expect_one_of(item, item.text, allowed, "check.kind.audience", faults);
}

void check_condition(const Tree& condition, const Names& names, Faults& faults,
                     const std::vector<std::string>& more) {
    for (const auto& [key, value] : condition.entries) {
        if (key == "all" || key == "any") {
            for (const Tree& item : value.items) check_condition(item, names, faults, more);
        } else if (key == "not") {
            check_condition(value, names, faults, more);
        } else {
            check_test(key, value, names, faults, more);
        }
    }
}

void check_workflow_file(const Tree& tree, const Policy& policy, const Names& names,
                         Faults& faults) {
    if (const Tree* name = tree.find("workflow"))
        expect_one_of(*name, name->text, {std::string(names.workflow->name())},
                      "check.kind.workflow", faults);
    check_clocks(tree, policy, names, faults);
    check_offers(tree, names, faults);
    check_requests(tree, policy, names, faults);
    if (const Tree* force = tree.find("task_force"))
        if (const Tree* post = force->find("post")) expect_post(*post, names, faults);
    check_notices(tree, names, faults);
}

void check_grading(const Tree& tree, const Names& names, Faults& faults) {
    std::set<std::string> ids;
    for (const std::string_view key : {"rules", "periods"}) {
        const Tree* list = tree.find(key);
        if (list == nullptr) continue;
        for (const Tree& rule : list->items) {
            const Tree* id = rule.find("id");
            if (id != nullptr && !ids.insert(id->text).second)
                add(faults, *id, {"check.id_once", {}}, found_in(*id));
            if (const Tree* when = rule.find("when")) check_condition(*when, names, faults);
        }
    }
}

namespace {

// A group that no route is in, or that asks for more answers than it has members, would never be
// complete.
void check_groups(const Tree& tree, const Policy& policy, Faults& faults) {
    const auto& enough = policy.routing.enough;
    std::vector<std::string> groups;
    for (const auto& [name, count] : enough)
        if (!name.empty()) groups.push_back(name);
    if (const Tree* routes = tree.find("routes"))
        for (const Tree& route : routes->items)
            if (const Tree* group = route.find("group"))
                expect_one_of(*group, group->text, groups, "check.kind.group", faults);
    const auto size = [&](const std::string& group) {
        const auto& routes = policy.routing.routes;
        return std::count_if(routes.begin(), routes.end(),
                             [&](const auto& route) { return route.group == group; });
    };
    const auto check_size = [&](const Tree& at, const std::string& group) {
        const auto found = enough.find(group);
        const auto members = size(group);
        if (found != enough.end() && found->second > members)
            add(faults, at, {"check.quorum", {{"most", std::to_string(members)}}},
                {"check.found.value", {{"value", std::to_string(found->second)}}});
    };
    if (const Tree* answer = tree.find("answer")) check_size(*answer, "");
    if (const Tree* list = tree.find("groups"))
        for (const auto& [name, answer] : list->entries) check_size(answer, name);
}

}  // namespace

void check_routing(const Tree& tree, const Policy& policy, const Names& names, Faults& faults) {
    const auto departments = departments_of(names);
    std::set<std::string> ids;
    if (const Tree* routes = tree.find("routes"))
        for (const Tree& route : routes->items) {
            const Tree* department = route.find("department");
            const Tree* post = route.find("post");
            const Tree* id = department != nullptr ? department : post;
            if (department != nullptr)
                expect_one_of(*department, department->text, departments, "check.kind.department",
                              faults);
            else if (post != nullptr)
                expect_post(*post, names, faults);
            if (id != nullptr && !ids.insert(id->text).second)
                add(faults, *id, {"check.id_once", {}}, found_in(*id));
            if (const Tree* when = route.find("when")) check_condition(*when, names, faults);
        }
    check_groups(tree, policy, faults);
    if (const Tree* lead = tree.find("lead"))
        expect_one_of(*lead, lead->text, departments, "check.kind.department", faults);
    const auto told = engine::policy::route(policy.routing, policy.grading.lowest, {});
    const auto reached = [&](const Tree& side) {
        return std::any_of(told.begin(), told.end(), [&](const auto& one) {
            return std::any_of(side.items.begin(), side.items.end(),
                               [&](const Tree& item) { return item.text == one.id; });
        });
    };
    for (const std::string_view key : {"union_side", "government_side"}) {
        const Tree* side = tree.find(key);
        if (side == nullptr) continue;
        for (const Tree& item : side->items)
            expect_one_of(item, item.text, departments, "check.kind.department", faults);
        if (!reached(*side))
            add(faults, *side, {"check.side_told", {}}, {"check.found.nothing", {}});
    }
}

void check_policy(const PolicyTrees& trees, const Policy& policy, const Names& names,
                  Faults& faults) {
    check_workflow_file(trees.workflow, policy, names, faults);
    check_grading(trees.grading, names, faults);
    check_routing(trees.routing, policy, names, faults);
    check_ladders(trees.ladders, policy, names, faults);
}

}  // namespace jinqiao::config
