// What people do when they come.
#include <algorithm>

#include "adapters/cli/replay/draw.h"
#include "adapters/cli/replay/people.h"
#include "engine/kernel/decide.h"

namespace jinqiao::adapters::cli::replay {

using engine::model::Actor;
using engine::model::Addressee;
using engine::model::AssignmentState;
using engine::model::CaseId;
using engine::model::Done;
using engine::model::Error;
using engine::model::Refusal;
using engine::model::Result;
using engine::model::Status;
using engine::time::Instant;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

constexpr int patience = 30;               // visits without anything to do
constexpr auto longest = hours{24 * 240};  // a case older than that is given up on
constexpr int attempts = 12;               // wishes tried at one visit

}  // namespace

People::Tried People::submit(const std::string& id, const Actor& actor, std::string name,
                             boost::json::object payload) {
    engine::runtime::Submission submission;
    engine::model::Command command;
    command.target = CaseId(id);
    command.name = std::move(name);
    command.payload = std::move(payload);
    command.actor = actor;
    submission.work = std::move(command);
    bool accepted = false;
    std::optional<Error> failed;
    submission.done = [&](const engine::runtime::Answer& answer) {
        accepted = std::holds_alternative<engine::runtime::Accepted>(answer);
        if (const auto* error = std::get_if<Error>(&answer)) failed = *error;
    };
    if (auto done = parts_.core->process({&submission, 1}); !done) return done.error();
    if (failed) return *failed;
    if (!accepted) ++refused_;
    return accepted;
}

Result<const Wish*> People::try_wishes(const Look& look, const Routine& done) {
    const auto& kase = look.kase;
    engine::kernel::Facts facts;
    facts.directory = parts_.directory;
    const Actor* owner = actors_->for_post(kase.owner.post.value, look.now);
    const Actor* commissioner = actors_->of(look.data.site.commissioner);
    std::optional<engine::kernel::Draft> draft;
    engine::model::Command asking;
    asking.target = kase.id;
    int tried = 0;
    for (const Wish& wish : look.wishes) {
        const Actor* actor = wish.who == Wish::Who::owner ? owner : commissioner;
        if (actor == nullptr || done.contains(wish.action)) continue;
        const auto actions = parts_.workflow->actions();
        const auto action = std::find_if(actions.begin(), actions.end(), [&](const auto& each) {
            return each.name == wish.action;
        });
        if (action == actions.end()) continue;
        if (!engine::kernel::may(*parts_.workflow, kase, *action, *actor, *parts_.directory,
                                 look.now))
            continue;
        if (!draft) {
            asking.actor = *actor;
            draft.emplace(kase, asking,
                          engine::kernel::Context{parts_.workflow, parts_.policy, parts_.calendar,
                                                  &facts, look.now});
        }
        if (!parts_.workflow->blocked(*draft, *action).empty()) continue;
        const auto accepted = submit(kase.id.value, *actor, wish.action, wish.payload);
        if (!accepted) return accepted.error();
        if (*accepted) return &wish;
        if (++tried >= attempts) break;
    }
    return nullptr;
}

// Routine first, then the one thing one came for.
Status People::work(const std::string& id, Life& life, const Visit& visit) {
    Routine routine;
    while (true) {
        const auto kase = life.kase;
        if (kase->owner.post.value != visit.about) return Done{};  // somebody else's by now
        const Instant now = parts_.core->now();
        const auto data = workflows::dispute::read_data(kase->data);
        Look look{*kase, data, params_,     life.intent, *parts_.directory, *parts_.calendar,
                  now,   {},   std::nullopt};
        look_around(look);
        const auto done = try_wishes(look, routine);
        if (!done) return done.error();
        if (*done != nullptr && (*done)->routine) {
            routine.insert((*done)->action);
            continue;
        }
        if (*done == nullptr && routine.empty()) return rest(id, life, look);
        const bool waiting = *done == nullptr && !look.wait;
        life.idle = waiting ? life.idle + 1 : 0;
        if (life.idle > patience) return rest(id, life, look);
        // A hand-over by that step has already planned the next owner's visit.
        if (life.kase->owner.post.value == visit.about)
            plan(id, life, Errand::work, visit.about, next_visit(life, look, *done != nullptr));
        return Done{};
    }
}

// After something was done, soon again. While waiting, in time for the next report or talk, or as
// late as is this person's habit.
Instant People::next_visit(Life& life, const Look& look, bool progressed) {
    const Instant soon = next_step(life, look.now);
    if (progressed || !look.wait) return soon;
    Instant at = *look.wait;
    const bool everybody = parts_.conduct.kind == Conduct::Kind::late;
    const bool late = everybody || mood_of(life.intent, life.kase->owner.post.value, false,
                                           look.now) != Mood::early;
    for (const char* name : {"rep.follow", "st.progress", "st.watch", "st.end_notice"}) {
        const auto* clock = life.kase->clock(name);
        if (clock == nullptr || !clock->open() || clock->due.at <= look.now) continue;
        const Instant in_time = clock->due.at - (clock->due.at - clock->from) * 3 / 10;
        const Instant too_late = everybody ? ladder_over(*life.kase, *clock) : clock->due.at;
        at = std::min(at, late || in_time <= look.now ? too_late + minutes{30} : in_time);
    }
    return std::max(at, look.now + minutes{1});
}

