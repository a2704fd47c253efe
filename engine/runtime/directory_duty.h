#pragma once
#include "engine/runtime/directory_edit.h"

namespace jinqiao::engine::runtime {

// The changes of the rota: put_rotation, put_override, drop_override, ask_swap, answer_swap,
// swap_duty (see directory_changes.h). Empty if the change is another one.
std::optional<model::Result<DirectoryEdit>> edit_duty(policy::Directory& directory,
                                                      const DirectoryChange& change,
                                                      time::Instant now);

}  // namespace jinqiao::engine::runtime
