#pragma once
#include <optional>

#include "engine/model/result.h"
#include "engine/ports/store.h"
#include "engine/runtime/case_cache.h"

namespace jinqiao::engine::runtime {

// A case as stored, with the end of its history; empty if there is none. One that cannot be read,
// or whose history ends elsewhere, is Error{internal} naming it: it stays as it is until somebody
// looks. Threads: the reader's.
model::Result<std::optional<Snapshot>> read_case(ports::Reader& reader, const model::CaseId& id);

}  // namespace jinqiao::engine::runtime
