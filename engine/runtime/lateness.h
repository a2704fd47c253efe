#pragma once
#include <array>
#include <chrono>
#include <cstdint>

namespace jinqiao::engine::runtime {

// How late timers fire: one counter per upper bound, the last for everything above. Part of what
// the daemon promises, so it is counted for each firing and never sampled.
struct Lateness {
    static constexpr std::array<std::chrono::milliseconds, 9> bounds{
        std::chrono::milliseconds{50},       std::chrono::milliseconds{100},
        std::chrono::milliseconds{250},      std::chrono::milliseconds{500},
        std::chrono::milliseconds{1'000},    std::chrono::milliseconds{5'000},
        std::chrono::milliseconds{30'000},   std::chrono::milliseconds{300'000},
        std::chrono::milliseconds{3'600'000}};
    std::array<std::uint64_t, bounds.size() + 1> counts{};
    std::uint64_t total = 0;
    std::chrono::milliseconds sum{0};
    std::chrono::milliseconds most{0};

    void add(std::chrono::milliseconds late) {
        std::size_t slot = 0;
        while (slot < bounds.size() && late > bounds[slot]) ++slot;
        ++counts[slot];
        ++total;
        sum += late;
        if (late > most) most = late;
    }
};

}  // namespace jinqiao::engine::runtime
