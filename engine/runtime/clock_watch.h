#pragma once
#include <chrono>
#include <optional>

#include "engine/time/instant.h"

namespace jinqiao::engine::runtime {

// Notices when the wall clock runs ahead of the time that has really passed. A false mass
// escalation is worse than a minute of delay, so after a jump forward firing is held until the
// clock has kept step for a while, has gone back, or somebody confirms it.
//
// Time that passes while the machine sleeps is real time: `monotonic` is CLOCK_BOOTTIME.
class ClockWatch {
  public:
    // A threshold of zero switches it off.
    ClockWatch(std::chrono::milliseconds threshold, std::chrono::milliseconds settle)
        : threshold_(threshold), settle_(settle) {}

    // True: hold. Called at least every second or so while running.
    bool look(time::Instant wall, std::chrono::nanoseconds monotonic);
    void confirm() { held_since_.reset(); }
    bool holding() const { return held_since_.has_value(); }

    static std::chrono::nanoseconds since_boot();

  private:
    std::chrono::milliseconds threshold_;
    std::chrono::milliseconds settle_;
    std::optional<time::Instant> wall_;
    std::chrono::nanoseconds monotonic_{};
    std::optional<std::chrono::nanoseconds> held_since_;
};

}  // namespace jinqiao::engine::runtime
