// The words of Draft that deal with clocks: start, meet, close, extend, suspend, rederive.
#include <algorithm>

#include "engine/kernel/draft.h"
#include "engine/kernel/workflow.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;
using model::Clock;
using model::ClockState;

namespace {

json::object about(const Clock& clock) {
    return {{"clock", clock.key()}, {"due_ms", time::to_ms(clock.due.at)}};
}

time::Due agreed(const time::Calendar& calendar, time::Instant at) {
    time::Due due;
    due.at = due.unrolled = at;
    due.explain = time::Explanation(
        {time::Line{"agreed", {{"at", time::to_rfc3339(at, calendar.utc_offset())}}}});
    return due;
}

}  // namespace

Clock* Draft::start(std::string_view name, StartOptions options) {
    const auto* rule = policy().clock(name);
    if (!rule) return nullptr;
    auto budget = options.budget;
    if (!budget) budget = rule->budget[static_cast<std::size_t>(kase.grade.effective)];
    if (!budget && !options.target) return nullptr;

    Clock clock;
    clock.name = rule->name;
    clock.subject = options.subject;
    clock.epoch = kase.epoch;
    clock.cls = rule->cls;
    clock.from = options.from.value_or(occurred_at());
    clock.rule.budget = budget.value_or(time::Budget{});
    clock.rule.backward = rule->backward;
    clock.rule.roll = rule->roll;
    clock.suspendable = rule->suspendable;
    clock.own_budget = options.budget.has_value();
    clock.source = rule->source;
    clock.calendar_version = calendar().version();
    clock.by_date = options.target.has_value();
    clock.due = options.target ? agreed(calendar(), *options.target)
                               : time::due(calendar(), clock.rule, clock.from);
    // Exactly this subject: a clock of the whole case is another one than those of its parts.
    for (auto& known : kase.clocks) {
        if (known.name != clock.name || known.subject != clock.subject) continue;
        clock.instance = std::max(clock.instance, known.instance + 1);
        clock.epoch = std::max(clock.epoch, known.epoch);
        if (known.open() && !options.new_instance) finish(known, ClockState::closed, "superseded");
    }
    record("clock_started", about(clock));
    kase.clocks.push_back(std::move(clock));
    return &kase.clocks.back();
}

void Draft::finish(Clock& clock, ClockState state, std::string_view outcome) {
    if (!clock.open()) return;
    clock.late = state == ClockState::met && now() >= clock.due.at;
    clock.state = state;
    clock.outcome = outcome;
    clock.ended_at = now();
    clock.rung_at.reset();
    clock.next_at.reset();
    clock.quiet_until.reset();
    auto data = about(clock);
    data["outcome"] = clock.outcome;
    data["late"] = clock.late;
    record(state == ClockState::met ? "clock_met" : "clock_closed", std::move(data));
}

void Draft::meet(std::string_view name, std::string_view outcome, std::string_view subject) {
    for (auto& clock : kase.clocks)
        if (clock.name == name && (subject.empty() || clock.subject == subject))
            finish(clock, ClockState::met, outcome);
}

void Draft::close(std::string_view name, std::string_view outcome, std::string_view subject) {
    for (auto& clock : kase.clocks)
        if (clock.name == name && (subject.empty() || clock.subject == subject))
            finish(clock, ClockState::closed, outcome);
}

void Draft::rederive(Clock& clock, std::string_view why) {
    if (clock.by_date) return;
    const auto old = clock.due.at;
    clock.due = time::due(calendar(), clock.rule, clock.from, clock.ledger);
    clock.calendar_version = calendar().version();
    if (clock.due.at == old) return;
    // A due that moved back into the future has not passed: the clock runs again.
    if (clock.due.at > now()) {
        clock.expired = false;
        if (clock.state == ClockState::missed) clock.state = ClockState::running;
    }
    if (why != "grade") rehang(*this, clock);
    record("due_changed", {{"clock", clock.key()},
                           {"why", why},
                           {"old_ms", time::to_ms(old)},
                           {"new_ms", time::to_ms(clock.due.at)}});
}

