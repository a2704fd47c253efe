// Threads for what takes long: whose turn it is, how much may wait, and what is thrown.
#include "adapters/http/workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include "adapters/http/awaited.h"

namespace jinqiao::tests {
namespace {

using adapters::http::Worked;
using adapters::http::Workers;
using Taken = Workers::Taken;

// Work that is under way until it is let go.
class Held {
  public:
    std::function<void()> work() {
        return [this] {
            begun_.set_value();
            go_.get_future().wait();
        };
    }
    void wait_until_begun() { begun_.get_future().wait(); }
    void let_go() { go_.set_value(); }

  private:
    std::promise<void> begun_, go_;
};

TEST(Workers, MoreThanCanWaitIsNotTaken) {
    Held held;
    Workers workers({1, 1, 0});
    EXPECT_EQ(workers.post(held.work()), Taken::yes);
    EXPECT_EQ(workers.post([] {}), Taken::yes);
    EXPECT_EQ(workers.post([] {}), Taken::full);
    held.let_go();
}

TEST(Workers, OfOneAccountOneThingRunsAtATimeAndOthersAreNotKeptWaiting) {
    Held long_one;
    std::promise<void> other;
    std::atomic<int> seconds{0};
    {
        Workers workers({2, 8, 4});
        EXPECT_EQ(workers.post(long_one.work(), "a"), Taken::yes);
        long_one.wait_until_begun();
        for (int i = 0; i < 3; ++i) EXPECT_EQ(workers.post([&] { ++seconds; }, "a"), Taken::yes);
        EXPECT_EQ(workers.post([] {}, "a"), Taken::too_many);
        EXPECT_EQ(workers.post([&] { other.set_value(); }, "b"), Taken::yes);
        EXPECT_EQ(other.get_future().wait_for(std::chrono::seconds{20}), std::future_status::ready);
        EXPECT_EQ(seconds, 0) << "the second thread is not for the first account";
        long_one.let_go();
    }
    EXPECT_EQ(seconds, 3) << "what was taken is done";
}

TEST(Workers, AccountsTakeTurns) {
    Held first;
    std::vector<std::string> order;
    {
        Workers workers({1, 8, 4});
        (void)workers.post(first.work(), "x");
        first.wait_until_begun();
        for (const std::string who : {"a", "a", "a", "b"})
            EXPECT_EQ(workers.post([&order, who] { order.push_back(who); }, who), Taken::yes);
        first.let_go();
    }
    EXPECT_EQ(order, (std::vector<std::string>{"a", "b", "a", "a"}));
}

TEST(Workers, WhatIsThrownEndsNothingElseAndGivesItsPlaceBack) {
    std::promise<void> after;
    Workers workers({1, 0, 1});
    for (int i = 0; i < 5; ++i) {
        while (workers.post([] { throw std::runtime_error("a defect"); }, "a") != Taken::yes)
            std::this_thread::yield();
    }
    while (workers.post([&] { after.set_value(); }, "a") != Taken::yes) std::this_thread::yield();
    EXPECT_EQ(after.get_future().wait_for(std::chrono::seconds{20}), std::future_status::ready);
}

Worked fate_of(Workers& workers, std::function<void()> work) {
    boost::asio::io_context io;
    Worked fate;
    boost::asio::co_spawn(
        io,
        [&]() -> boost::asio::awaitable<void> {
            fate = co_await adapters::http::worked(workers, std::move(work), "a");
        },
        [](std::exception_ptr failure) { EXPECT_FALSE(failure); });
    io.run();
    return fate;
}

TEST(Workers, WhoeverWaitsLearnsWhatWasThrown) {
    Workers workers({1, 1, 0});  // who is answered may come again before the thread is free
    EXPECT_FALSE(fate_of(workers, [] {}).failure);
    const auto fate = fate_of(workers, [] { throw std::runtime_error("a defect"); });
    EXPECT_EQ(fate.taken, Taken::yes);
    ASSERT_TRUE(fate.failure);
    EXPECT_THROW(std::rethrow_exception(fate.failure), std::runtime_error);
}

}  // namespace
}  // namespace jinqiao::tests
