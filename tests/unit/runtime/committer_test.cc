#include "engine/runtime/committer.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

#include "tests/unit/runtime/office.h"

namespace jinqiao::tests {
namespace {

using adapters::store::memory::CommitFault;
using model::ErrorCode;
using runtime::Answer;
using runtime::Committer;
using runtime::Submission;
using namespace std::chrono_literals;

std::future<Answer> answer_of(Submission& one) {
    auto promise = std::make_shared<std::promise<Answer>>();
    one.done = [promise](Answer answer) { promise->set_value(std::move(answer)); };
    return promise->get_future();
}

struct Running : Office {
    std::unique_ptr<Committer> committer;
    std::promise<model::Error> fatal;

    void begin(runtime::CommitterSettings settings = {}) {
        committer = std::make_unique<Committer>(*core, store, settings, [this](model::Error error) {
            fatal.set_value(std::move(error));
        });
    }
    std::future<Answer> submit(Submission one) {
        auto future = answer_of(one);
        EXPECT_TRUE(committer->submit(std::move(one)));
        return future;
    }
    // Occupies the committer until the promise is kept.
    std::future<void> block(std::shared_future<void> until) {
        auto entered = std::make_shared<std::promise<void>>();
        auto one = submission(filing(1));
        one.done = [entered, until](const Answer&) {
            entered->set_value();
            until.wait();
        };
        EXPECT_TRUE(committer->submit(std::move(one)));
        return entered->get_future();
    }
};

TEST(Committer, AnswersWhatIsSubmittedFromManyThreads) {
    Running office;
    office.begin();
    constexpr int threads = 4;
    constexpr int each = 25;
    std::atomic<int> done{0};
    std::vector<std::thread> clients;
    for (int t = 0; t < threads; ++t)
        clients.emplace_back([&] {
            for (int i = 0; i < each; ++i) {
                auto future = office.submit(submission(filing(2)));
                if (std::holds_alternative<runtime::Accepted>(future.get())) ++done;
            }
        });
    for (auto& client : clients) client.join();
    EXPECT_EQ(done, threads * each);
    office.committer->stop();
    EXPECT_EQ(*office.reader()->count("open_cases"), static_cast<std::uint64_t>(threads * each));
}

// A hundred thousand deadlines of one midnight stand in nobody's way.
TEST(Committer, PeopleGoBeforeWhatTheEngineDoesByItself) {
    Running office;
    office.begin({.queue = 1000, .batch = 20});
    std::promise<void> go;
    office.block(go.get_future().share()).wait();
    std::vector<std::string> order;  // on the committer's thread, then read here
    std::vector<std::future<void>> done;
    const auto queue = [&](runtime::Lane lane, const char* name) {
        auto served = std::make_shared<std::promise<void>>();
        done.push_back(served->get_future());
        auto one = submission(filing(2));
        one.lane = lane;
        one.done = [&order, served, name](const Answer&) {
            order.emplace_back(name);
            served->set_value();
        };
        EXPECT_TRUE(office.committer->submit(std::move(one)));
    };
    for (int i = 0; i < 100; ++i) queue(runtime::Lane::engine, "engine");
    for (int i = 0; i < 30; ++i) queue(runtime::Lane::people, "people");
    go.set_value();
    for (auto& one : done) one.wait();
    const auto people_among = [&](std::size_t from, std::size_t until) {
        return std::count(order.begin() + static_cast<std::ptrdiff_t>(from),
                          order.begin() + static_cast<std::ptrdiff_t>(until), "people");
    };
    // Each transaction holds twenty; a quarter is the engine's.
    EXPECT_EQ(people_among(0, 20), 15);
    EXPECT_EQ(people_among(20, 40), 15);
    EXPECT_EQ(people_among(40, 130), 0);
}

TEST(Committer, WhatWaitsMeanwhileIsOneBatch) {
    Running office;
    office.begin();
    std::promise<void> go;
    office.block(go.get_future().share()).wait();
    std::vector<std::future<Answer>> answers;
    for (int i = 0; i < 50; ++i) answers.push_back(office.submit(submission(filing(2))));
    go.set_value();
    for (auto& answer : answers) EXPECT_NE(accepted(answer.get()), nullptr);
    office.committer->stop();
    EXPECT_EQ(office.core->counts().commits, 2U);
}

TEST(Committer, FullQueueTakesNothing) {
    Running office;
    office.begin({2, 200});
    std::promise<void> go;
    office.block(go.get_future().share()).wait();
    auto first = office.submit(submission(filing(2)));
    auto second = office.submit(submission(filing(2)));
    EXPECT_FALSE(office.committer->submit(submission(filing(2))));
    EXPECT_EQ(office.committer->queued(), 2U);
    go.set_value();
    EXPECT_NE(accepted(first.get()), nullptr);
    EXPECT_NE(accepted(second.get()), nullptr);
}

TEST(Committer, StopFinishesWhatIsQueuedAndTakesNoMore) {
    Running office;
    office.begin();
    std::promise<void> go;
    office.block(go.get_future().share()).wait();
    std::vector<std::future<Answer>> answers;
    for (int i = 0; i < 300; ++i) answers.push_back(office.submit(submission(filing(2))));
    std::thread stopper([&] { office.committer->stop(); });
    go.set_value();
    stopper.join();
    for (auto& answer : answers) {
        ASSERT_EQ(answer.wait_for(0s), std::future_status::ready);
        EXPECT_NE(accepted(answer.get()), nullptr);
    }
    EXPECT_FALSE(office.committer->submit(submission(filing(2))));
    office.committer->stop();
}

TEST(Committer, FullDiskMeansReadingOnlyUntilThereIsRoom) {
    Running office;
    office.store.fail_next_commit(CommitFault::disk_full);
    office.begin();
    auto first = office.submit(submission(filing(2)));
    const auto refusal = first.get();
    ASSERT_NE(failed(refusal), nullptr);
    EXPECT_EQ(failed(refusal)->code, ErrorCode::disk_full);
    // Nobody has to try: the committer finds out by itself, and answers at once meanwhile.
    while (true) {
        auto answer = office.submit(submission(filing(2))).get();
        if (std::holds_alternative<runtime::Accepted>(answer)) break;
        ASSERT_NE(failed(answer), nullptr);
        ASSERT_EQ(failed(answer)->code, ErrorCode::disk_full);
        std::this_thread::yield();
    }
    office.committer->stop();
    EXPECT_FALSE(office.committer->read_only());
    EXPECT_EQ(*office.reader()->count("open_cases"), 1U);
}

TEST(Committer, UnknownOutcomeIsFatalAndNothingMoreIsWritten) {
    Running office;
    office.store.fail_next_commit(CommitFault::unknown_lost);
    office.begin();
    auto first = office.submit(submission(filing(2)));
    EXPECT_EQ(failed(first.get())->code, ErrorCode::unknown);
    EXPECT_EQ(office.fatal.get_future().get().code, ErrorCode::unknown);
    auto later = office.submit(submission(filing(2)));
    EXPECT_EQ(failed(later.get())->code, ErrorCode::unknown);
    office.committer->stop();
}

}  // namespace
}  // namespace jinqiao::tests
