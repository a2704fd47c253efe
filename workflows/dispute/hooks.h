#pragma once
#include <string_view>

#include "workflows/dispute/step.h"

// What follows from states left and entered, whatever the event: clocks of table 1.1 and 1.2,
// offers, ends. The owner never changes here (首问负责); entering a state only offers the case on.

namespace jinqiao::workflows::dispute {

// After the effect of an event: closes what belonged to the states left, starts what belongs to
// the states entered, and keeps I3 (an open case always has an armed clock).
void settle(Step& step);

// Starts the stage clocks that the present states call for and that do not run yet. Harmless to
// repeat; a raised grade calls for clocks that a lower one does not have.
void arm_state(Step& step);

// Arms st.next if nothing else would ever ring. `but`: a clock that is about to fall silent.
void keep_due(Step& step, const model::Clock* but = nullptr);

// --- words shared by hooks and effects
// --------------------------------------------------------------

model::Clock* start_from(Step& step, std::string_view clock, Instant from);
// The limitation period runs anew (LDMAA Art. 27, O17 Art. 31); the new date is on record.
void reset_limitation(Step& step, std::string_view reason);
void find(Step& step, std::string_view code, std::string_view about, Instant at);
bool runs(const Step& step, std::string_view clock);

void settle_mediation(Step& step);  // hooks_mediation.cc
void settle_process(Step& step);    // hooks_process.cc
void settle_end(Step& step);        // hooks_end.cc
void arm_performance(Step& step);   // hooks_performance.cc: instalments and windows
void sync_layoff(Step& step);       // hooks_process.cc: LCL Art. 41
void arm_passing_time(Step& step);  // passing_time.cc: when a fact changes by time alone

}  // namespace jinqiao::workflows::dispute
