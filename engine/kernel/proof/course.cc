#include "engine/kernel/proof/course.h"

#include <algorithm>

#include "engine/kernel/refuse.h"

namespace jinqiao::engine::kernel::proof {

namespace json = boost::json;
using model::Addressee;
using model::Case;
using model::Clock;
using time::Instant;

namespace {

// No ladder has so many rungs before its last one repeats, raises through four grades included.
constexpr int most_rings = 200;

const Clock* clock_of(const Case& kase, const std::string& key) {
    for (const auto& clock : kase.clocks)
        if (clock.key() == key) return &clock;
    return nullptr;
}

// Those whose turn it is on this clock: telling them again is no escalation.
std::set<std::string> whose_turn(const Case& kase, const Clock& clock) {
    std::set<std::string> out{Addressee{Addressee::Kind::post, kase.owner.post.value}.text(),
                              Addressee{Addressee::Kind::person, kase.filer.value}.text()};
    const auto add = [&](const model::PostId& post) {
        out.insert(Addressee{Addressee::Kind::post, post.value}.text());
    };
    if (clock.name == "st.handover" && kase.offer) add(kase.offer->to);
    for (const auto& assignment : kase.assignments)
        if (assignment.id.value == clock.subject) out.insert(assignment.addressee.text());
    for (const auto& request : kase.requests)
        if (request.id.value == clock.subject) add(request.approver);
    return out;
}

const policy::Ladder* ladder_called(const policy::Policy& policy, const std::string& name) {
    const auto found =
        std::find_if(policy.ladders.begin(), policy.ladders.end(),
                     [&](const policy::Ladder& ladder) { return ladder.name == name; });
    return found == policy.ladders.end() ? nullptr : &*found;
}

bool has_rung(const policy::Ladder* ladder, const std::string& rung) {
    return ladder != nullptr && std::any_of(ladder->rungs.begin(), ladder->rungs.end(),
                                            [&](const auto& each) { return each.name == rung; });
}

class Following {
  public:
    Following(const Trial::World& world, const Met& met, const Seen& seen)
        : world_(world), key_(met.clock), seen_(seen), kase_(met.kase), now_(met.at) {
        facts_.directory = world.directory;
    }

    Course run() {
        if (const auto* clock = clock_of(kase_, key_)) out_.ladder = clock->ladder;
        for (int i = 0; i < most_rings; ++i) {
            const auto* clock = clock_of(kase_, key_);
            out_.closed = clock == nullptr || !clock->open();
            out_.silent =
                !out_.closed && !clock->next_at && clock->state != model::ClockState::suspended;
            if (out_.closed || !clock->next_at || repeats(*clock) || !ring(*clock)) break;
        }
        out_.owner = kase_.owner.post;
        return std::move(out_);
    }

  private:
    // The last rung of its ladder has run and comes again.
    bool repeats(const Clock& clock) const {
        const auto* ladder = ladder_called(*world_.policy, clock.ladder);
        return ladder != nullptr && !out_.rungs.empty() && clock.expired && clock.repeat > 0 &&
               clock.rung + 1 == static_cast<int>(ladder->rungs.size()) &&
               ladder->rungs.back().most == 0;
    }

    bool ring(const Clock& clock) {
        now_ = std::max(now_, *clock.next_at);
        const auto before = clock;
        const auto verdict =
            decide(*world_.workflow, &kase_,
                   timer_command(kase_.id, {before.key(), *before.next_at, before.epoch,
                                            before.rung, before.repeat}),
                   facts_, *world_.policy, *world_.calendar, now_);
        const auto* decision = std::get_if<Decision>(&verdict);
        out_.stuck = decision == nullptr;
        if (out_.stuck) return false;
        note(before, *decision);
        if (seen_) seen_(*decision, now_);
        kase_ = decision->after;
        return true;
    }

    void note(const Clock& before, const Decision& decision) {
        const auto* after = clock_of(decision.after, key_);
        const auto turn = whose_turn(kase_, before);
        for (const auto& event : decision.events) {
            if (event.name != "rung" || text(event.data, "clock") != key_) continue;
            RanRung ran;
            ran.rung = text(event.data, "rung");
            const bool same = has_rung(ladder_called(*world_.policy, before.ladder), ran.rung);
            ran.ladder = same || after == nullptr ? before.ladder : after->ladder;
            const bool offers = text(event.data, "step") == "hand_over";
            out_.offered = out_.offered || offers;
            for (const auto& notice : decision.notices)
                if ((offers && notice.event == "handover_offered") ||
                    (text(notice.vars, "clock") == before.name &&
                     text(notice.vars, "rung") == ran.rung))
                    ran.told.insert(notice.addressee.text());
            ran.beyond = std::any_of(ran.told.begin(), ran.told.end(),
                                     [&](const auto& who) { return !turn.contains(who); });
            out_.rungs.push_back(std::move(ran));
        }
    }

    const Trial::World& world_;
    const std::string key_;
    const Seen& seen_;
    Case kase_;
    Instant now_;
    Facts facts_;
    Course out_;
};

}  // namespace

bool Course::ran(const std::string& of_ladder, const std::string& rung) const {
    return std::any_of(rungs.begin(), rungs.end(), [&](const RanRung& each) {
        return each.ladder == of_ladder && each.rung == rung;
    });
}

bool Course::beyond() const {
    return std::any_of(rungs.begin(), rungs.end(), [](const auto& each) { return each.beyond; });
}

Course follow(const Trial::World& world, const Met& met, const Seen& seen) {
    return Following(world, met, seen).run();
}

Course course_under(const Trial::World& world, const Met& met, const policy::Ladder& ladder) {
    policy::Policy policy = *world.policy;
    auto first = ladder;
    first.when.reset();
    policy.ladders.insert(policy.ladders.begin(), std::move(first));
    Trial::World changed = world;
    changed.policy = &policy;
    Facts facts;
    facts.directory = world.directory;
    model::Command look;
    look.target = met.kase.id;
    look.name = "reassess";
    const auto verdict =
        decide(*world.workflow, &met.kase, look, facts, policy, *world.calendar, met.at);
    const auto* decision = std::get_if<Decision>(&verdict);
    if (decision == nullptr) return {};
    Met armed = met;
    armed.kase = decision->after;
    return follow(changed, armed, {});
}

}  // namespace jinqiao::engine::kernel::proof
