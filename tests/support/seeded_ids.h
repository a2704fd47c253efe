#pragma once
#include <random>
#include <string>

#include "engine/ports/ids.h"

namespace jinqiao::tests {

// Identifiers of the real form whose random part comes from a seed: the same seed gives the same
// run. Not for production: whoever knows the seed knows every secret.
class SeededIds final : public engine::ports::Ids {
  public:
    explicit SeededIds(std::uint64_t seed = 1) : random_(seed) {}

    std::string next(engine::time::Instant at) override {
        static constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
        std::string out(26, '0');
        auto ms = static_cast<std::uint64_t>(engine::time::to_ms(at));
        for (std::size_t i = 10; i-- > 0; ms >>= 5U) out[i] = digits[ms & 31U];
        for (std::size_t i = 10; i < out.size(); ++i) out[i] = digits[random_() & 31U];
        return out;
    }

  private:
    std::mt19937_64 random_;
};

}  // namespace jinqiao::tests
