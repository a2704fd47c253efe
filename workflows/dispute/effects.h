#pragma once
#include <span>
#include <string_view>

#include "workflows/dispute/step.h"

// What an accepted event does beside moving regions: one function per action and engine event.
// Called once the regions have moved; clocks that belong to a state are the business of hooks.h.

namespace jinqiao::workflows::dispute {

struct Effect {
    std::string_view event;
    void (*carry_out)(Step& step);
};

std::span<const Effect> warn_effects();         // effects_warn.cc
std::span<const Effect> coordinate_effects();   // effects_coordinate.cc
std::span<const Effect> mediation_effects();    // effects_mediation.cc
std::span<const Effect> process_effects();      // effects_process.cc
std::span<const Effect> agreement_effects();    // effects_agreement.cc
std::span<const Effect> performance_effects();  // effects_performance.cc
std::span<const Effect> end_effects();          // effects_ends.cc
std::span<const Effect> exit_effects();         // effects_exits.cc
std::span<const Effect> merge_effects();        // effects_merge.cc
std::span<const Effect> request_effects();      // effects_requests.cc
std::span<const Effect> custody_effects();      // effects_custody.cc
std::span<const Effect> filer_effects();        // effects_filer.cc
std::span<const Effect> competence_effects();   // competence.cc
std::span<const Effect> task_force_effects();   // task_force.cc

// Null: the event changes nothing but regions.
const Effect* effect_of(std::string_view event);

// Facts that conditions must read already: what update_facts and confirm_facts report (section 0).
void take_facts(Step& step);

// Who reported may be seen, for a while, by whoever asked and whoever approved.
void open_identity(Step& step, const model::Request& request);

// Uses up the approval of this very deed, if it took one.
void use_approval(Step& step);

// References in the payload that lead nowhere, as faults with argument "field". A schema cannot
// know which demands, instalments or requests a case has.
std::vector<model::Message> dangling(const Step& step);

}  // namespace jinqiao::workflows::dispute
