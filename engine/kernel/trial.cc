#include "engine/kernel/trial.h"

namespace jinqiao::engine::kernel {

using model::Case;
using model::CaseId;
using model::Command;
using model::Refusal;

Trial::Trial(World world, time::Instant now, Watch watch)
    : world_(world), now_(now), watch_(std::move(watch)) {}

void Trial::take(Case kase) {
    const auto id = kase.id;
    cases_[id] = std::move(kase);
}

std::optional<Refusal> Trial::send(const Command& command) {
    std::map<CaseId, Case> staged;
    std::vector<Step> steps;
    if (auto refusal = decide_all(command, staged, steps)) return refusal;
    for (auto& [id, kase] : staged) cases_[id] = std::move(kase);
    for (const auto& step : steps) {
        if (watch_) watch_(step.command, step.decision, now_);
        deliver(step.decision.notices);
    }
    return {};
}

// A follow-up that is refused is left out; the committer notes it and goes on.
std::optional<Refusal> Trial::decide_all(const Command& command, std::map<CaseId, Case>& staged,
                                         std::vector<Step>& steps) {
    const auto fresh = staged.find(command.target);
    const auto known = cases_.find(command.target);
    const Case* before = fresh != staged.end()   ? &fresh->second
                         : known != cases_.end() ? &known->second
                                                 : nullptr;
    Facts facts;
    facts.directory = world_.directory;
    // A merge asks for the case it goes into.
    if (const auto* target = command.payload.if_contains("target");
        target != nullptr && target->is_string())
        if (const auto other = cases_.find(CaseId{std::string(target->get_string())});
            other != cases_.end())
            facts.other = other->second;
    auto verdict =
        decide(*world_.workflow, before, command, facts, *world_.policy, *world_.calendar, now_);
    if (auto* refusal = std::get_if<Refusal>(&verdict)) return std::move(*refusal);
    auto& decision = std::get<Decision>(verdict);
    if (decision.after.number.empty())
        decision.after.number = "T-" + std::to_string(cases_.size() + staged.size() + 1);
    staged[command.target] = decision.after;
    const auto follow_ups = decision.follow_ups;
    steps.push_back({command, std::move(decision)});
    for (const auto& follow_up : follow_ups) (void)decide_all(follow_up, staged, steps);
    return {};
}

// Every message arrives at once; of one that arrived before there is no news.
void Trial::deliver(const std::vector<model::Notice>& notices) {
    for (const auto& notice : notices) {
        if (notice.assignment.empty()) continue;
        Command command;
        command.target = notice.kase;
        command.name = "delivered";
        command.payload = {{"assignment", notice.assignment.value}};
        (void)send(command);
    }
}

namespace {

struct Ring {
    CaseId kase;
    Timer timer;
};

std::optional<Ring> first_ring(const std::map<CaseId, Case>& cases) {
    std::optional<Ring> first;
    for (const auto& [id, kase] : cases)
        for (auto& timer : timers(kase))
            if (!first || timer.at < first->timer.at) first = Ring{id, std::move(timer)};
    return first;
}

}  // namespace

std::optional<time::Instant> Trial::next() const {
    const auto ring = first_ring(cases_);
    return ring ? std::optional(ring->timer.at) : std::nullopt;
}

bool Trial::ring() {
    const auto ring = first_ring(cases_);
    if (!ring) return false;
    set(ring->timer.at);
    return !send(timer_command(ring->kase, ring->timer));
}

}  // namespace jinqiao::engine::kernel
