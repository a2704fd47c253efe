#pragma once
#include "engine/runtime/directory_edit.h"

namespace jinqiao::engine::runtime {

// The changes of the rota: put_rotation, put_override, drop_override, ask_swap, answer_swap,
// swap_duty (see directory_changes.h). Empty if the change is another one.
std::optional<model::Result<DirectoryEdit>> edit_duty(policy::Directory& directory,
                                                      const DirectoryChange& change,
                                                      time::Instant now);

// Shifts by name that fall into an absence, or the time after somebody was disabled: the post's
// holders act by rank, and whoever looks after the rota is told how many there are, so that
// somebody can be put on.
void tell_open_shifts(const policy::Directory& directory, const policy::Absence& absence,
                      time::Instant now, DirectoryEdit& edit);

}  // namespace jinqiao::engine::runtime
