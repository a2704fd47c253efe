// Hand-over: the owner stays the owner until somebody else has accepted (首问负责).
#include "workflows/dispute/effects.h"

namespace jinqiao::workflows::dispute {

namespace {

model::PostId to_post(const Step& step) { return model::PostId{text(step.payload(), "to")}; }

void offer_handover(Step& step) {
    step.save();
    step.draft.offer(to_post(step), text(step.payload(), "note"));
}

void recall_handover(Step& step) {
    step.save();
    step.draft.withdraw_offer("recalled");
}

void accept_handover(Step& step) {
    step.save();
    step.draft.accept_offer();
}

void decline_handover(Step& step) {
    step.save();
    step.draft.withdraw_offer("declined");
}

void reassign(Step& step) {
    for (Approval& each : step.data.approvals)
        if (!each.used && each.action == step.event && each.payload == step.payload()) {
            each.used = true;
            break;
        }
    step.save();
    step.draft.withdraw_offer("recalled");
    step.draft.own(to_post(step), {}, "reassigned");
}

constexpr Effect list[] = {{"offer_handover", offer_handover},
                           {"recall_handover", recall_handover},
                           {"accept_handover", accept_handover},
                           {"decline_handover", decline_handover},
                           {"reassign", reassign}};

}  // namespace

std::span<const Effect> custody_effects() { return list; }

}  // namespace jinqiao::workflows::dispute
