#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "engine/kernel/proof/explore.h"

// Inside the proof: what becomes of one clock alone.
namespace jinqiao::engine::kernel::proof {

using Seen = std::function<void(const Decision&, time::Instant)>;

// Rings this clock alone, as if all others stood still, until its last rung repeats, it ends or
// nothing would happen any more. `seen` sees every decision; may be empty.
Course follow(const Trial::World& world, const Met& met, const Seen& seen);
// The same under this ladder, as if the facts that it asks for were there.
Course course_under(const Trial::World& world, const Met& met, const policy::Ladder& ladder);

}  // namespace jinqiao::engine::kernel::proof
