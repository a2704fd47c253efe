#include "workflows/dispute/hooks.h"

#include <algorithm>
#include <array>

namespace jinqiao::workflows::dispute {

namespace {

// Nothing is wrong, but nothing else would ever ring either (I3).
constexpr std::string_view idle = "idle";

// Stage clocks that make sense in some states only: closed when the pipeline leaves them all.
struct Belongs {
    std::string_view clock;
    std::array<std::string_view, 6> states;
};

constexpr Belongs belongs[] = {
    {"st.ack", {"reported"}},
    {"st.dispatch", {"reported", "verifying"}},
    {"st.on_site", {"reported", "verifying"}},
    {"st.verify", {"reported", "verifying"}},
    {"st.coordinate", {"verifying"}},
    {"st.act", {"verifying", "committee", "team", "joint", "agreement"}},
    {"st.watch", {"watching"}},
    {"st.meeting", {"committee", "team", "joint"}},
    {"st.progress", {"committee", "team", "joint"}},
    {"st.sign", {"agreement"}},
    {"st.route", {"agreement"}},
    {"st.visit", {"follow_up"}},
    {"rep.follow", {"verifying", "watching", "committee", "team", "joint", "agreement"}}};

constexpr std::size_t act = 5;  // the row of st.act
static_assert(belongs[act].clock == "st.act");

bool in(const Belongs& clock, std::string_view state) {
    return std::find(clock.states.begin(), clock.states.end(), state) != clock.states.end();
}

// Leaving a state is what some clocks waited for.
bool reached(const Step& step, std::string_view clock) {
    if (clock == "st.ack") return step.event == "acknowledge";
    if (clock == "st.coordinate") return true;
    if (clock == "st.route")
        return step.pipeline() == "confirming" || step.pipeline() == "performing";
    return false;
}

void leave(Step& step) {
    for (const Belongs& each : belongs) {
        if (!in(each, step.from[Region::pipeline]) || in(each, step.pipeline())) continue;
        if (reached(step, each.clock))
            step.draft.meet(each.clock);
        else
            step.draft.close(each.clock, "left");
    }
}

// The instant from which the clocks of a state count.
void date(Step& step) {
    const std::string& before = step.from[Region::pipeline];
    const std::string& state = step.pipeline();
    if (state == "verifying" && before != "reported") step.data.verify_since = step.at;
    if (state == "watching") step.data.watch_since = step.at;
    if (is_tier(state)) {
        step.data.last_c = state;
        if (is_tier(before)) {
            step.data.progress_since = step.at;
        } else {
            step.data.coordinate_since = step.at;
            step.data.progress_since.reset();
            // Back from a text that came to nothing: talks go on, they do not begin.
            if (before == "agreement" || before == "performing") step.data.progress_since = step.at;
        }
    }
    const bool reporting = in(belongs[std::size(belongs) - 1], state);
    if (reporting && !in(belongs[std::size(belongs) - 1], before) && before != "reported")
        step.data.report_since = step.at;
}

bool keeps_custody(std::string_view event) {
    return event == "reopen" || event == "unmerge" || event == "child_opened" || event == "file";
}

void offer_on(Step& step) {
    if (keeps_custody(step.event) || is_end(step.pipeline())) return;
    auto post = model::PostId{};
    if (step.pipeline() == "verifying") {
        if (step.from[Region::pipeline] == "reported") return;
        post = model::PostId{step.data.acknowledged_post};
    } else if (const auto found = step.draft.policy().offers.find(step.pipeline());
               found != step.draft.policy().offers.end()) {
        post = found->second;
    }
    if (post.empty()) return;
    step.save();
    step.draft.offer(post, step.pipeline());
}

void settle_pipeline(Step& step) {
    if (!step.moved(Region::pipeline)) return;
    step.draft.record(
        "state_changed",
        {{"from", step.from[Region::pipeline]}, {"to", step.pipeline()}, {"event", step.event}});
    step.draft.meet("st.next", "chosen");
    step.data.next.clear();
    leave(step);
    date(step);
    if (is_end(step.pipeline())) return settle_end(step);
    offer_on(step);
}

void settle_clock(Step& step) {
    if (step.left(Region::clock, "suspended")) {
        step.draft.resume_clocks();
        step.draft.close("sus.until", "resumed");
        step.data.suspended_until.reset();
    } else if (step.entered(Region::clock, "suspended") && step.data.suspended_until) {
        step.draft.suspend_clocks(text(step.payload(), "kind"));
        step.draft.start("sus.until",
                         {.from = step.draft.now(),
                          .target = step.draft.calendar().end_of(*step.data.suspended_until)});
    }
}

void settle_containment(Step& step) {
    if (!step.entered(Region::containment, "spread")) return;
    step.data.ever_spread = true;
    step.draft.facts_changed();
    const std::string& state = step.pipeline();
    if (is_warn(state) || state == "committee" || state == "team") {
        // A case outside the park is the joint group's; a person changes the tier.
        step.want_next = "change_tier";
        if (const auto found = step.draft.policy().offers.find("joint");
            found != step.draft.policy().offers.end()) {
            step.save();
            step.draft.offer(found->second, "spread");
        }
    }
}

void record_moves(Step& step) {
    for (std::size_t i = 1; i < region_count; ++i)
        if (step.from.state[i] != step.to.state[i])
            step.draft.record("state_changed", {{"region", region_names[i]},
                                                {"from", step.from.state[i]},
                                                {"to", step.to.state[i]},
                                                {"event", step.event}});
}

void choose_next(Step& step) {
    if (step.want_next.empty() || !step.kase().open) return;
    step.data.next = step.want_next;
    start_from(step, "st.next", step.next_from.value_or(step.at));
}

// Rings again for as long as its condition holds: a ladder whose last rung repeats without limit.
bool repeats(const Step& step, const model::Clock& clock) {
    const auto* ladder = step.draft.ladder_of(clock);
    return ladder != nullptr && !ladder->rungs.empty() && ladder->rungs.back().every &&
           ladder->rungs.back().most == 0;
}

bool rings(const Step& step, const model::Clock& clock) {
    if (!clock.open() || clock.cls == model::ClockClass::reference) return false;
    if (clock.name.starts_with("asg.") || clock.state == model::ClockState::suspended) return false;
    const auto* rule = step.draft.policy().clock(clock.name);
    if (rule != nullptr && rule->background) return false;
    return (clock.state == model::ClockState::running && !clock.expired) || repeats(step, clock);
}

}  // namespace

void settle(Step& step) {
    record_moves(step);
    settle_mediation(step);
    settle_clock(step);
    settle_containment(step);
    settle_pipeline(step);
    settle_process(step);
    if (!step.kase().open) return;
    arm_passing_time(step);
    arm_state(step);
    choose_next(step);
    // What was started while the case stands still stands still as well (3.2).
    if (suspended(step.to)) step.draft.suspend_clocks("suspended");
    keep_due(step);
}

void arm_state(Step& step) {
    const Data& data = step.data;
    const std::string& state = step.pipeline();
    const Instant filed = step.kase().filed_at;
    const Instant since = data.verify_since.value_or(filed);
    const auto arm = [&](std::string_view clock, Instant from) {
        if (!runs(step, clock)) start_from(step, clock, from);
    };
    if (state == "reported") arm("st.ack", filed);
    if (state == "reported" || state == "verifying") {
        if (!data.site.dispatched_at) arm("st.dispatch", since);
        if (!data.site.arrived_at) arm("st.on_site", since);
        if (!data.facts.at) arm("st.verify", since);
    }
    if (state == "verifying" && data.facts.at)
        arm("st.coordinate", std::max(*data.facts.at, since));
    // Whoever has taken a case is expected to act; how long it may stay open counts from filing, or
    // from its reopening.
    if (in(belongs[act], state)) arm("st.act", step.draft.now());
    arm("st.close", step.kase().clock("st.close") == nullptr ? filed : step.draft.now());
    if (state == "watching") arm("st.watch", data.watch_since.value_or(filed));
    if (is_tier(state)) {
        if (data.progress_since)
            arm("st.progress", *data.progress_since);
        else
            arm("st.meeting", data.coordinate_since.value_or(filed));
    }
    const Agreement* agreement = data.agreement();
    if (state == "agreement" && agreement != nullptr) {
        if (!agreement->signed_at) arm("st.sign", agreement->proposed_at);
        if (agreement->effective_at) arm("st.route", *agreement->effective_at);
    }
    if (state == "follow_up" && data.performed_at && !runs(step, "st.visit") &&
        std::none_of(data.visits.begin(), data.visits.end(),
                     [&](const Visit& each) { return each.at >= *data.performed_at; }))
        start_from(step, "st.visit", *data.performed_at);
    if (data.reports.empty())
        arm("rep.first", filed);
    else if (in(belongs[std::size(belongs) - 1], state) && data.report_since)
        arm("rep.follow", *data.report_since);
    arm_performance(step);
}

void keep_due(Step& step, const model::Clock* but) {
    const auto& clocks = step.kase().clocks;
    const auto ringing = [&](const model::Clock& clock) {
        const bool stopgap = clock.name == "st.next" && step.data.next == idle;
        return &clock != but && !stopgap && rings(step, clock);
    };
    if (std::any_of(clocks.begin(), clocks.end(), ringing)) {
        if (step.data.next == idle) {
            step.draft.close("st.next", "armed");
            step.data.next.clear();
        }
        return;
    }
    if (step.data.next == idle && runs(step, "st.next") && but == nullptr) return;
    step.data.next = idle;
    start_from(step, "st.next", step.draft.now());
}

model::Clock* start_from(Step& step, std::string_view clock, Instant from) {
    return step.draft.start(clock, {.from = from});
}

bool runs(const Step& step, std::string_view clock) { return step.draft.has_open_clock(clock); }

void reset_limitation(Step& step, std::string_view reason) {
    Reset reset{std::string(reason), step.at, {}};
    if (const auto* clock = start_from(step, "arb.limit", step.at)) reset.due = clock->due.at;
    step.draft.record("limitation_reset",
                      {{"reason", reason}, {"due", reset.due ? text_of(*reset.due) : ""}});
    step.data.resets.push_back(std::move(reset));
}

void find(Step& step, std::string_view code, std::string_view about, Instant at) {
    step.data.findings.push_back({std::string(code), std::string(about), at});
    step.draft.record("finding", {{"code", code}, {"about", about}, {"at", text_of(at)}});
}

}  // namespace jinqiao::workflows::dispute
