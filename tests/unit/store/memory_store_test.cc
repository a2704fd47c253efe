#include "adapters/store/memory/memory_store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/support/store_rows.h"

namespace jinqiao::adapters::store::memory::testing {

namespace ports = engine::ports;
namespace model = engine::model;

namespace {

model::Status put(MemoryStore& store, const std::string& key) {
    auto batch = store.begin();
    if (!batch) return batch.error();
    EXPECT_DONE((*batch)->put_meta(key, "v"));
    return (*batch)->commit();
}

bool has(MemoryStore& store, const std::string& key) {
    auto reader = store.reader();
    return (*reader)->meta(key).value().has_value();
}

}  // namespace

TEST(MemoryStore, FullDiskLosesOneCommitAndThenWorkGoesOn) {
    MemoryStore store;
    store.fail_next_commit(CommitFault::disk_full);
    EXPECT_ERROR(disk_full, put(store, "a"));
    EXPECT_FALSE(has(store, "a"));
    EXPECT_DONE(put(store, "a"));
    EXPECT_TRUE(has(store, "a"));
}

TEST(MemoryStore, UnknownCommitStopsTheStoreUntilARestartShowsTheOutcome) {
    for (const CommitFault fault : {CommitFault::unknown_done, CommitFault::unknown_lost}) {
        MemoryStore store;
        store.fail_next_commit(fault);
        EXPECT_ERROR(unknown, put(store, "a"));
        EXPECT_ERROR(unknown, store.begin());
        EXPECT_ERROR(unknown, store.maintain(true));
        store.crash();
        EXPECT_EQ(has(store, "a"), fault == CommitFault::unknown_done);
        EXPECT_DONE(put(store, "b"));
    }
}

TEST(MemoryStore, BatchThatWasOpenAtACrashIsDead) {
    MemoryStore store;
    auto batch = store.begin().value();
    EXPECT_DONE(batch->put_meta("a", "v"));
    store.crash();
    EXPECT_ERROR(internal, batch->put_meta("b", "v"));
    EXPECT_ERROR(internal, batch->commit());
    auto next = store.begin().value();
    EXPECT_DONE(next->put_meta("c", "v"));
    batch.reset();  // takes nothing of the next one along
    EXPECT_DONE(next->commit());
    EXPECT_FALSE(has(store, "a"));
    EXPECT_TRUE(has(store, "c"));
}

TEST(MemoryStore, ReadersOnOtherThreadsSeeWholeCommits) {
    MemoryStore store;
    std::atomic<bool> done{false};
    std::thread reading([&] {
        while (!done) {
            auto reader = store.reader().value();
            const auto cases = reader->count("open_cases").value();
            const auto timers = reader->count("timers").value();
            EXPECT_LE(cases, timers);  // read in this order, timers may only be ahead
        }
    });
    for (int i = 0; i < 300; ++i) {
        auto batch = store.begin().value();
        EXPECT_DONE(batch->put_timer(tests::support::rows::timer(std::to_string(i), "due", i)));
        EXPECT_DONE(batch->put_case(tests::support::rows::a_case(std::to_string(i)), 0));
        EXPECT_DONE(batch->commit());
    }
    done = true;
    reading.join();
}

}  // namespace jinqiao::adapters::store::memory::testing
