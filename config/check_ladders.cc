#include <algorithm>
#include <set>

#include "config/check.h"
#include "config/map.h"
#include "engine/kernel/rehearsal.h"
#include "engine/time/due.h"

namespace jinqiao::config {

using engine::model::GradeLevel;
using engine::policy::ClockRule;
using engine::policy::Ladder;
using engine::policy::Policy;
using engine::policy::Rung;

namespace {

constexpr GradeLevel all_grades[] = {GradeLevel::blue, GradeLevel::yellow, GradeLevel::orange,
                                     GradeLevel::red};

bool covers(const Ladder& ladder, GradeLevel grade) {
    return ladder.grades.empty() ||
           std::find(ladder.grades.begin(), ladder.grades.end(), grade) != ladder.grades.end();
}

class LadderCheck {
  public:
    LadderCheck(const Tree& tree, const Ladder& ladder, const Policy& policy, const Names& names,
                Faults& faults)
        : tree_(tree), ladder_(ladder), policy_(policy), names_(names), faults_(faults) {}

    void run() {
        check_clock();
        check_states();
        if (const Tree* when = tree_.find("when"))
            check_condition(*when, names_, faults_, clock_words());
        const Tree* rungs = tree_.find("rungs");
        if (rungs == nullptr || rungs->kind != Tree::Kind::list) return;
        if (rungs->items.empty())
            add(faults_, *rungs, {"check.rung_needed", {}}, {"check.found.nothing", {}});
        std::set<std::string> rung_names;
        for (std::size_t i = 0; i < ladder_.rungs.size(); ++i) {
            const Tree& item = rungs->items[i];
            if (const Tree* to = item.find("to")) check_audience(*to, names_, faults_);
            if (!rung_names.insert(ladder_.rungs[i].name).second)
                add(faults_, item, {"check.id_once", {}},
                    {"check.found.value", {{"value", ladder_.rungs[i].name}}});
            check_label(item, ladder_.rungs[i]);
            check_repeat(item, ladder_.rungs[i], i + 1 == ladder_.rungs.size());
        }
        check_order(*rungs);
    }

  private:
    void check_clock() {
        std::vector<std::string> clocks;
        for (const auto& [name, rule] : policy_.clocks) clocks.push_back(name);
        const Tree* clock = tree_.find("clock");
        if (clock != nullptr && !ladder_.clock.empty())
            expect_one_of(*clock, ladder_.clock, clocks, "check.kind.clock", faults_);
    }

    void check_states() {
        const auto infos = names_.workflow->states();
        std::vector<std::string> states;
        for (const auto& info : infos)
            if (info.region == infos.front().region) states.push_back(info.name);
        if (const Tree* list = tree_.find("states"))
            for (const Tree& state : list->items)
                expect_one_of(state, state.text, states, "check.kind.state", faults_);
    }

    // Reminders say which rung they come from.
    void check_label(const Tree& item, const Rung& rung) {
        const Tree* name = item.find("name");
        if (name != nullptr && !rung.name.empty() && !names_.texts->has("rung." + rung.name))
            add(faults_, *name, {"check.code", {{"code", "rung." + rung.name}}},
                {"check.found.nothing", {}});
    }

    // A ladder goes on until its condition ends, so its last rung repeats without limit. A clock
    // that ends by itself when it is due has nothing left to go on about.
    void check_repeat(const Tree& item, const Rung& rung, bool last) {
        if (engine::kernel::ends_at_due(*names_.workflow, policy_, ladder_.clock)) return;
        const bool repeats = item.find("every") != nullptr;  // one that cannot be read was noted
        if (last && (!repeats || rung.most != 0))
            add(faults_, item, {"check.last_repeats", {}},
                {repeats ? "check.found.most" : "check.found.no_every",
                 {{"most", std::to_string(rung.most)}}});
    }

    // Tried out on a clock of each grade's budget: a rung that comes before the one above it would
    // run late.
    void check_order(const Tree& rungs) {
        const ClockRule* rule = policy_.clock(ladder_.clock);
        if (rule == nullptr) return;
        for (const GradeLevel grade : all_grades) {
            const auto& budget = rule->budget[static_cast<std::size_t>(grade)];
            if (!budget || !covers(ladder_, grade)) continue;
            engine::model::Clock clock;
            clock.from = names_.at;
            clock.rule = {*budget, {}, false, rule->roll};
            clock.due = engine::time::due(*names_.calendar, clock.rule, clock.from);
            for (std::size_t i = 1; i < ladder_.rungs.size(); ++i) {
                if (moment(i, clock) >= moment(i - 1, clock)) continue;
                add(faults_, rungs.items[i],
                    {"check.rung_order", {{"rung", ladder_.rungs[i - 1].name}}},
                    found_at(rungs.items[i], "at"));
                return;
            }
        }
    }

    engine::time::Instant moment(std::size_t rung, const engine::model::Clock& clock) const {
        return engine::policy::moment_of(ladder_.rungs[rung].at, clock, *names_.calendar);
    }

    const Tree& tree_;
    const Ladder& ladder_;
    const Policy& policy_;
    const Names& names_;
    Faults& faults_;
};

// Every stage clock at every grade at which it runs: a deadline nobody is reminded of is missed in
// silence. A ladder that asks for something may not fit, so it does not count.
void check_all_laddered(const Tree& tree, const Policy& policy, Faults& faults) {
    for (const auto& [name, rule] : policy.clocks) {
        if (rule.cls != engine::model::ClockClass::stage) continue;
        for (const GradeLevel grade : all_grades) {
            if (!rule.budget[static_cast<std::size_t>(grade)]) continue;
            const bool found = std::any_of(policy.ladders.begin(), policy.ladders.end(),
                                           [&, &clock = name](const Ladder& ladder) {
                                               return ladder.clock == clock && !ladder.when &&
                                                      covers(ladder, grade);
                                           });
            if (found) continue;
            const Tree* list = tree.find("ladders");
            add(faults, list == nullptr ? tree : *list,
                {"check.ladder",
                 {{"clock", name}, {"grade", std::string(engine::model::name(grade))}}},
                {"check.found.nothing", {}});
            break;
        }
    }
}

}  // namespace

void check_ladders(const Tree& tree, const Policy& policy, const Names& names, Faults& faults) {
    if (const Tree* list = tree.find("ladders"); list != nullptr) {
        std::set<std::string> ladder_names;
        for (std::size_t i = 0; i < policy.ladders.size() && i < list->items.size(); ++i) {
            const Tree& item = list->items[i];
            if (!ladder_names.insert(policy.ladders[i].name).second)
                add(faults, item, {"check.id_once", {}},
                    {"check.found.value", {{"value", policy.ladders[i].name}}});
            LadderCheck(item, policy.ladders[i], policy, names, faults).run();
        }
    }
    check_all_laddered(tree, policy, faults);
}

}  // namespace jinqiao::config
