#include "engine/runtime/clock_watch.h"

#include <spdlog/spdlog.h>

#include <ctime>

namespace jinqiao::engine::runtime {

std::chrono::nanoseconds ClockWatch::since_boot() {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

bool ClockWatch::look(time::Instant wall, std::chrono::nanoseconds monotonic) {
    if (threshold_.count() == 0) return false;
    if (wall_) {
        const auto ahead = (wall - *wall_) - (monotonic - monotonic_);
        if (ahead > threshold_) {
            held_since_ = monotonic;
            spdlog::error("the clock jumped ahead by {} s; deadlines are held until it is stable",
                          std::chrono::duration_cast<std::chrono::seconds>(ahead).count());
        } else if (ahead < -threshold_ && held_since_) {
            held_since_.reset();
            spdlog::warn("the clock went back; deadlines fire again");
        }
    }
    wall_ = wall;
    monotonic_ = monotonic;
    if (held_since_ && monotonic - *held_since_ >= settle_) {
        held_since_.reset();
        spdlog::warn("the clock has been stable since it jumped; deadlines fire again");
    }
    return holding();
}

}  // namespace jinqiao::engine::runtime
