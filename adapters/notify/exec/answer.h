#pragma once
#include <string>

#include "adapters/notify/exec/run.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::exec {

// The request as one JSON line. Equal transmissions give equal bytes but for `attempt` and
// `timeout_ms`; the notice is the same on every attempt.
std::string request(const engine::ports::Transmission& transmission,
                    std::chrono::milliseconds timeout);

// What a run means for the notice. The JSON answer counts where there is one, whatever the exit
// status; the table is in the README. Of the program's own words short plain ones are taken, and
// one line of detail.
engine::ports::Outcome judge(const Run& run);

}  // namespace jinqiao::adapters::notify::exec
