#pragma once
#include <cstdint>
#include <functional>

#include "engine/ports/clock.h"
#include "engine/ports/ids.h"

namespace jinqiao::adapters::cli {

class SystemClock : public engine::ports::WallClock {
  public:
    engine::time::Instant now() const override;
};

// A clock that stands where it was put.
class ManualClock : public engine::ports::WallClock {
  public:
    engine::time::Instant now() const override { return now_; }
    void set(engine::time::Instant at) { now_ = at; }

  private:
    engine::time::Instant now_{};
};

// Identifiers as ports::Ids describes them, from any source of random 64 bits.
class TimeOrderedIds : public engine::ports::Ids {
  public:
    explicit TimeOrderedIds(std::function<std::uint64_t()> random) : random_(std::move(random)) {}
    std::string next(engine::time::Instant at) override;

  private:
    std::function<std::uint64_t()> random_;
};

std::uint64_t system_random();  // of the operating system

}  // namespace jinqiao::adapters::cli
