// A replay with the configuration as shipped, on a store that is watched from outside.
#include "adapters/cli/replay/simulation.h"

#include <gtest/gtest.h>

#include <sstream>

#include "adapters/cli/replay/csv.h"
#include "adapters/store/memory/memory_store.h"
#include "tests/unit/cli/three_rows.h"

namespace jinqiao::adapters::cli::replay {
namespace {

namespace ports = engine::ports;
using engine::model::Result;
using engine::model::Status;

// The log of a store grows until maintain() empties it.
class CountedStore final : public ports::Store {
  public:
    Result<std::unique_ptr<ports::Batch>> begin() override {
        ++since_;
        longest_ = std::max(longest_, since_);
        return memory_.begin();
    }
    Result<std::unique_ptr<ports::Reader>> reader() override { return memory_.reader(); }
    Status maintain(bool idle) override {
        since_ = 0;
        return memory_.maintain(idle);
    }
    std::string describe() const override { return memory_.describe(); }

    int longest() const { return longest_; }  // transactions in a row without it

  private:
    store::memory::MemoryStore memory_;
    int since_ = 0;
    int longest_ = 0;
};

class Replayed : public ::testing::Test {
  protected:
    Result<Report> replay(ports::Store& into, std::uint64_t seed) {
        const Speech speech(engine::model::Language::en);
        std::ostringstream out;
        const auto setup =
            load_setup({speech, out, out}, std::filesystem::path(JINQIAO_SOURCE_DIR) / "config",
                       SystemClock().now());
        EXPECT_TRUE(setup.has_value()) << out.str();
        std::istringstream in(three_rows);
        const auto table = CsvTable::read(in);
        EXPECT_TRUE(table.ok());
        std::vector<MappedRow> mapped;
        for (std::size_t i = 0; i < table->size(); ++i) {
            auto row = map_row(*table, i, seed, *setup->configuration.calendar);
            EXPECT_TRUE(std::holds_alternative<MappedRow>(row)) << i;
            mapped.push_back(std::move(std::get<MappedRow>(row)));
        }
        return Simulation(*setup, into, seed)
            .run(std::move(mapped), [](std::uint64_t, std::uint64_t) {});
    }
};

TEST_F(Replayed, EveryCaseEndsAndNoneIsForgotten) {
    store::memory::MemoryStore store;
    const auto report = replay(store, 1);
    ASSERT_TRUE(report.ok());
    EXPECT_EQ(report->filed, 3U);
    EXPECT_GE(report->cases, 3U);
    EXPECT_EQ(report->open, 0U);
    EXPECT_TRUE(report->forgotten.empty());
    EXPECT_GE(report->core.commands, 20 * report->cases);
    EXPECT_LT(report->core.transitions, report->core.commands);
}

TEST_F(Replayed, TheSeedDecides) {
    store::memory::MemoryStore first, second, third;
    const auto one = replay(first, 1);
    ASSERT_TRUE(one.ok());
    EXPECT_EQ(one->digest, replay(second, 1)->digest);
    EXPECT_NE(one->digest, replay(third, 2)->digest);
}

TEST_F(Replayed, TheLogOfTheStoreIsKeptShort) {
    CountedStore store;
    ASSERT_TRUE(replay(store, 1).ok());
    EXPECT_GT(store.longest(), 0);
    EXPECT_LT(store.longest(), 60);  // one instant's worth, of hundreds of transactions
}

}  // namespace
}  // namespace jinqiao::adapters::cli::replay
