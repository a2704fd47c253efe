#pragma once
#include <chrono>

// How long the runtime's threads of timers and deliveries wait when nothing wakes them.
namespace jinqiao::engine::runtime {

constexpr std::chrono::milliseconds longest_sleep{1000};  // then the wall clock is looked at again
constexpr std::chrono::milliseconds failed_pause{1000};   // the store could not be written or read

}  // namespace jinqiao::engine::runtime
