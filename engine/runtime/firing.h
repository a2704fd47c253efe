#pragma once
#include <optional>

#include "engine/ports/store.h"
#include "engine/runtime/core.h"

namespace jinqiao::engine::runtime {

// How due timers become submissions. The timer service and the synchronous step below share it, so
// that a simulation fires as the daemon does.

// `downtime`: came due while nobody was running; said in the history as the command's cause.
Submission timer_submission(const ports::TimerRow& row, bool downtime);

// Terms and absences begin and end by themselves. If one did in (passed, now], the change that
// reassesses whom it concerns; empty otherwise.
std::optional<Submission> boundary_submission(const policy::Directory& directory,
                                              time::Instant passed, time::Instant now);
// Up to when that has been done. A store that has no people of its own yet (a replay brings them
// along) has done so up to its last transaction; a fresh one has nothing to do at all.
model::Result<time::Instant> directory_passed(ports::Reader& reader);

struct Fired {
    std::size_t accepted = 0;
    std::size_t refused = 0;  // dropped as stale, or in trouble; they may come up again
};

// Fires up to `most` timers due at or before `until`, in due order, in one transaction, and what
// the directory has coming. The caller's clock stands at or after `until`. Nothing accepted and
// nothing refused: nothing is due.
//
// Threads  the committer's, or the only one there is; the reader is this thread's own.
model::Result<Fired> fire_due(Core& core, ports::Reader& reader, const WorldHolder& world,
                              time::Instant until, int most);

// When the next timer is due, however far away, or the next term or absence begins or ends; empty
// if there is none. Threads as above.
model::Result<std::optional<time::Instant>> next_due_at(ports::Reader& reader,
                                                        const WorldHolder& world);

}  // namespace jinqiao::engine::runtime
