// What a replay reports is counted from what happened, not from what the cases still show of it.
#include "adapters/cli/replay/tally.h"

#include <gtest/gtest.h>

#include "adapters/store/memory/memory_store.h"

namespace jinqiao::adapters::cli::replay {
namespace {

using engine::model::Case;
using engine::model::Event;

class Counting : public ::testing::Test {
  protected:
    void happened(std::vector<Event> events) {
        const engine::runtime::Accepted change{std::make_shared<const Case>(kase_),
                                               std::move(events), false};
        tally_.see({&change, 1}, engine::time::from_ms(0));
    }
    Report report() {
        auto reader = store_.reader();
        Report report;
        EXPECT_TRUE(reader.ok() && tally_.close(**reader, report).ok());
        return report;
    }
    void add_clock(const char* name, engine::model::ClockClass cls) {
        engine::model::Clock clock;
        clock.name = name;
        clock.cls = cls;
        kase_.clocks.push_back(std::move(clock));
    }

    Case kase_;
    store::memory::MemoryStore store_;
    Tally tally_;
};

TEST_F(Counting, EveryRungByItsKindOfStep) {
    happened({{"rung", {{"clock", "st.ack#1"}, {"step", "hand_over"}}},
              {"rung", {{"clock", "st.ack#1"}, {"step", "hand_over"}}},
              {"rung", {{"clock", "st.ack#1"}, {"step", "raise"}}}});
    EXPECT_EQ(report().escalations, 3U);
    EXPECT_EQ(report().escalations_by_level, (Counts{{"hand_over", 2}, {"raise", 1}}));
}

TEST_F(Counting, DeadlinesOfClocksThatLaterOnesReplaced) {
    happened({{"clock_met", {{"clock", "rep.follow#1"}, {"late", false}}},
              {"due_passed", {{"clock", "rep.follow#2"}}},
              {"clock_met", {{"clock", "rep.follow#2"}, {"late", true}}}});
    EXPECT_EQ(report().deadlines_met, 1U);
    EXPECT_EQ(report().deadlines_missed, 1U);
    EXPECT_EQ(report().missed_by_clock, (Counts{{"rep.follow", 1}}));
}

TEST_F(Counting, DeadlinesOfOthersAreNotOurs) {
    add_clock("arb.accept", engine::model::ClockClass::reference);
    happened({{"due_passed", {{"clock", kase_.clocks.front().key()}}}});
    EXPECT_EQ(report().deadlines_missed, 0U);
}

}  // namespace
}  // namespace jinqiao::adapters::cli::replay
