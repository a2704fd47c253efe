// Doing it again: keys, repeats, and a committer that has no room or no disk.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <future>
#include <thread>

#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

using Fields = Client::Fields;

std::size_t cases(Daemon& daemon) {
    return daemon.as("wang").get("/api/v1/cases").json().at("items").as_array().size();
}

TEST(HttpIdempotency, ARepeatGetsTheFirstAnswerAndDoesNothing) {
    Daemon daemon;
    auto chen = daemon.as("chen");
    const Fields key{{"Idempotency-Key", "k-1"}};
    const auto first = chen.post("/api/v1/alerts", R"({"days": 3})", key);
    ASSERT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(first.field("idempotency-replayed"), "");
    daemon.clock.turn(std::chrono::hours(1));
    const auto again = chen.post("/api/v1/alerts", R"({"days": 3})", key);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.field("location"), first.field("location"));
    EXPECT_EQ(again.field("etag"), first.field("etag"));
    EXPECT_EQ(again.field("idempotency-replayed"), "true");
    EXPECT_EQ(cases(daemon), 1U);
}

TEST(HttpIdempotency, AnotherBodyOrPathUnderTheSameKeyIsRefused) {
    Daemon daemon;
    auto chen = daemon.as("chen");
    const Fields key{{"Idempotency-Key", "k-1"}};
    const auto filed = chen.post("/api/v1/alerts", R"({"days": 3})", key);
    ASSERT_EQ(filed.status, 201);
    const auto other = chen.post("/api/v1/alerts", R"({"days": 4})", key);
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(other.code(), "idempotency_mismatch");
    EXPECT_EQ(chen.post(filed.field("location") + "/actions/ask", R"({"days": 3})", key).status,
              422);
    EXPECT_EQ(cases(daemon), 1U);
}

TEST(HttpIdempotency, KeysBelongToTheirAccount) {
    Daemon daemon;
    const Fields key{{"Idempotency-Key", "k-1"}};
    EXPECT_EQ(daemon.as("chen").post("/api/v1/alerts", R"({"days": 3})", key).status, 201);
    EXPECT_EQ(daemon.as("wang").post("/api/v1/alerts", R"({"days": 3})", key).status, 201);
    EXPECT_EQ(cases(daemon), 2U);
}

TEST(HttpIdempotency, TheAnswerStandsEvenWhenTheRightIsGone) {
    Daemon daemon;
    const auto path = "/api/v1/cases/" + daemon.file() + "/actions/";
    auto wang = daemon.as("wang");
    EXPECT_EQ(wang.post(path + "ask", "{}").status, 200);
    const Fields key{{"Idempotency-Key", "k"}, {"If-Match", "\"2\""}};
    const auto granted = wang.post(path + "grant", "{}", key);
    ASSERT_EQ(granted.status, 200) << granted.body;
    const auto again = wang.post(path + "grant", "{}", key);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, granted.body);
    EXPECT_EQ(wang.post(path + "grant", "{}").status, 409);
}

TEST(HttpIdempotency, ARefusalIsNotKept) {
    Daemon daemon;
    const auto path = "/api/v1/cases/" + daemon.file() + "/actions/";
    auto wang = daemon.as("wang");
    const Fields key{{"Idempotency-Key", "k"}};
    EXPECT_EQ(wang.post(path + "grant", "{}", key).status, 409);
    EXPECT_EQ(wang.post(path + "ask", "{}").status, 200);
    EXPECT_EQ(wang.post(path + "grant", "{}", key).status, 200);
}

TEST(HttpIdempotency, AKeyIsShortAndVisible) {
    Daemon daemon;
    auto chen = daemon.as("chen");
    EXPECT_EQ(
        chen.post("/api/v1/alerts", "{}", {{"Idempotency-Key", std::string(256, 'k')}}).status,
        400);
    EXPECT_EQ(chen.post("/api/v1/alerts", "{}", {{"Idempotency-Key", "a b"}}).status, 400);
}

// Holds the committer's thread for as long as it lives.
class Held {
  public:
    explicit Held(engine::runtime::Committer& committer) {
        engine::runtime::Submission stone;
        stone.work = engine::runtime::Registration{};
        auto gate = gate_.get_future().share();
        auto reached = std::make_shared<std::promise<void>>();
        auto there = reached->get_future();
        stone.done = [gate, reached](auto) {
            reached->set_value();
            gate.wait();
        };
        EXPECT_TRUE(committer.submit(std::move(stone)));
        there.wait();
    }
    ~Held() { gate_.set_value(); }

  private:
    std::promise<void> gate_;
};

TEST(HttpIdempotency, TheSameKeyInFlightIsToldToWait) {
    Daemon daemon;
    auto first = daemon.as("chen");
    auto second = daemon.as("chen");
    const Fields key{{"Idempotency-Key", "k"}};
    {
        const Held held(*daemon.committer);
        first.send(first.message("POST", "/api/v1/alerts", R"({"days": 3})", key));
        while (daemon.committer->queued() == 0) std::this_thread::yield();
        const auto waiting = second.post("/api/v1/alerts", R"({"days": 3})", key);
        EXPECT_EQ(waiting.status, 409);
        EXPECT_EQ(waiting.code(), "idempotency_in_flight");
        EXPECT_EQ(waiting.field("retry-after"), "1");
        // Reading goes on meanwhile.
        EXPECT_EQ(second.get("/api/v1/cases").status, 200);
    }
    EXPECT_EQ(first.receive().status, 201);
    EXPECT_EQ(second.post("/api/v1/alerts", R"({"days": 3})", key).status, 201);
    EXPECT_EQ(cases(daemon), 1U);
}

TEST(HttpIdempotency, AFullQueueIsBusy) {
    engine::runtime::CommitterSettings commit;
    commit.queue = 1;
    Daemon daemon({}, commit);
    auto first = daemon.as("chen");
    auto second = daemon.as("chen");
    {
        const Held held(*daemon.committer);
        first.send(first.message("POST", "/api/v1/alerts", R"({"days": 3})"));
        while (daemon.committer->queued() == 0) std::this_thread::yield();
        const auto busy = second.post("/api/v1/alerts", R"({"days": 3})");
        EXPECT_EQ(busy.status, 503);
        EXPECT_EQ(busy.code(), "busy");
        EXPECT_EQ(busy.field("retry-after"), "1");
    }
    EXPECT_EQ(first.receive().status, 201);
}

TEST(HttpIdempotency, AFullDiskIsSaidAndNothingIsDone) {
    Daemon daemon;
    daemon.file();
    auto chen = daemon.as("chen");
    daemon.store.fail_next_commit(adapters::store::memory::CommitFault::disk_full);
    const auto full = chen.post("/api/v1/alerts", R"({"days": 3})", {{"Idempotency-Key", "k"}});
    EXPECT_EQ(full.status, 507);
    EXPECT_EQ(full.code(), "disk_full");
    EXPECT_EQ(cases(daemon), 1U);
    // The answer leaves a moment before the daemon has drawn its conclusion.
    int ready = 200;
    for (int tries = 0; tries < 100 && ready != 503; ++tries)
        ready = daemon.anybody().get("/readyz").status;
    EXPECT_EQ(ready, 503);
    EXPECT_EQ(daemon.anybody().get("/healthz").status, 200);
}

}  // namespace
}  // namespace jinqiao::tests
