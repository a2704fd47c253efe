#pragma once
#include "adapters/cli/preview_people.h"

namespace jinqiao::adapters::cli {

// What shape cannot show, tried out with these people for a year from `at`: what holds whatever
// happens, and the situations the zone expects something of. Run by `check` and before a reload.
void prove(const Setup& setup, const TrialPeople& people, engine::time::Instant at,
           config::Faults& faults);

}  // namespace jinqiao::adapters::cli
