#pragma once
#include <atomic>

#include "engine/ports/clock.h"

namespace jinqiao::tests {

// A wall clock that stands still until somebody turns it, backwards too. Any thread.
class ManualClock final : public engine::ports::WallClock {
  public:
    explicit ManualClock(engine::time::Instant now) : ms_(engine::time::to_ms(now)) {}

    engine::time::Instant now() const override { return engine::time::from_ms(ms_); }
    void set(engine::time::Instant now) { ms_ = engine::time::to_ms(now); }
    void forward(std::chrono::milliseconds by) { ms_ += by.count(); }

  private:
    std::atomic<std::int64_t> ms_;
};

}  // namespace jinqiao::tests
