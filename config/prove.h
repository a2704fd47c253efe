#pragma once

#include <filesystem>

#include "config/fault.h"
#include "engine/kernel/proof/finding.h"
#include "engine/time/calendar.h"

namespace jinqiao::config {

// What the proof of a policy found, each at the line where it is to be mended, and with the command
// that shows it. The files of `folder` are read again; they are those the policy was read from.
void place_findings(const engine::kernel::proof::Findings& findings,
                    const std::filesystem::path& folder, const std::string& workflow,
                    Faults& faults);

// The fault of files that were written to while they were read.
Fault unsettled(const std::filesystem::path& folder);

// A warning for each year that begins before `until` and has no calendar: its due times rest on a
// guess.
void warn_of_years(const engine::time::Calendar& calendar, engine::time::Instant from,
                   engine::time::Instant until, const std::filesystem::path& folder,
                   Faults& faults);

}  // namespace jinqiao::config