void Draft::extend(Clock& clock, time::Budget by) {
    clock.rule.extensions.push_back(by);
    rederive(clock, "extension");
}

void Draft::suspend_clocks(std::string_view reason) {
    for (auto& clock : kase.clocks) {
        // A missed one too: nobody is escalated for what was allowed to rest.
        if (!clock.suspendable || !clock.open() || clock.state == ClockState::suspended) continue;
        clock.ledger.push_back({now(), {}, std::string(reason)});
        clock.state = ClockState::suspended;
        record("clock_suspended", about(clock));
    }
}

void Draft::resume_clocks() {
    for (auto& clock : kase.clocks) {
        if (clock.state != ClockState::suspended) continue;
        clock.ledger.back().until = now();
        clock.state = clock.expired ? ClockState::missed : ClockState::running;
        clock.quiet_until.reset();
        rederive(clock, "suspension");
        record("clock_resumed", about(clock));
    }
}

void Draft::restart_acted() {
    if (!kase.open || command_.actor.kind != model::Actor::Kind::person) return;
    for (const auto& [name, rule] : policy().clocks) {
        const auto& actions = rule.restarted_by;
        if (std::find(actions.begin(), actions.end(), command_.name) == actions.end()) continue;
        const auto* running = kase.clock(name);
        // One that this very step started counts from it already.
        if (running == nullptr || !running->open() || running->from == now()) continue;
        const bool stands = running->state == ClockState::suspended;
        const auto reason = stands ? running->ledger.back().reason : std::string();
        meet(name, command_.name);
        auto* fresh = start(name, {.from = now()});
        if (fresh == nullptr || !stands) continue;
        fresh->ledger.push_back({now(), {}, reason});
        fresh->state = ClockState::suspended;
    }
}

bool Draft::has_open_clock(std::string_view name) const {
    return std::any_of(kase.clocks.begin(), kase.clocks.end(),
                       [&](const Clock& clock) { return clock.name == name && clock.open(); });
}

namespace {

// What the clock's first day says about it: words that a ladder may ask for. They hang on the
// stored start, not on today, so a ladder does not change at midnight.
void add_clock_words(const Draft& draft, const Clock& clock, json::object& facts) {
    const auto& calendar = draft.calendar();
    const auto date = calendar.local_date(clock.from);
    const auto minute = clock.from - calendar.start_of(date);
    const auto& hours = calendar.working_hours();
    const bool working = calendar.is_working(date);
    facts["clock.rest_day"] = !working;
    facts["clock.off_hours"] =
        !working || std::none_of(hours.begin(), hours.end(), [&](const auto& period) {
            return minute >= period.from && minute < period.until;
        });
    const auto& periods = draft.policy().grading.periods;
    facts["clock.special_period"] =
        std::any_of(periods.begin(), periods.end(),
                    [&](const auto& period) { return period.from <= date && date <= period.to; });
}

// Whether nothing else is asked than those words.
bool asks_of_clock_only(const policy::Condition& condition) {
    if (!condition.field.empty() && !condition.field.starts_with("clock.")) return false;
    return std::all_of(condition.parts.begin(), condition.parts.end(), asks_of_clock_only);
}

}  // namespace

// A ladder is looked for at every turn of every clock, and working out what the case says about
// itself is the dearest part of it: done only for a condition that asks for it.
const policy::Ladder* Draft::ladder_of(const Clock& clock) const {
    if (clock.cls == model::ClockClass::reference) return nullptr;
    std::optional<json::object> words, facts;
    const policy::Holds holds = [&](const policy::Condition& condition) {
        auto& known = asks_of_clock_only(condition) ? words : facts;
        if (!known) {
            known = &known == &facts ? context_.workflow->facts(kase, now()) : json::object();
            add_clock_words(*this, clock, *known);
        }
        return policy::holds(condition, *known);
    };
    const auto state = kase.regions.empty() ? std::string_view{} : kase.regions.front().state;
    return policy::ladder_for(policy().ladders, clock.name, state, kase.grade.effective, holds);
}

}  // namespace jinqiao::engine::kernel
