#pragma once
#include <chrono>
#include <cstddef>

#include "engine/ports/notifier.h"

namespace jinqiao::engine::runtime {

// How much a lane takes, and when it counts as down.
struct LaneSettings {
    std::size_t burst = 0;  // transmissions at once, then one each `every`. 0: no limit
    std::chrono::milliseconds every{1000};
    int failures = 5;                         // in a row, then it is left alone for a while
    std::chrono::milliseconds pause{10'000};  // doubled each time it is still down
    std::chrono::milliseconds longest{300'000};
};

// What shares one provider's limits and faults (ports::Notifier::lane), as the dispatcher sees it:
// a token bucket (https://en.wikipedia.org/wiki/Token_bucket) and a circuit breaker (Nygard,
// Release It!). Nothing is begun while it is down; when its pause is over one transmission is let
// through to see, and only when that one is answered do the others follow. What it says itself (a
// limit that is used up, with a time to come back) is kept to the second.
//
// Pure: the time is handed in. One thread.
class LaneGate {
  public:
    using Time = std::chrono::steady_clock::time_point;

    // When the next transmission may begin, as far as can be told; not later than `now`: at once.
    // Time::max(): when the one that is under way has been answered.
    Time open_at(const LaneSettings& settings, Time now) const;
    // It failed so often, or said itself that nothing gets through.
    bool down() const { return until_ != Time{}; }

    void begin(const LaneSettings& settings, Time now);
    void end(const LaneSettings& settings, const ports::Outcome& outcome, Time now);

  private:
    void close(const LaneSettings& settings, Time now, std::chrono::milliseconds least);

    Time full_at_{};  // when the bucket will be full again, if nothing more is sent
    Time until_{};    // down: not before
    int failed_ = 0;  // in a row
    int pauses_ = 0;  // in a row
    std::size_t under_way_ = 0;
};

}  // namespace jinqiao::engine::runtime
