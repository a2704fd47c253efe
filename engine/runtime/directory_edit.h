#pragma once
#include <set>

#include "engine/policy/directory.h"
#include "engine/runtime/core.h"

namespace jinqiao::engine::runtime {

struct DirectoryEdit {
    std::set<model::PersonId> people;    // whose posts may act differently now
    std::set<model::PostId> posts = {};  // that changed themselves
};

// Carries out one change on a copy of the directory. Error{invalid} names the field; nothing of a
// faulty change is to be kept.
model::Result<DirectoryEdit> edit_directory(policy::Directory& directory,
                                            const DirectoryChange& change, time::Instant now);

}  // namespace jinqiao::engine::runtime
