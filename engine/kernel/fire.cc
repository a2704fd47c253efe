// Ladders at work: when something happens next on a clock, and what happens then.
#include <algorithm>

#include "engine/kernel/draft.h"
#include "engine/kernel/workflow.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;
using model::Clock;
using model::ClockState;
using policy::Ladder;
using policy::Rung;
using time::Instant;

namespace {

bool has_rung(const Ladder* ladder, int rung) {
    return ladder && rung < static_cast<int>(ladder->rungs.size());
}

Instant moment(const Draft& draft, const Clock& clock, const Ladder& ladder, int rung) {
    return policy::moment_of(ladder.rungs[static_cast<std::size_t>(rung)].at, clock,
                             draft.calendar());
}

// The last rung whose time has come, counted from the first on; -1: none has.
int latest_past(const Draft& draft, const Clock& clock, const Ladder& ladder) {
    int rung = -1;
    while (has_rung(&ladder, rung + 1) && moment(draft, clock, ladder, rung + 1) <= draft.now())
        ++rung;
    return rung;
}

// Another state or grade may mean another ladder. Its rungs are not those of the one before: it
// starts over, under an epoch of its own, so that no rung key repeats and no clock falls silent.
void use_ladder(Clock& clock, const Ladder* ladder) {
    if (!ladder) return clock.rung_at.reset();
    if (clock.ladder == ladder->name) return;
    if (!clock.ladder.empty()) ++clock.epoch;
    clock.ladder = ladder->name;
    clock.rung = clock.repeat = 0;
    clock.rung_at.reset();
}

void step_on(const Draft& draft, Clock& clock, const Ladder& ladder);

// A newer policy may have a ladder of the same name that ends before the rung the clock stands on:
// the last rung goes on from there, or the clock would be silent for good.
void stay_on_ladder(const Draft& draft, Clock& clock, const Ladder& ladder) {
    if (clock.rung < static_cast<int>(ladder.rungs.size()) || ladder.rungs.empty()) return;
    const auto& last = ladder.rungs.back();
    if (!last.every || last.most != 0) return;  // used up, as it was meant
    ++clock.epoch;
    clock.rung = static_cast<int>(ladder.rungs.size()) - 1;
    clock.repeat = 0;
    clock.rung_at = draft.now();
    step_on(draft, clock, ladder);
}

// The next rung's instant. A ladder that starts over with part of its time already gone runs the
// latest rung that is past, once, and not all of them at one stroke.
void arm_rung(const Draft& draft, Clock& clock, const Ladder* ladder) {
    use_ladder(clock, ladder);
    if (ladder) stay_on_ladder(draft, clock, *ladder);
    if (clock.rung_at || !has_rung(ladder, clock.rung)) return;
    clock.rung = std::max(clock.rung, latest_past(draft, clock, *ladder));
    clock.rung_at = moment(draft, clock, *ladder, clock.rung);
}

struct Next {
    enum class What { nothing, unrolled, due, rung } what = What::nothing;
    Instant at{};
};

// Equal instants happen in the order unrolled, due, rung: a rung at due finds the clock missed.
Next next_of(const Draft& draft, const Clock& clock) {
    Next next;
    const auto consider = [&](Next::What what, Instant at) {
        if (next.what == Next::What::nothing || at < next.at) next = {what, at};
    };
    if (!clock.unrolled_told && clock.due.unrolled < clock.due.at &&
        draft.context().workflow->wants_unrolled(clock))
        consider(Next::What::unrolled, clock.due.unrolled);
    if (!clock.expired) consider(Next::What::due, clock.due.at);
    if (clock.rung_at)
        consider(Next::What::rung, std::max(*clock.rung_at, clock.quiet_until.value_or(Instant{})));
    return next;
}

void arm_clock(Draft& draft, Clock& clock) {
    if (!clock.open() || clock.state == ClockState::suspended) {
        clock.next_at.reset();
        return;
    }
    arm_rung(draft, clock, draft.ladder_of(clock));
    const auto next = next_of(draft, clock);
    if (next.what == Next::What::nothing)
        clock.next_at.reset();
    else
        clock.next_at = next.at;
}

// Of two clocks of one matter the one that ends first is what counts: a reminder on either names
// it. From receipt and from acceptance of a mediation the law counts two times fifteen days.
const Clock* earlier_of(const Draft& draft, const Clock& clock) {
    const Clock* earlier = nullptr;
    for (const auto& other : draft.kase.clocks) {
        if (&other == &clock || !other.open() || other.due.at >= clock.due.at) continue;
        const auto* mine = draft.policy().clock(clock.name);
        const auto* theirs = draft.policy().clock(other.name);
        const bool beside =
            (mine && mine->beside == other.name) || (theirs && theirs->beside == clock.name);
        if (beside && (earlier == nullptr || other.due.at < earlier->due.at)) earlier = &other;
    }
    return earlier;
}

json::object vars_of(const Draft& draft, const Clock& clock, const Rung& rung) {
    json::object vars{{"clock", clock.name},
                      {"due_ms", time::to_ms(clock.due.at)},
                      {"rung", rung.name},
                      {"repeat", clock.repeat}};
    if (const auto* earlier = earlier_of(draft, clock)) {
        vars["earlier"] = earlier->name;
        vars["earlier_due_ms"] = time::to_ms(earlier->due.at);
    }
    return vars;
}

// An escalation is signed for; repeating it is one more notice of the same assignment.
void inform(Draft& draft, const Clock& clock, const Rung& rung) {
    const auto key = clock.key();
    for (const auto& to : draft.audience(rung.to, key)) {
        model::AssignmentId id;
        for (const auto& known : draft.kase.assignments)
            if (known.addressee == to && known.about == key && !known.closed_at) id = known.id;
        if (id.empty()) id = draft.assign(to, "escalation", key).id;
        draft.notify("rung.inform", to, id, vars_of(draft, clock, rung));
    }
}

// Down the deputies of the owner's post, one further each time; the fallback desk comes last and
// accepts by implication (Draft::offer).
void hand_over(Draft& draft, const Clock& clock, const Rung& rung) {
    const auto& directory = draft.directory();
    auto chain = directory.deputies_of(draft.kase.owner.post);
    chain.push_back(directory.fallback);
    const auto index = std::min(static_cast<std::size_t>(clock.repeat), chain.size() - 1);
    // Where the fallback desk owns already there is nowhere further to go; an offer of its own
    // stays.
    if (chain[index] != draft.kase.owner.post) draft.offer(chain[index], rung.name, true);
}

void raise(Draft& draft, const Rung& rung) {
    if (rung.raise == "tier") {
        draft.context().workflow->raise_tier(draft);
    } else if (draft.kase.grade.effective < model::GradeLevel::red) {
        const auto up = static_cast<int>(draft.kase.grade.effective) + 1;
        draft.raise_grade(static_cast<model::GradeLevel>(up), "ladder");
    }
}

// What comes after this rung: itself again, until the next one's time; at the end of the ladder
// itself until the condition ends. After a long silence it runs once, not once for each miss.
void step_on(const Draft& draft, Clock& clock, const Ladder& ladder) {
    const auto& rung = ladder.rungs[static_cast<std::size_t>(clock.rung)];
    std::optional<Instant> again;
    if (rung.every && (rung.most == 0 || clock.repeat + 1 < rung.most))
        again = time::add(draft.calendar(), std::max(*clock.rung_at, draft.now()), *rung.every);
    std::optional<Instant> next;
    if (has_rung(&ladder, clock.rung + 1))
        next = policy::moment_of(ladder.rungs[static_cast<std::size_t>(clock.rung) + 1].at, clock,
                                 draft.calendar());
    if (next && (!again || *next <= *again)) {
        ++clock.rung;
        clock.repeat = 0;
        clock.rung_at = next;
    } else if (again) {
        ++clock.repeat;
        clock.rung_at = again;
    } else {
        clock.rung = static_cast<int>(ladder.rungs.size());
        clock.rung_at.reset();
    }
}

// One rung raises once. The ladder of the new grade starts over, but not with another raise: its
// due lies further back, and blue would be red at one stroke.
void skip_raise(const Draft& draft, Clock& clock, const Ladder* ladder) {
    use_ladder(clock, ladder);
    if (!ladder) return;
    const int past = latest_past(draft, clock, *ladder);
    if (past < 0 || ladder->rungs[static_cast<std::size_t>(past)].step != policy::StepKind::raise)
        return;
    clock.rung = past;
    clock.rung_at = draft.now();
    step_on(draft, clock, *ladder);
}

// One stroke, one grade. What else had a raise due by now waits for its next time: several missed
// deadlines that come to light together are one reason to raise, not as many.
void hold_back_raises(Draft& draft, const Clock& but, const std::string& what) {
    for (auto& clock : draft.kase.clocks) {
        if (&clock == &but || !clock.open() || clock.state == ClockState::suspended) continue;
        const auto* ladder = draft.ladder_of(clock);
        arm_rung(draft, clock, ladder);
        while (clock.rung_at && *clock.rung_at <= draft.now() && has_rung(ladder, clock.rung)) {
            const auto& rung = ladder->rungs[static_cast<std::size_t>(clock.rung)];
            if (rung.step != policy::StepKind::raise || rung.raise != what) break;
            draft.record("raise_held", {{"clock", clock.key()}, {"rung", rung.name}});
            step_on(draft, clock, *ladder);
        }
    }
}

// Somebody higher was told or moved: counted within the stage, and the workflow may see in it a
// case that has got stuck.
void count_escalation(Draft& draft, const Clock& clock, policy::StepKind step) {
    if (step == policy::StepKind::remind || !draft.kase.open) return;
    ++draft.kase.escalations;
    draft.context().workflow->escalated(draft, clock);
}

void run_rung(Draft& draft, Clock& clock) {
    const auto* ladder = draft.ladder_of(clock);
    if (!has_rung(ladder, clock.rung)) {
        clock.rung_at.reset();
        return;
    }
    const auto rung = ladder->rungs[static_cast<std::size_t>(clock.rung)];
    draft.record("rung", {{"clock", clock.key()},
                          {"epoch", clock.epoch},
                          {"rung", rung.name},
                          {"repeat", clock.repeat},
                          {"step", policy::name(rung.step)}});
    const int epoch = clock.epoch;
    switch (rung.step) {
        case policy::StepKind::remind:
            for (const auto& to : draft.audience(rung.to, clock.key()))
                draft.notify("rung.remind", to, {}, vars_of(draft, clock, rung));
            break;
        case policy::StepKind::inform:
            inform(draft, clock, rung);
            break;
        case policy::StepKind::hand_over:
            hand_over(draft, clock, rung);
            inform(draft, clock, rung);
            break;
        case policy::StepKind::raise:
            raise(draft, rung);
            hold_back_raises(draft, clock, rung.raise);
            inform(draft, clock, rung);
            break;
    }
    count_escalation(draft, clock, rung.step);
    // The step may have ended the clock (raised out of its grade) or restarted its ladder.
    if (!clock.open()) return;
    const auto* now_on = draft.ladder_of(clock);
    if (clock.epoch == epoch && now_on == ladder)
        step_on(draft, clock, *ladder);
    else if (rung.step == policy::StepKind::raise)
        skip_raise(draft, clock, now_on);
}

bool request_lapsed(Draft& draft, const Clock& clock) {
    auto* request = draft.kase.request(model::RequestId{clock.subject});
    if (!request || request->state != model::RequestState::pending) return false;
    draft.answer_by_silence(*request);
    return true;
}

// Nobody answered the offer: the owner stays and both are told.
bool handover_lapsed(Draft& draft, const Clock& clock) {
    if (clock.name != "st.handover" || !draft.kase.offer) return false;
    draft.withdraw_offer("lapsed");
    return true;
}

void run_due(Draft& draft, Clock& clock) {
    clock.expired = true;
    draft.record("due_passed", {{"clock", clock.key()},
                                {"due_ms", time::to_ms(clock.due.at)},
                                {"late_ms", (draft.now() - clock.due.at).count()}});
    if (request_lapsed(draft, clock)) return;
    if (draft.context().workflow->expired(draft, clock)) return;
    if (handover_lapsed(draft, clock)) return;
    if (clock.cls == model::ClockClass::reference)
        draft.finish(clock, ClockState::closed, "passed");
    else if (clock.open())
        clock.state = ClockState::missed;
}

}  // namespace