// Nothing could be done: wait for what was waited for, look in again, and in the end let it go to
// arbitration, which nobody may prevent.
Status People::rest(const std::string& id, Life& life, const Look& look) {
    if (!life.kase->open) return Done{};
    ++life.idle;
    const bool too_long = life.idle > patience || look.now - life.kase->filed_at > longest;
    if (too_long) {
        life.idle = 0;
        life.intent.way = Intent::Way::arbitration;
        const Actor* owner = actors_->for_post(life.kase->owner.post.value, look.now);
        if (owner != nullptr && !look.data.exit_pending) {
            const auto gone = submit(id, *owner, "party_went_to_arbitration",
                                     {{"by", "workers"}, {"scope", "whole"}});
            if (!gone) return gone.error();
        }
    }
    const Instant again = look.now + hours{6 * std::min(life.idle + 1, 8)};
    plan(id, life, Errand::work, life.kase->owner.post.value,
         look.wait ? next_visit(life, look, false) : again);
    return Done{};
}

// Nobody is in the post: whoever comes to it next finds it on the desk.
Status People::come_back(const std::string& id, Life& life, const Visit& visit) {
    if (life.kase->open) plan(id, life, visit.errand, visit.about, parts_.core->now() + hours{24});
    return Done{};
}

Status People::answer_offer(const std::string& id, Life& life, const Visit& visit) {
    if (!life.kase->offer || life.kase->offer->to.value != visit.about) return Done{};
    const Actor* actor = actors_->for_post(visit.about, parts_.core->now());
    if (actor == nullptr) return come_back(id, life, visit);
    const bool declines = life.intent.declines && life.declined == 0 && !life.kase->offer->forced;
    life.declined += declines ? 1 : 0;
    const auto answered =
        declines ? submit(id, *actor, "decline_handover", {{"reason", "职责不符，请另行安排"}})
                 : submit(id, *actor, "accept_handover", {});
    return answered ? Status(Done{}) : Status(answered.error());
}

Status People::answer_request(const std::string& id, Life& life, const Visit& visit) {
    const auto kase = life.kase;
    const auto* request = kase->request(engine::model::RequestId(visit.about));
    if (request == nullptr || request->state != engine::model::RequestState::pending) return Done{};
    const Actor* actor = actors_->for_post(request->approver.value, parts_.core->now());
    if (actor == nullptr) return come_back(id, life, visit);
    const bool yes = Draw(life.intent.seed, visit.about).chance(0.85);
    const auto answered = submit(id, *actor, yes ? "approve_request" : "reject_request",
                                 {{"request", visit.about}, {"reason", yes ? "同意" : "理由不足"}});
    return answered ? Status(Done{}) : Status(answered.error());
}

// Departments sign, then take the task or give it back, then do it. Others only sign.
Status People::answer_assignment(const std::string& id, Life& life, const Visit& visit) {
    const auto kase = life.kase;  // the commit below puts a new one in its place
    const auto& assignments = kase->assignments;
    const auto found = std::find_if(assignments.begin(), assignments.end(),
                                    [&](const auto& each) { return each.id.value == visit.about; });
    if (found == assignments.end()) return Done{};
    const Instant now = parts_.core->now();
    const bool department = found->addressee.kind == Addressee::Kind::department;
    const Actor* actor = department ? actors_->for_department(found->addressee.id, now)
                                    : actors_->for_post(found->addressee.id, now);
    if (actor == nullptr) return come_back(id, life, visit);
    Draw draw(life.intent.seed, visit.about);
    std::string name = "sign";
    boost::json::object payload{{"assignment", visit.about}};
    if (found->state == AssignmentState::signed_for) {
        name = draw.chance(0.04) ? "return" : "accept";
        if (name == "return") payload["reason"] = "不属本部门职责";
    } else if (found->state == AssignmentState::accepted) {
        name = "done";
    } else if (found->state != AssignmentState::delivered &&
               found->state != AssignmentState::told) {
        return Done{};
    }
    const auto done = submit(id, *actor, name, std::move(payload));
    if (!done) return done.error();
    if (*done && department && found->task == "alert" && name != "return" && name != "done")
        plan(id, life, Errand::finish, visit.about,
             now + (name == "sign" ? minutes{draw.between(10, 240)} : hours{draw.between(12, 96)}));
    return Done{};
}

}  // namespace jinqiao::adapters::cli::replay
