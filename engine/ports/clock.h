#pragma once
#include "engine/time/instant.h"

namespace jinqiao::engine::ports {

// The wall clock. The daemon reads the system's; tests and replay turn their own by hand.
class WallClock {
  public:
    virtual ~WallClock() = default;
    virtual time::Instant now() const = 0;  // any thread
};

}  // namespace jinqiao::engine::ports
