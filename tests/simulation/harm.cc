#include "tests/simulation/harm.h"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <set>

#include "engine/kernel/rehearsal.h"

namespace jinqiao::tests {

namespace kernel = engine::kernel;
namespace model = engine::model;
namespace policy = engine::policy;
namespace time = engine::time;
using kernel::Trial;
using model::Addressee;
using model::GradeLevel;
using time::Instant;

namespace {

constexpr std::chrono::hours year{24 * 365};
constexpr std::chrono::hours three_weeks{24 * 21};
constexpr std::chrono::hours a_month{24 * 30};  // longer than any rung's interval
constexpr std::chrono::hours five_months{24 * 150};
// Every hour of the day comes in turn, as seven and twenty-four have no common divisor.
constexpr std::chrono::hours between_looks{7};

// --- people ---------------------------------------------------------------------------------

bool reaches_its_own(const policy::Directory& directory, const Addressee& who, Instant at) {
    const auto reach = directory.reach(who, at);
    if (!reach.reachable() || reach.person.empty()) return false;
    auto post = model::PostId{who.id};
    if (who.kind == Addressee::Kind::department)
        post = directory.departments.at(model::DepartmentId{who.id}).desk;
    if (post == directory.fallback) return true;
    const auto chain = directory.acting(post, at);
    return !chain.empty() && chain.front().via != directory.fallback;
}

// Whoever a policy may send something to.
std::set<Addressee> addressees(const Trial::World& world) {
    std::set<Addressee> out;
    for (const auto& [id, post] : world.directory->posts)
        out.insert({Addressee::Kind::post, id.value});
    for (const auto& [id, department] : world.directory->departments)
        out.insert({Addressee::Kind::department, id.value});
    for (const auto& [state, post] : world.policy->offers)
        out.insert({Addressee::Kind::post, post.value});
    for (const auto& [kind, rule] : world.policy->requests)
        for (const auto& post : rule.approvers) out.insert({Addressee::Kind::post, post.value});
    for (const auto& ladder : world.policy->ladders)
        for (const auto& rung : ladder.rungs)
            for (const std::string word : {"supervisor", "supervisor2"})
                if (std::count(rung.to.begin(), rung.to.end(), word) > 0)
                    out.insert({Addressee::Kind::post, word});
    return out;
}

std::string look_for_people(const Play& play, const std::set<Addressee>& all) {
    auto directory = *play.world.directory;
    for (Instant at = play.at; at < play.at + year; at += between_looks) {
        for (const auto& who : all) {
            if (!reaches_its_own(directory, who, at)) return "people: " + who.text();
            const auto post = who.kind == Addressee::Kind::post
                                  ? model::PostId{who.id}
                                  : directory.departments.at(model::DepartmentId{who.id}).desk;
            for (const auto& acting : directory.acting(post, at)) {
                directory.absences.push_back({acting.person, at, at + std::chrono::hours{1}});
                const bool fine = reaches_its_own(directory, who, at);
                directory.absences.pop_back();
                if (!fine) return "people: " + who.text() + " without " + acting.person.value;
            }
        }
    }
    return {};
}

// The same people and the same addressees have the same answer; most mutants change neither.
std::string people(const Play& play) {
    static std::mutex mutex;
    static std::map<std::pair<const policy::Directory*, std::set<Addressee>>, std::string> known;
    const std::pair key{play.world.directory, addressees(play.world)};
    {
        const std::lock_guard lock(mutex);
        if (const auto found = known.find(key); found != known.end()) return found->second;
    }
    auto said = look_for_people(play, key.second);
    const std::lock_guard lock(mutex);
    return known.emplace(key, std::move(said)).first->second;
}

// --- ways -----------------------------------------------------------------------------------

constexpr GradeLevel grades[] = {GradeLevel::blue, GradeLevel::yellow, GradeLevel::orange,
                                 GradeLevel::red};

const model::Case& it(const Trial& trial) { return trial.cases().at(kernel::rehearsed()); }

void pass(Trial& trial, Instant until) {
    for (auto next = trial.next(); next && *next <= until; next = trial.next())
        if (!trial.ring()) return;
    trial.set(until);
}

std::string not_let_out(const Trial::World& world, const Trial& trial) {
    for (const char* exit : {"party_refused", "party_went_to_arbitration", "withdraw"}) {
        Trial tried = trial;
        model::Command command;
        command.target = kernel::rehearsed();
        command.name = exit;
        command.payload = {{"by", "workers"}};
        command.actor.kind = model::Actor::Kind::person;
        const auto chain = world.directory->acting(it(trial).owner.post, trial.now());
        if (!chain.empty()) command.actor.person = chain.front().person;
        if (tried.send(command)) return exit;
        const auto mediation = it(tried).state_of("mediation");
        if (mediation == "applied" || mediation == "open") return exit;
    }
    return {};
}

// Every rehearsal, step by step; what each step leaves is seen by `after`, and ends it if it has
// something to say.
using After = std::function<std::string(const Trial&, bool last)>;

std::string walk(const Play& play, const kernel::Rehearsal& way, const After& after) {
    Trial trial(play.world, play.at, {});
    if (kernel::file_rehearsal(trial, way, play.filer)) return "blocked: file";
    for (const auto& deed : way.deeds) {
        pass(trial, play.at + deed.after);
        const auto command =
            kernel::command_of(deed, it(trial), *play.world.directory, trial.now());
        if (trial.send(command)) return "blocked: " + way.name + " " + deed.action;
        if (auto said = after(trial, &deed == &way.deeds.back()); !said.empty()) return said;
    }
    return {};
}

std::string each_way(const Play& play, const After& after) {
    for (const auto grade : grades)
        for (const auto& way : play.world.workflow->rehearsals(*play.world.policy, grade))
            if (auto said = walk(play, way, after); !said.empty()) return said;
    return {};
}

std::string ways(const Play& play) {
    return each_way(play, [&](const Trial& trial, bool) -> std::string {
        const auto& kase = it(trial);
        if (!kase.open) return {};
        const auto lacks = kernel::lacking(kase, *play.world.directory, trial.now());
        if (!lacks.empty()) return "lacks: " + lacks.front();
        const auto exit = not_let_out(play.world, trial);
        return exit.empty() ? exit : "blocked: " + exit;
    });
}

// Where a policy names several approvers in turn, each of them is asked first for once.
std::string approvers(const Play& play) {
    for (const auto& [kind, rule] : play.world.policy->requests)
        for (std::size_t i = 1; i < rule.approvers.size(); ++i) {
            auto changed = *play.world.policy;
            changed.requests.at(kind).approvers = {rule.approvers[i]};
            auto turned = play;
            turned.world.policy = &changed;
            for (const auto& way : play.world.workflow->rehearsals(changed, GradeLevel::yellow)) {
                const bool asks =
                    std::any_of(way.deeds.begin(), way.deeds.end(),
                                [](const auto& deed) { return deed.action == "approve_request"; });
                if (!asks) continue;
                auto said = walk(turned, way, [](const Trial&, bool) { return std::string(); });
                if (!said.empty()) return said;
            }
        }
    return {};
}

// --- one clock over months --------------------------------------------------------------------

// What was told of each instance of the clock while its case was left alone.
class Listener {
  public:
    explicit Listener(std::string clock) : clock_(std::move(clock)) {}

