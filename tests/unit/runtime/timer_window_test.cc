#include "engine/runtime/timer_window.h"

#include <gtest/gtest.h>

#include "engine/runtime/clock_watch.h"
#include "engine/runtime/lateness.h"

namespace jinqiao::tests {
namespace {

namespace model = engine::model;
namespace time = engine::time;
using engine::ports::TimerRow;
using engine::runtime::ClockWatch;
using engine::runtime::TimerWindow;
using namespace std::chrono_literals;

const time::Instant start = time::from_ms(1'000'000);

TimerRow row(const std::string& kase, int second, const std::string& slot = "a") {
    return {model::CaseId{kase}, slot, start + std::chrono::seconds{second}, 0, 0, 0};
}

std::vector<std::string> drain(TimerWindow& window) {
    std::vector<std::string> out;
    while (window.head() != nullptr) {
        const auto taken = window.take();
        out.push_back(taken.kase.value + taken.slot);
        window.landed(taken);
    }
    return out;
}

TEST(TimerWindow, HandsOutInDueOrder) {
    TimerWindow window(10);
    window.refill({row("c", 3), row("a", 1), row("b", 2)}, start + 60s);
    EXPECT_EQ(drain(window), (std::vector<std::string>{"aa", "ba", "ca"}));
}

TEST(TimerWindow, CaseThatChangedHasItsTimersReplaced) {
    TimerWindow window(10);
    window.refill({row("a", 1), row("a", 2, "b"), row("b", 3)}, start + 60s);
    window.replace(model::CaseId{"a"}, {row("a", 5, "b"), row("a", 90, "c")});
    EXPECT_EQ(drain(window), (std::vector<std::string>{"ba", "ab"}));  // c lies beyond
}

TEST(TimerWindow, TimerInFlightIsNotHandedOutAgain) {
    TimerWindow window(10);
    window.refill({row("a", 1)}, start + 60s);
    const auto taken = window.take();
    window.replace(model::CaseId{"a"}, {row("a", 1)});
    window.refill({row("a", 1)}, start + 60s);
    EXPECT_EQ(window.head(), nullptr);
    EXPECT_EQ(window.earliest(), start + 1s);
    window.put_back(taken);
    EXPECT_EQ(drain(window), (std::vector<std::string>{"aa"}));
}

TEST(TimerWindow, TroublesomeTimerWaitsUntilLetInOrItsCaseChanges) {
    TimerWindow window(10);
    window.refill({row("a", 1), row("b", 2)}, start + 60s);
    window.set_aside(window.take());
    window.set_aside(window.take());
    window.refill({row("a", 1), row("b", 2)}, start + 60s);
    EXPECT_EQ(window.head(), nullptr);
    window.replace(model::CaseId{"b"}, {row("b", 2)});
    EXPECT_EQ(drain(window), (std::vector<std::string>{"ba"}));
    window.let_in();
    EXPECT_EQ(drain(window), (std::vector<std::string>{"aa"}));
}

TEST(TimerWindow, BurstIsForgottenFromItsFarEnd) {
    TimerWindow window(10);
    window.refill({}, start + 600s);
    for (int i = 0; i < 30; ++i) {
        const auto name = "c" + std::to_string(i);
        window.replace(model::CaseId{name}, {row(name, i)});
    }
    EXPECT_LE(window.size(), 20U);
    EXPECT_LT(window.horizon(), start + 600s);
    EXPECT_EQ(window.head()->at, start);
}

TEST(ClockWatch, JumpForwardHoldsUntilTheClockHasBeenStable) {
    ClockWatch watch(5min, 1min);
    EXPECT_FALSE(watch.look(start, 0s));
    EXPECT_FALSE(watch.look(start + 1s, 1s));
    EXPECT_TRUE(watch.look(start + 1h, 2s));
    EXPECT_TRUE(watch.look(start + 1h + 30s, 32s));
    EXPECT_FALSE(watch.look(start + 1h + 61s, 63s));
}

TEST(ClockWatch, GoingBackOrAWordOfSomebodyEndsTheHold) {
    ClockWatch watch(5min, 1min);
    watch.look(start, 0s);
    EXPECT_TRUE(watch.look(start + 1h, 1s));
    EXPECT_FALSE(watch.look(start + 2s, 2s));
    EXPECT_TRUE(watch.look(start + 1h, 3s));
    watch.confirm();
    EXPECT_FALSE(watch.look(start + 1h + 1s, 4s));
}

// A machine that slept through the night has not jumped.
TEST(ClockWatch, TimeThatReallyPassedIsNoJump) {
    ClockWatch watch(5min, 1min);
    watch.look(start, 0s);
    EXPECT_FALSE(watch.look(start + 9h, 9h));
}

TEST(ClockWatch, ZeroSwitchesItOff) {
    ClockWatch watch(0ms, 1min);
    watch.look(start, 0s);
    EXPECT_FALSE(watch.look(start + 1000h, 1s));
}

TEST(Lateness, CountsUnderTheFirstBoundThatHolds) {
    engine::runtime::Lateness lateness;
    lateness.add(50ms);
    lateness.add(51ms);
    lateness.add(2h);
    EXPECT_EQ(lateness.counts[0], 1U);
    EXPECT_EQ(lateness.counts[1], 1U);
    EXPECT_EQ(lateness.counts.back(), 1U);
    EXPECT_EQ(lateness.total, 3U);
    EXPECT_EQ(lateness.most, 2h);
}

}  // namespace
}  // namespace jinqiao::tests
