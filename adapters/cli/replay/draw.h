#pragma once
#include <cmath>
#include <cstdint>
#include <string_view>

namespace jinqiao::adapters::cli::replay {

// Random numbers that depend on a seed and a name only, never on the order in which things are
// asked: adding a row changes no other row's draw, and the numbers are the same on every machine
// (the standard library's distributions are not).
class Draw {
  public:
    Draw(std::uint64_t seed, std::string_view name) : state_(seed ^ 0x9E3779B97F4A7C15ULL) {
        for (const char c : name)
            state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;  // FNV-1a
        next();
    }

    // splitmix64
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    double share() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }  // [0, 1)
    std::int64_t between(std::int64_t least, std::int64_t most) {             // both included
        return least +
               static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most - least + 1));
    }
    bool chance(double p) { return share() < p; }

  private:
    std::uint64_t state_;
};

}  // namespace jinqiao::adapters::cli::replay