    void hear(const kernel::Decision& decision, Instant now) {
        const auto& kase = decision.after;
        for (const auto& clock : kase.clocks)
            if (clock.name == clock_ && clock.state == model::ClockState::missed)
                missed_.try_emplace(clock.key(), now);
        for (const auto& notice : decision.notices) {
            const auto* about = notice.vars.if_contains("clock");
            const bool offer = notice.event == "handover_offered" && clock_ == "st.ack";
            if (!offer && (about == nullptr || *about != clock_.c_str())) continue;
            for (const auto& clock : kase.clocks) {
                if (clock.name != clock_ || !missed_.contains(clock.key())) continue;
                told_[clock.key()] = now;
                if (!is_its_turn(kase, clock, notice.addressee)) heard_.insert(clock.key());
            }
        }
    }

    // Empty: somebody else heard of everything missed, and will again.
    std::string verdict(const model::Case& kase, Instant now) const {
        for (const auto& [key, since] : missed_) {
            const auto clock =
                std::find_if(kase.clocks.begin(), kase.clocks.end(),
                             [&](const model::Clock& each) { return each.key() == key; });
            if (clock == kase.clocks.end() || !clock->open() || now - since < three_weeks) continue;
            if (clock->state == model::ClockState::suspended) continue;
            if (!clock->next_at) return "forgotten: " + key;
            const auto told = told_.find(key);
            // Ringing where nobody hears it is no better.
            if (told == told_.end() || now - told->second > a_month) return "unheard: " + key;
            const bool ours = clock->cls == model::ClockClass::stage;
            if (ours && !heard_.contains(key)) return "unheard: " + key;
        }
        return {};
    }

