#include "workflows/dispute/carry_out.h"

#include "workflows/dispute/effects.h"
#include "workflows/dispute/guards.h"
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

using model::Refusal;

std::optional<Refusal> refused(Move move) {
    switch (move.kind) {
        case Move::moved:
            return std::nullopt;
        case Move::refused:
            return Refusal{Refusal::Kind::blocked, std::move(move.reasons)};
        case Move::no_row:
        case Move::unknown:
            break;
    }
    return Refusal{Refusal::Kind::no_transition, std::move(move.reasons)};
}

// A case that must end once it is calm and known ends then (3.3), in the same transaction.
void apply_pending_exit(Step& step) {
    if (!step.data.exit_pending || !step.kase().open || !route_holds(step, "R.done")) return;
    model::Command command;
    command.target = step.kase().id;
    command.name = "exit_applied";
    command.payload = {{"to", step.data.exit_pending->target}};
    step.draft.follow_up(std::move(command));
}

}  // namespace

std::optional<Refusal> carry_out(Step& step) {
    step.from = step.to;
    Move move = fire(step.from, step.event, Answers(step));
    if (auto refusal = refused(move)) return refusal;
    step.arrive(move.after);
    if (const Effect* effect = effect_of(step.event)) effect->carry_out(step);
    settle(step);
    apply_pending_exit(step);
    step.save();
    return std::nullopt;
}

}  // namespace jinqiao::workflows::dispute