void rehang(Draft& draft, Clock& clock) {
    const auto* ladder = draft.ladder_of(clock);
    clock.rung_at.reset();
    if (!ladder || clock.ladder != ladder->name || clock.due.at <= draft.now()) return;
    const int past = latest_past(draft, clock, *ladder);
    const bool ran = past < clock.rung || (past == clock.rung && clock.repeat > 0);
    ++clock.epoch;
    clock.rung = std::max(past, 0);
    clock.repeat = 0;
    if (past < 0 || !ran) return;
    clock.rung_at = draft.now();
    step_on(draft, clock, *ladder);
}

void arm(Draft& draft) {
    for (auto& clock : draft.kase.clocks) arm_clock(draft, clock);
}

bool fire(Draft& draft, Clock& clock) {
    bool any = false;
    while (clock.open() && clock.state != ClockState::suspended) {
        arm_rung(draft, clock, draft.ladder_of(clock));
        const auto next = next_of(draft, clock);
        if (next.what == Next::What::nothing || next.at > draft.now()) break;
        any = true;
        if (next.what == Next::What::unrolled) {
            clock.unrolled_told = true;
            draft.context().workflow->unrolled(draft, clock);
        } else if (next.what == Next::What::due) {
            run_due(draft, clock);
        } else {
            run_rung(draft, clock);
        }
    }
    return any;
}

}  // namespace jinqiao::engine::kernel