  private:
    static bool is_its_turn(const model::Case& kase, const model::Clock& clock,
                            const Addressee& who) {
        if (who.kind == Addressee::Kind::person || who.id == kase.owner.post.value) return true;
        for (const auto& assignment : kase.assignments)
            if (assignment.id.value == clock.subject) return assignment.addressee == who;
        for (const auto& request : kase.requests)
            if (request.id.value == clock.subject) return request.approver.value == who.id;
        return false;
    }

    std::string clock_;
    std::map<std::string, Instant> missed_;
    std::map<std::string, Instant> told_;  // anybody, last
    std::set<std::string> heard_;          // somebody but whose turn it was
};

std::string months(const Play& play) {
    if (play.clock.empty()) return {};
    auto muted = *play.world.policy;
    // Where nothing else rings the engine starts st.next by itself, again and again; so that clock
    // is looked at among all others, and for not so long.
    const bool among_all = play.clock == "st.next";
    if (!among_all)
        std::erase_if(muted.ladders, [&](const auto& each) { return each.clock != play.clock; });
    const std::chrono::hours horizon = among_all ? 2 * three_weeks : five_months;
    auto quiet = play;
    quiet.world.policy = &muted;
    std::set<std::string> seen;
    std::string said;
    (void)each_way(quiet, [&](const Trial& trial, bool last) -> std::string {
        const auto& kase = it(trial);
        const bool runs = std::any_of(
            kase.clocks.begin(), kase.clocks.end(),
            [&](const auto& clock) { return clock.name == play.clock && clock.open(); });
        const auto key = std::string(kase.state_of("pipeline")) + "/" +
                         std::string(model::name(kase.grade.effective)) + (runs ? "/runs" : "");
        // Where a way ends, several clocks run that meet nowhere else.
        const bool fresh = seen.insert(key).second;
        if (!fresh && !last) return {};
        Listener listener(play.clock);
        Trial alone = trial;
        alone.watch([&](const model::Command&, const kernel::Decision& decision, Instant now) {
            if (decision.after.id == kernel::rehearsed()) listener.hear(decision, now);
        });
        pass(alone, trial.now() + horizon);
        return said = listener.verdict(it(alone), alone.now());
    });
    return said;
}

// --- the law ----------------------------------------------------------------------------------

// A period in the law's words, and ours before it (dispute-machine.md, I30).
constexpr std::pair<const char*, const char*> pairs[] = {{"st.meeting", "med.end"},
                                                         {"st.meeting", "med.court"},
                                                         {"st.route", "agr.arb_review"},
                                                         {"st.route", "agr.judicial_confirm"}};

std::optional<Instant> due_of(const model::Case& kase, std::string_view name) {
    for (const auto& clock : kase.clocks)
        if (clock.name == name) return clock.due.at;
    return {};
}

std::string law(const Play& play) {
    const bool concerned = std::any_of(std::begin(pairs), std::end(pairs), [&](const auto& pair) {
        return play.clock == pair.first || play.clock == pair.second;
    });
    if (!play.law || !concerned) return {};
    auto late = play;
    // The last minutes of a day: hours that begin then end latest.
    const auto first = play.world.calendar->at(play.world.calendar->local_date(play.at),
                                               std::chrono::minutes{23 * 60 + 55});
    for (late.at = first; late.at < first + year; late.at += std::chrono::hours{24})
        for (const auto grade : grades)
            for (const auto& way : play.world.workflow->rehearsals(*play.world.policy, grade)) {
                if (way.name != "mediated" && way.name != "court") continue;
                std::string said;
                (void)walk(late, way, [&](const Trial& trial, bool) {
                    for (const auto& [ours, legal] : pairs) {
                        const auto mine = due_of(it(trial), ours);
                        const auto theirs = due_of(it(trial), legal);
                        if (mine && theirs && *mine >= *theirs)
                            said = std::string("law: ") + ours + " " + legal;
                    }
                    return said;
                });
                if (!said.empty()) return said;
            }
    return {};
}

}  // namespace

std::string harm(const Play& play) {
    for (const auto look : {people, ways, approvers, months, law})
        if (auto found = look(play); !found.empty()) return found;
    return {};
}

}  // namespace jinqiao::tests
