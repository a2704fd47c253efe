#pragma once
#include "adapters/cli/setup.h"
#include "engine/ports/clock.h"
#include "engine/ports/ids.h"
#include "engine/ports/store.h"
#include "engine/runtime/world.h"

namespace jinqiao::adapters::cli {

// Compares the posts and departments of the configuration with those the program last ran with, and
// has the cases of posts that changed or went away looked at again before anything else happens:
// a case whose post was taken out of the file belongs to the fallback desk from then on. Work
// proportional to the cases only if something changed.
engine::model::Status settle_organisation(const Setup& setup, engine::ports::Store& store,
                                          const engine::ports::WallClock& clock,
                                          engine::ports::Ids& ids,
                                          const engine::ports::Renderer& renderer,
                                          engine::runtime::WorldHolder& world,
                                          const std::string& link_key);

}  // namespace jinqiao::adapters::cli
