#include "adapters/cli/replay/people.h"

#include <algorithm>

#include "adapters/cli/replay/draw.h"

namespace jinqiao::adapters::cli::replay {

using engine::model::Addressee;
using engine::model::AssignmentState;
using engine::model::Case;
using engine::model::CaseId;
using engine::model::Clock;
using engine::model::ClockClass;
using engine::model::Done;
using engine::model::RequestState;
using engine::model::Status;
using engine::time::Instant;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

constexpr Instant far_away = Instant::max();

// The next of our own deadlines that lies ahead; or that was missed, if `missed_too`.
const Clock* next_deadline(const Case& kase, Instant now, bool missed_too) {
    const Clock* next = nullptr;
    for (const Clock& clock : kase.clocks)
        if (clock.open() && clock.cls == ClockClass::stage && clock.subject.empty() &&
            (missed_too || clock.due.at > now) && (next == nullptr || clock.due.at < next->due.at))
            next = &clock;
    return next;
}

std::string post_of(const engine::policy::Directory& directory, const Addressee& addressee) {
    if (addressee.kind == Addressee::Kind::post) return addressee.id;
    if (addressee.kind != Addressee::Kind::department) return {};
    const auto found = directory.departments.find(engine::model::DepartmentId(addressee.id));
    return found == directory.departments.end() ? std::string() : found->second.desk.value;
}

}  // namespace

People::People(Parts parts)
    : parts_(parts),
      actors_(std::make_unique<Actors>(*parts.directory)),
      params_(workflows::dispute::read_params(parts.policy->params)) {}

void People::use(const engine::policy::Directory& directory) {
    parts_.directory = &directory;
    actors_ = std::make_unique<Actors>(directory);
}

std::shared_ptr<const Case> People::set_aside(const CaseId& id) {
    const auto found = lives_.find(id.value);
    if (found == lives_.end() || !found->second.kase || !found->second.kase->open) return nullptr;
    found->second.aside = true;
    return std::move(found->second.kase);
}

void People::meet(const CaseId& id, const Intent& intent) { lives_[id.value].intent = intent; }

std::optional<Instant> People::next() const {
    if (visits_.empty()) return std::nullopt;
    return visits_.top().at;
}

std::size_t People::still_open() const {
    return static_cast<std::size_t>(std::count_if(
        lives_.begin(), lives_.end(),
        [](const auto& entry) { return entry.second.kase != nullptr && entry.second.kase->open; }));
}

void People::plan(const std::string& id, Life& life, Errand errand, const std::string& about,
                  Instant at) {
    if (at == far_away) return;
    ++life.visits;
    visits_.push({at, order_++, id, errand, about});
}

bool People::does_nothing(const std::string& post) const {
    const Conduct& conduct = parts_.conduct;
    if (conduct.kind == Conduct::Kind::idle) return true;
    if (conduct.kind != Conduct::Kind::dead_department) return false;
    const auto dead = parts_.directory->departments.find(conduct.dead);
    return dead != parts_.directory->departments.end() && dead->second.desk.value == post;
}

// When the last rung has run: from then on a ladder says nothing new.
Instant People::ladder_over(const Case& kase, const Clock& clock) const {
    const auto* ladder = engine::policy::ladder_for(
        parts_.policy->ladders, clock.name, kase.state_of("pipeline"), kase.grade.effective);
    if (ladder == nullptr || ladder->rungs.empty()) return clock.due.at;
    return std::max(clock.due.at,
                    engine::policy::moment_of(ladder->rungs.back().at, clock, *parts_.calendar));
}

