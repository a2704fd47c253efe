#include "workflows/dispute/effects.h"

#include <array>

namespace jinqiao::workflows::dispute {

const Effect* effect_of(std::string_view event) {
    const std::array<std::span<const Effect>, 14> themes{
        warn_effects(),       coordinate_effects(),  mediation_effects(), process_effects(),
        agreement_effects(),  performance_effects(), end_effects(),       exit_effects(),
        merge_effects(),      request_effects(),     custody_effects(),   competence_effects(),
        task_force_effects(), filer_effects()};
    for (const auto theme : themes)
        for (const Effect& each : theme)
            if (each.event == event) return &each;
    return nullptr;
}

void use_approval(Step& step) {
    for (Approval& each : step.data.approvals)
        if (!each.used && each.action == step.event && each.payload == step.payload()) {
            each.used = true;
            return;
        }
}

}  // namespace jinqiao::workflows::dispute
