#pragma once
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "engine/model/figures.h"
#include "engine/ports/store.h"

namespace jinqiao::tests {

// 08:00 of a day of 2026 in Shanghai.
engine::time::Instant morning(int month, int day);

// Cases of 2026 with anything in them that reports count; the same seed makes the same ones.
class FiguresMaker {
  public:
    explicit FiguresMaker(std::uint32_t seed) : random_(seed) {}
    engine::model::Figures one();
    std::vector<engine::model::Figures> many(std::size_t n);
    int number(int least, int most) {
        return std::uniform_int_distribution<int>(least, most)(random_);
    }
    bool chance(int percent) { return number(0, 99) < percent; }

  private:
    std::mt19937 random_;
    engine::model::Figures::Step step(engine::time::Instant from);
};

engine::ports::FiguresRow figures_row(const std::string& id, const engine::model::Figures& figures);

}  // namespace jinqiao::tests
