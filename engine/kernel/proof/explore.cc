#include "engine/kernel/proof/explore.h"

#include <algorithm>

#include "engine/kernel/proof/course.h"
#include "engine/kernel/rehearsal.h"

namespace jinqiao::engine::kernel::proof {

namespace json = boost::json;
using model::Case;
using model::GradeLevel;
using time::Instant;

namespace {

constexpr GradeLevel all_grades[] = {GradeLevel::blue, GradeLevel::yellow, GradeLevel::orange,
                                     GradeLevel::red};

// Enough for the first deadlines to be missed and for what follows from that.
constexpr int timers_alone = 150;

std::string configuration_of(const Case& kase) {
    std::string key(model::name(kase.grade.effective));
    for (const auto& region : kase.regions) key += "/" + region.state;
    return key;
}

class Explorer {
  public:
    Explorer(const Trial::World& world, const model::Actor& filer, Instant at)
        : world_(world), filer_(filer), at_(at) {
        facts_.directory = world.directory;
    }

    Explored run() {
        for (const auto grade : all_grades)
            for (const auto& way : world_.workflow->rehearsals(*world_.policy, grade))
                play(way, grade);
        leave_alone();
        // What is left alone may start further clocks, which are then followed too.
        while (!waiting_.empty()) {
            const auto key = waiting_.back();
            waiting_.pop_back();
            const auto met = out_.clocks.at(key);
            out_.courses[key] = follow(world_, met, [&](const Decision& decision, Instant now) {
                see(decision, now, met.shown);
            });
        }
        return std::move(out_);
    }

  private:
    void play(const Rehearsal& way, GradeLevel grade) {
        playing_ = {way.name, 0, grade, at_, {}};
        Trial trial(world_, at_,
                    [this](const model::Command&, const Decision& decision, Instant now) {
                        see(decision, now, playing_);
                    });
        const auto filed = file_rehearsal(trial, way, filer_);
        if (filed) return refused(playing_, "file", *filed);
        for (const auto& deed : way.deeds) {
            pass(trial, at_ + deed.after);
            ++playing_.steps;
            const auto command =
                command_of(deed, trial.cases().at(rehearsed()), *world_.directory, trial.now());
            if (const auto refusal = trial.send(command))
                return refused(playing_, deed.action, *refusal);
            keep_alone(trial);
        }
    }

    static void pass(Trial& trial, Instant until) {
        for (auto next = trial.next(); next && *next <= until; next = trial.next())
            if (!trial.ring()) break;
        trial.set(until);
    }

    // The guards let nobody through here, though everything was done that they ask for.
    void refused(const Shown& shown, const std::string& action, const model::Refusal& refusal) {
        const auto why = refusal.reasons.empty() ? model::Message{} : refusal.reasons.front();
        std::string reason = why.code;
        for (const auto& [name, value] : why.args) reason += " " + value;
        if (!blocked_.insert({action, reason}).second) return;  // once, whatever way it is met on
        out_.findings.push_back({"way.refused",
                                 {Place::Kind::workflow, {}, {}},
                                 {"check.proof.way", {{"event", action}}},
                                 why,
                                 shown,
                                 false});
    }

    // In every state at every grade, once: nobody does anything more.
    void keep_alone(const Trial& trial) {
        const auto& kase = trial.cases().at(rehearsed());
        const auto state = kase.regions.empty() ? std::string() : kase.regions.front().state;
        if (!kase.open || !kept_.insert({state, kase.grade.effective}).second) return;
        alone_.push_back({trial, playing_});
    }

    void leave_alone() {
        for (auto& [trial, shown] : alone_) {
            playing_ = shown;
            for (int i = 0; i < timers_alone && trial.ring(); ++i) {
            }
        }
        alone_.clear();
    }

    void see(const Decision& decision, Instant now, const Shown& shown) {
        const auto& kase = decision.after;
        for (const auto& notice : decision.notices)
            out_.told.try_emplace(notice.addressee.text(), shown);
        // Whom it was meant for, where it went to the fallback desk instead.
        for (const auto& event : decision.events)
            if (const auto* to = event.data.if_contains("addressee");
                event.name == "unreachable" && to != nullptr && to->is_string())
                out_.told.try_emplace(std::string(to->get_string()), shown);
        out_.owners.insert(kase.owner.post);
        if (kase.open)
            for (const auto& word : lacking(kase, *world_.directory, now))
                out_.without.try_emplace(word, Met{kase, {}, now, shown});
        if (configurations_.insert(configuration_of(kase)).second) {
            ++out_.configurations;
            for (const auto& region : kase.regions)
                out_.states.insert(region.name + ":" + region.state);
            if (kase.open) try_exits(kase, now, shown);
        }
        for (const auto& clock : kase.clocks)
            if (clock.open()) meet(kase, clock, now, shown);
    }

    void meet(const Case& kase, const model::Clock& clock, Instant now, const Shown& shown) {
        const MetKey key{clock.name, kase.regions.empty() ? "" : kase.regions.front().state,
                         kase.grade.effective};
        if (clock.state == model::ClockState::suspended || out_.clocks.contains(key)) return;
        out_.clocks.emplace(key, Met{kase, clock.key(), now, shown});
        if (clock.cls != model::ClockClass::reference) waiting_.push_back(key);
    }

    // Nobody can be trapped: with nothing but `by` said, everybody is let out.
    void try_exits(const Case& kase, Instant now, const Shown& shown) {
        for (const auto& exit : world_.workflow->exits()) {
            const auto verdict =
                decide(*world_.workflow, &kase, command_of(exit, kase, *world_.directory, now),
                       facts_, *world_.policy, *world_.calendar, now);
            if (const auto* refusal = std::get_if<model::Refusal>(&verdict))
                refused(shown, exit.action, *refusal);
            else if (world_.workflow->trapped(std::get<Decision>(verdict).after))
                trapped(shown, exit.action);
        }
    }

    void trapped(const Shown& shown, const std::string& exit) {
        if (!blocked_.insert({exit, "trapped"}).second) return;
        out_.findings.push_back({"way.trapped",
                                 {Place::Kind::workflow, {}, {}},
                                 {"check.proof.exit", {{"event", exit}}},
                                 {"check.proof.trapped", {}},
                                 shown,
                                 false});
    }

    const Trial::World& world_;
    const model::Actor& filer_;
    Instant at_;
    Facts facts_;
    Explored out_;
    Shown playing_;
    struct Alone {
        Trial trial;
        Shown shown;
    };
    std::vector<Alone> alone_;
    std::set<std::pair<std::string, GradeLevel>> kept_;
    std::vector<MetKey> waiting_;
    std::set<std::string> configurations_;
    std::set<std::pair<std::string, std::string>> blocked_;  // action, reason
};

}  // namespace

Explored explore(const Trial::World& world, const model::Actor& filer, Instant at) {
    return Explorer(world, filer, at).run();
}

}  // namespace jinqiao::engine::kernel::proof