Instant People::comes(Life& life, const std::string& post, Instant now, const Clock* clock) {
    if (does_nothing(post)) return far_away;
    Draw draw(life.intent.seed, post + "/" + std::to_string(life.steps++));
    if (parts_.conduct.kind == Conduct::Kind::late)
        return std::max(clock == nullptr ? now : ladder_over(*life.kase, *clock), now) +
               minutes{draw.between(10, 240)};
    const auto due = clock == nullptr ? std::nullopt : std::optional(clock->due.at);
    const auto left = due && *due > now ? std::chrono::floor<minutes>(*due - now) : minutes{0};
    switch (mood_of(life.intent, post, post == parts_.directory->fallback.value, now)) {
        case Mood::early: {
            const auto pace = minutes{draw.between(3, 90)};
            return now +
                   std::max(left > minutes{0} ? std::min(pace, left * 45 / 100) : pace, minutes{1});
        }
        case Mood::late:
            return now + (left < hours{72} ? left : minutes{0}) + minutes{draw.between(10, 8 * 60)};
        case Mood::never:
            break;
    }
    return now + minutes{draw.between(36 * 60, 96 * 60)};
}

Instant People::next_step(Life& life, Instant now) {
    const bool late = parts_.conduct.kind == Conduct::Kind::late;
    return comes(life, life.kase->owner.post.value, now, next_deadline(*life.kase, now, late));
}

void People::see(std::span<const engine::runtime::Accepted> changes) {
    for (const auto& change : changes) {
        if (!change.kase) continue;
        Life& life = lives_[change.kase->id.value];
        if (life.aside) continue;
        if (life.intent.seed == 0) {  // a child of another case: its own people, its own course
            Draw draw(0, change.kase->id.value);
            life.intent.seed = draw.next();
            life.intent.calm_at = parts_.core->now();
            life.intent.instalments = 1;
        }
        life.kase = change.kase;
        see_case(change.kase->id.value, life, parts_.core->now());
        let_go(life);
    }
}

void People::let_go(Life& life) const {
    if (!busy_ && life.kase != nullptr && !life.kase->open && life.visits == 0) life.kase.reset();
}

void People::see_case(const std::string& id, Life& life, Instant now) {
    const Case& kase = *life.kase;
    const std::string& owner = kase.owner.post.value;
    if (life.worker != owner) {
        life.worker = owner;
        plan(id, life, Errand::work, owner, next_step(life, now));
    }
    if (kase.offer) {
        const std::string key = "offer/" + kase.offer->to.value + "/" +
                                std::to_string(engine::time::to_ms(kase.offer->at));
        const auto* clock = kase.clock("st.handover");
        if (life.seen.insert(key).second)
            plan(id, life, Errand::offer, kase.offer->to.value,
                 comes(life, kase.offer->to.value, now, clock));
    }
    for (const auto& request : kase.requests)
        if (request.state == RequestState::pending && life.seen.insert(request.id.value).second) {
            const auto* clock = kase.clock("st.answer", request.id.value);
            plan(id, life, Errand::request, request.id.value,
                 comes(life, request.approver.value, now, clock));
        }
    see_assignments(id, life, now);
}

// A message is read once it has arrived, and signed for when its reader gets round to it.
void People::see_assignments(const std::string& id, Life& life, Instant now) {
    for (const auto& assignment : life.kase->assignments) {
        if (!assignment.needs_sign || assignment.state != AssignmentState::delivered) continue;
        if (!life.seen.insert(assignment.id.value).second) continue;
        const std::string post = post_of(*parts_.directory, assignment.addressee);
        const auto* clock = life.kase->clock("asg.sign", assignment.id.value);
        if (!post.empty())
            plan(id, life, Errand::sign, assignment.id.value, comes(life, post, now, clock));
    }
}

Status People::act(Instant now) {
    while (!visits_.empty() && visits_.top().at <= now) {
        const Visit visit = visits_.top();
        visits_.pop();
        Life& life = lives_[visit.kase];
        --life.visits;
        if (!life.kase) continue;
        Status done = Done{};
        busy_ = true;
        switch (visit.errand) {
            case Errand::work:
                done = work(visit.kase, life, visit);
                break;
            case Errand::offer:
                done = answer_offer(visit.kase, life, visit);
                break;
            case Errand::request:
                done = answer_request(visit.kase, life, visit);
                break;
            case Errand::sign:
            case Errand::finish:
                done = answer_assignment(visit.kase, life, visit);
                break;
        }
        busy_ = false;
        if (!done) return done;
        let_go(life);
    }
    return Done{};
}

}  // namespace jinqiao::adapters::cli::replay
