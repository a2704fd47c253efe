#include "adapters/cli/replay/breaks.h"

#include <algorithm>

#include "adapters/cli/json_view.h"

namespace jinqiao::adapters::cli::replay {

using engine::model::Addressee;
using engine::model::Case;
using engine::model::Clock;
using engine::model::Event;
using engine::policy::Ladder;
using engine::policy::Policy;
using engine::time::Instant;
using std::chrono::hours;

namespace {

std::string text_of(const Event& event, const char* key) {
    const auto* value = event.data.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

std::int64_t seconds(Instant from, Instant until) {
    return std::chrono::floor<std::chrono::seconds>(until - from).count();
}

const Clock* clock_of(const Case& kase, const std::string& key) {
    const auto found = std::find_if(kase.clocks.begin(), kase.clocks.end(),
                                    [&](const Clock& clock) { return clock.key() == key; });
    return found == kase.clocks.end() ? nullptr : &*found;
}

const Ladder* ladder_named(const Policy& policy, const std::string& name) {
    for (const Ladder& ladder : policy.ladders)
        if (ladder.name == name) return &ladder;
    return nullptr;
}

const engine::model::Assignment* assignment_of(const Case& kase, const std::string& id) {
    for (const auto& assignment : kase.assignments)
        if (assignment.id.value == id) return &assignment;
    return nullptr;
}

bool is_department(const engine::model::Assignment* assignment) {
    return assignment != nullptr && assignment->task == "alert" && assignment->needs_sign &&
           assignment->addressee.kind == Addressee::Kind::department;
}

}  // namespace

// What nobody acted for until now did so under the directory before.
void Breaks::use(const engine::policy::Directory& directory, Instant now) {
    directory_ = &directory;
    for (const auto& [id, post] : directory.posts) {
        const bool empty = directory.acting(id, now).empty();
        const auto known = empty_since_.find(id);
        if (empty && known == empty_since_.end()) empty_since_[id] = now;
        if (empty || known == empty_since_.end()) continue;
        found_.empty_posts[id.value] += seconds(known->second, now);
        empty_since_.erase(known);
    }
}

void Breaks::heard(Life& life, Instant now) {
    const auto silent = now - life.heard_at;
    if (!found_.silence || silent > found_.silence->until - found_.silence->from)
        found_.silence = Findings::Silence{life.number, life.state, life.heard_at, now};
    life.heard_at = now;
}

void Breaks::over(Life& life, Instant now) {
    heard(life, now);
    life.open = false;
    found_.followed_days += static_cast<double>(seconds(life.filed_at, now)) / 86'400;
}

void Breaks::see(const engine::runtime::Accepted& change, const Policy& policy, Instant now,
                 bool by_people) {
    const Case& kase = *change.kase;
    const bool fresh = !lives_.contains(kase.id.value);
    Life& life = lives_[kase.id.value];
    if (fresh) {
        life.number = kase.number;
        life.filed_at = life.heard_at = life.day = now;
    }
    if (!life.open) return;
    if (by_people) heard(life, now);
    life.state = kase.state_of("pipeline");
    for (const Event& event : change.events) count(kase, life, event, policy, now);
    if (!kase.open) over(life, now);
}

void Breaks::count(const Case& kase, Life& life, const Event& event, const Policy& policy,
                   Instant now) {
    if (event.name == "rung") return count_rung(kase, life, event, policy, now);
    if (event.name == "unreachable") {
        const auto why = text_of(event, "why");
        ++found_.redirected[text_of(event, "addressee") + ": " + why];
    } else if (event.name == "owner_changed" &&
               text_of(event, "to") == directory_->fallback.value && !life.with_fallback) {
        life.with_fallback = true;
        ++found_.with_fallback;
        found_.fallback_after.push_back(seconds(life.filed_at, now));
    } else if (event.name == "assigned") {
        const auto* assignment = assignment_of(kase, text_of(event, "assignment"));
        if (is_department(assignment)) ++found_.departments[assignment->addressee.id].told;
    } else if (event.name == "assignment_signed" || event.name == "assignment_accepted" ||
               event.name == "assignment_returned") {
        const auto id = text_of(event, "assignment");
        const auto* assignment = assignment_of(kase, id);
        if (is_department(assignment) && assignment->signed_at && life.signed_for.insert(id).second)
            ++found_.departments[assignment->addressee.id].signed_for;
    }
}

void Breaks::count_rung(const Case& kase, Life& life, const Event& event, const Policy& policy,
                        Instant now) {
    ++found_.rungs;
    if (now >= life.day + hours{24}) {
        life.day = now;
        life.rungs_of_day = 0;
    }
    if (++life.rungs_of_day > found_.busiest.rungs)
        found_.busiest = {life.number, life.rungs_of_day, life.day};

    const auto key = text_of(event, "clock");
    const Clock* clock = clock_of(kase, key);
    const Ladder* ladder = clock == nullptr ? nullptr : ladder_named(policy, clock->ladder);
    if (ladder == nullptr) return;
    const auto rung = text_of(event, "rung");
    if (ladder->rungs.back().name == rung) {
        ++found_.last_rungs;
        if (life.spent.insert(key + "/" + ladder->name).second)
            ++found_.spent_ladders[ladder->name];
    }
    // Somebody beside the department hears that it has not signed.
    const auto* assignment =
        clock->name == "asg.sign" ? assignment_of(kase, clock->subject) : nullptr;
    if (!is_department(assignment)) return;
    const auto ran = std::find_if(ladder->rungs.begin(), ladder->rungs.end(),
                                  [&](const auto& each) { return each.name == rung; });
    const bool others = ran != ladder->rungs.end() &&
                        std::any_of(ran->to.begin(), ran->to.end(),
                                    [](const auto& word) { return word != "assignee"; });
    if (!others || !life.found_out.insert(assignment->id.value).second) return;
    auto& department = found_.departments[assignment->addressee.id];
    department.found_after.push_back(seconds(assignment->told_at, now));
    ++department.found_by[ladder->name + "/" + rung];
}

void Breaks::sent(const engine::ports::Transmission& transmission, Instant now) {
    const boost::json::value body(transmission.body);
    const auto to = Addressee::parse(text_at(body, "addressee"));
    if (!to) return;
    const auto left = directory_->people.find(engine::model::PersonId(transmission.address));
    if (left != directory_->people.end() && left->second.id.value != to->id &&
        (!left->second.enabled || directory_->posts_of(left->first, now).empty()))
        ++found_.to_leavers;
    if (directory_->reach(*to, now).person.empty()) {
        ++found_.reached_nobody[to->text()];
        if (to->kind == Addressee::Kind::department) ++found_.departments[to->id].nobody_there;
        return;
    }
    const auto life = lives_.find(text_at(body, "case"));
    if (life != lives_.end() && life->second.open) heard(life->second, now);
}

void Breaks::set_aside(const Case& kase, Instant now) {
    ++found_.watched_by[kase.owner.post.value];
    const Clock* next = nullptr;
    for (const Clock& clock : kase.clocks)
        if (clock.open() && clock.next_at && (next == nullptr || *clock.next_at < *next->next_at))
            next = &clock;
    ++found_.waiting_for[next == nullptr ? "-" : next->name];
    const auto life = lives_.find(kase.id.value);
    if (life != lives_.end() && life->second.open) over(life->second, now);
}

Findings Breaks::close(Instant now) {
    for (auto& [id, life] : lives_)
        if (life.open) over(life, now);
    for (const auto& [post, since] : empty_since_)
        found_.empty_posts[post.value] += seconds(since, now);
    std::sort(found_.fallback_after.begin(), found_.fallback_after.end());
    for (auto& [id, department] : found_.departments)
        std::sort(department.found_after.begin(), department.found_after.end());
    return found_;
}

}  // namespace jinqiao::adapters::cli::replay
