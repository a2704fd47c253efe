#include "engine/runtime/lane_gate.h"

#include <gtest/gtest.h>

namespace jinqiao::engine::runtime {
namespace {

using namespace std::chrono_literals;
using ports::Outcome;

class LaneTest : public testing::Test {
  protected:
    bool open() const { return lane.open_at(settings, now) <= now; }
    void send(Outcome::Kind kind) {
        lane.begin(settings, now);
        answer(kind);
    }
    void answer(Outcome::Kind kind) { lane.end(settings, {kind, {}, {}, {}, {}}, now); }
    void answer_for_all(Outcome::Kind kind, std::optional<std::chrono::seconds> after = {}) {
        Outcome outcome{kind, {}, {}, {}, after};
        outcome.concerns_lane = true;
        lane.end(settings, outcome, now);
    }

    LaneSettings settings{0, 1s, 3, 10s, 60s};
    LaneGate lane;
    LaneGate::Time now = LaneGate::Time{} + 24h;
};

TEST_F(LaneTest, WithoutALimitIsAlwaysOpen) {
    for (int i = 0; i < 1000; ++i) {
        ASSERT_TRUE(open());
        send(Outcome::Kind::delivered);
    }
}

TEST_F(LaneTest, TakesABurstAndThenOneAtATime) {
    settings.burst = 3;
    settings.every = 4s;
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(open()) << i;
        send(Outcome::Kind::delivered);
    }
    EXPECT_EQ(lane.open_at(settings, now), now + 4s);
    now += 3999ms;
    EXPECT_FALSE(open());
    now += 1ms;
    EXPECT_TRUE(open());
    send(Outcome::Kind::delivered);
    EXPECT_FALSE(open());
    now += 8s;
    EXPECT_TRUE(open());
    send(Outcome::Kind::delivered);
    EXPECT_TRUE(open());
    send(Outcome::Kind::delivered);
    EXPECT_FALSE(open());
}

// Whatever the pattern of asking, no window of a minute sees more than a burst and a minute's
// share.
TEST_F(LaneTest, NeverExceedsItsRateInAnyWindow) {
    settings.burst = 2;
    settings.every = 4s;
    std::vector<LaneGate::Time> sent;
    for (int i = 0; i < 4000; ++i) {
        if (open()) {
            send(Outcome::Kind::delivered);
            sent.push_back(now);
        }
        now += std::chrono::milliseconds{(i * 37) % 900};
    }
    ASSERT_GT(sent.size(), 100U);
    for (std::size_t first = 0; first < sent.size(); ++first) {
        std::size_t count = 0;
        for (std::size_t i = first; i < sent.size() && sent[i] < sent[first] + 60s; ++i) ++count;
        ASSERT_LE(count, 16U);
    }
}

TEST_F(LaneTest, IsDownAfterFailuresInARow) {
    send(Outcome::Kind::retry);
    send(Outcome::Kind::unknown);
    send(Outcome::Kind::delivered);
    send(Outcome::Kind::retry);
    send(Outcome::Kind::retry);
    EXPECT_FALSE(lane.down());
    send(Outcome::Kind::retry);
    EXPECT_TRUE(lane.down());
    EXPECT_EQ(lane.open_at(settings, now), now + 10s);
}

TEST_F(LaneTest, LetsOneThroughToSeeAndWaitsLongerEachTime) {
    for (int i = 0; i < 3; ++i) send(Outcome::Kind::retry);
    for (const auto pause : {20s, 40s, 60s, 60s}) {
        now = lane.open_at(settings, now);
        ASSERT_TRUE(open());
        lane.begin(settings, now);
        EXPECT_EQ(lane.open_at(settings, now), LaneGate::Time::max());
        now += 1s;
        answer(Outcome::Kind::retry);
        EXPECT_EQ(lane.open_at(settings, now), now + pause);
    }
    now = lane.open_at(settings, now);
    send(Outcome::Kind::delivered);
    EXPECT_FALSE(lane.down());
    for (int i = 0; i < 3; ++i) send(Outcome::Kind::retry);
    EXPECT_EQ(lane.open_at(settings, now), now + 10s) << "it begins anew";
}

TEST_F(LaneTest, KeepsToTheTimeItIsTold) {
    lane.begin(settings, now);
    lane.begin(settings, now);
    answer_for_all(Outcome::Kind::retry, 90s);
    EXPECT_EQ(lane.open_at(settings, now), now + 90s);
    answer(Outcome::Kind::delivered);
    EXPECT_EQ(lane.open_at(settings, now), now + 90s) << "begun before";
    now += 90s;
    send(Outcome::Kind::delivered);
    EXPECT_FALSE(lane.down());
}

TEST_F(LaneTest, AShortTimeItNamesIsShorterThanOurPause) {
    lane.begin(settings, now);
    answer_for_all(Outcome::Kind::retry, 1s);
    EXPECT_EQ(lane.open_at(settings, now), now + 1s);
}

TEST_F(LaneTest, ManyThatFailTogetherAreOneFault) {
    for (int i = 0; i < 20; ++i) lane.begin(settings, now);
    for (int i = 0; i < 20; ++i) answer(Outcome::Kind::retry);
    EXPECT_EQ(lane.open_at(settings, now), now + 10s);
}

// A number that has had its share of messages for today.
TEST_F(LaneTest, IsNotHeldAgainstTheOthersWhenOneAddresseeMustWait) {
    for (int i = 0; i < 20; ++i) {
        lane.begin(settings, now);
        lane.end(settings, {Outcome::Kind::retry, {}, {}, {}, 3600s}, now);
    }
    EXPECT_TRUE(open());
}

TEST_F(LaneTest, ARevokedKeyClosesItThoughTheNoticeIsRejected) {
    lane.begin(settings, now);
    answer_for_all(Outcome::Kind::rejected);
    EXPECT_TRUE(lane.down());
}

}  // namespace
}  // namespace jinqiao::engine::runtime
