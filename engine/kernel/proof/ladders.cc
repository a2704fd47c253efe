// Ladders: each deadline of ours that nobody answers reaches somebody else and is never let go, and
// what is written is used.
#include <algorithm>

#include "engine/kernel/proof/course.h"
#include "engine/kernel/proof/parts.h"
#include "engine/kernel/rehearsal.h"
#include "engine/policy/satisfiable.h"

namespace jinqiao::engine::kernel::proof {

using model::GradeLevel;
using policy::Ladder;

namespace {

bool covers(const Ladder& ladder, const MetKey& met) {
    const auto& [clock, state, grade] = met;
    const auto in = [](const auto& list, const auto& value) {
        return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
    };
    return ladder.clock == clock && in(ladder.states, state) && in(ladder.grades, grade);
}

class Ladders {
  public:
    Ladders(const Question& question, const Explored& explored, Findings& out)
        : question_(question), policy_(*question.world.policy), explored_(explored), out_(out) {}

    void run() {
        for (const auto& [key, course] : explored_.courses) check_course(key, course);
        // Where ways are blocked, that something was never met says nothing.
        if (!explored_.findings.empty()) return;
        for (const auto& ladder : policy_.ladders) check_ladder(ladder);
    }

  private:
    // One finding for each clock is enough: the same mistake shows at every state and grade.
    void note(const MetKey& key, const char* code, Place place, model::Message found) {
        const auto& [clock, state, grade] = key;
        if (!told_.insert({code, place.id.empty() ? clock : place.id}).second) return;
        found.args.emplace_back("clock", clock);
        found.args.emplace_back("g", std::string(model::name(grade)));
        out_.push_back({code,
                        std::move(place),
                        {std::string("check.proof.") + code, {}},
                        std::move(found),
                        explored_.clocks.at(key).shown,
                        false});
    }

    void check_course(const MetKey& key, const Course& course) {
        const auto& clock = std::get<0>(key);
        const auto* rule = policy_.clock(clock);
        const bool ours = rule != nullptr && rule->cls == model::ClockClass::stage;
        const Place place = course.ladder.empty() ? Place{Place::Kind::clock, clock, {}}
                                                  : Place{Place::Kind::ladder, course.ladder, {}};
        if (course.stuck) return note(key, "ladder.stuck", place, {"check.proof.stuck", {}});
        if (course.closed) return;
        if (course.ladder.empty())
            return note(key, "ladder.none", place, {"check.found.nothing", {}});
        check_hand_over(key, course, place);
        if (course.silent) note(key, "ladder.silent", place, {"check.proof.silent", {}});
        // What the law gives others to do is only followed up.
        if (ours && !course.beyond())
            note(key, "ladder.not_higher", place, {"check.proof.not_higher", {}});
        if (!course.rungs.empty() && course.rungs.back().told.empty())
            note(key, "rung.deaf",
                 {Place::Kind::ladder, course.rungs.back().ladder, course.rungs.back().rung},
                 {"check.proof.deaf", {}});
    }

    // Handed down the deputies, a case that nobody takes ends at the desk that is never empty.
    void check_hand_over(const MetKey& key, const Course& course, const Place& place) {
        if (!course.offered || course.owner == question_.world.directory->fallback) return;
        if (!told_.insert({"ladder.cut_short", place.id}).second) return;
        warn("ladder.cut_short", place, {"check.proof.owned_by", {{"post", course.owner.value}}},
             explored_.clocks.at(key).shown);
    }

    void check_ladder(const Ladder& ladder) {
        if (ladder.when && !policy::satisfiable(*ladder.when))
            return warn("ladder.never", {Place::Kind::ladder, ladder.name, {}},
                        {"check.proof.contradiction", {}}, {});
        const bool met =
            std::any_of(explored_.courses.begin(), explored_.courses.end(),
                        [&](const auto& each) { return std::get<0>(each.first) == ladder.clock; });
        if (!met) return;  // the clock was never started: nothing is known of it
        std::set<std::string> before;
        const auto* key = first_chosen(ladder, before);
        if (key == nullptr) {
            std::string names;
            for (const auto& name : before) names += (names.empty() ? "" : ", ") + name;
            return warn("ladder.shadowed", {Place::Kind::ladder, ladder.name, {}},
                        names.empty() ? model::Message{"check.proof.no_such_state", {}}
                                      : model::Message{"check.proof.behind", {{"names", names}}},
                        {});
        }
        check_rungs(ladder, *key);
    }

    // Where the ladder is chosen, its facts given; those that take its place elsewhere.
    const MetKey* first_chosen(const Ladder& ladder, std::set<std::string>& before) const {
        for (const auto& [key, course] : explored_.courses) {
            if (!covers(ladder, key)) continue;
            const auto first = std::find_if(
                policy_.ladders.begin(), policy_.ladders.end(), [&](const Ladder& other) {
                    return covers(other, key) && (!other.when || &other == &ladder);
                });
            if (&*first == &ladder) return &key;
            before.insert(first->name);
        }
        return nullptr;
    }

    void check_rungs(const Ladder& ladder, const MetKey& chosen) {
        std::set<std::string> ran;
        const auto add = [&](const Course& course) {
            for (const auto& each : course.rungs)
                if (each.ladder == ladder.name) ran.insert(each.rung);
        };
        for (const auto& [key, course] : explored_.courses) add(course);
        if (ladder.when)
            for (const auto& [key, course] : explored_.courses)
                if (covers(ladder, key))
                    add(course_under(question_.world, explored_.clocks.at(key), ladder));
        for (const auto& rung : ladder.rungs) {
            if (ran.contains(rung.name)) continue;
            const bool ends = ends_at_due(*question_.world.workflow, policy_, ladder.clock);
            warn("rung.unreachable", {Place::Kind::ladder, ladder.name, rung.name},
                 {ends ? "check.proof.ends_at_due" : "check.proof.passed_over",
                  {{"clock", ladder.clock}}},
                 explored_.clocks.at(chosen).shown);
        }
    }

    void warn(const char* code, Place place, model::Message found, std::optional<Shown> shown) {
        out_.push_back({code,
                        std::move(place),
                        {std::string("check.proof.") + code, {}},
                        std::move(found),
                        std::move(shown),
                        true});
    }

    const Question& question_;
    const policy::Policy& policy_;
    const Explored& explored_;
    Findings& out_;
    std::set<std::pair<std::string, std::string>> told_;
};

}  // namespace

void prove_ladders(const Question& question, const Explored& explored, Findings& out) {
    Ladders(question, explored, out).run();
}

}  // namespace jinqiao::engine::kernel::proof
