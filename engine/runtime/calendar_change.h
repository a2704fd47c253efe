#pragma once
#include "engine/runtime/case_writer.h"
#include "engine/runtime/core.h"

namespace jinqiao::engine::runtime {

inline constexpr const char* calendar_meta = "calendar_version";  // cases are reckoned by this one

// Brings every case with a running clock under the calendar in force, in one transaction: a command
// "calendar_changed" for each, so that its history says which due time moved, from when to when. A
// notice for the next year comes once a year; a start under the same calendar costs one look.
// Errors: the store's. Repeating it is harmless.
Answer reckon_anew(const Tools& tools, Transaction& tx);

// Whether that is called for.
model::Result<bool> calendar_is_new(ports::Reader& reader, const World& world);

}  // namespace jinqiao::engine::runtime
