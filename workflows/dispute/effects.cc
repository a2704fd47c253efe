#include "workflows/dispute/effects.h"

#include <array>

namespace jinqiao::workflows::dispute {

const Effect* effect_of(std::string_view event) {
    const std::array<std::span<const Effect>, 13> themes{
        warn_effects(),      coordinate_effects(),  mediation_effects(), process_effects(),
        agreement_effects(), performance_effects(), end_effects(),       exit_effects(),
        merge_effects(),     request_effects(),     custody_effects(),   competence_effects(),
        task_force_effects()};
    for (const auto theme : themes)
        for (const Effect& each : theme)
            if (each.event == event) return &each;
    return nullptr;
}

}  // namespace jinqiao::workflows::dispute
