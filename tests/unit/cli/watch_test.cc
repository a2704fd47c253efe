// The second opinion of a replay: what it must call forgotten, whatever the kernel thinks.
#include "adapters/cli/replay/watch.h"

#include <gtest/gtest.h>

#include "adapters/cli/replay/staff.h"
#include "adapters/store/memory/memory_store.h"

namespace jinqiao::adapters::cli::replay {
namespace {

using engine::model::CaseId;
using engine::model::PostId;
using engine::ports::CaseRow;
using engine::ports::TimerRow;
using engine::time::Instant;

const Instant now = engine::time::from_ms(1'784'000'000'000);

engine::policy::Directory organisation() {
    engine::policy::Directory directory;
    for (const char* id : {"duty_desk", "fallback_desk"})
        directory.posts[PostId(id)].id = PostId(id);
    directory.fallback = PostId("fallback_desk");
    return staff(std::move(directory));
}

class Watching : public ::testing::Test {
  protected:
    void store(const std::string& owner, const std::string& clocks, bool timer) {
        CaseRow row;
        row.id = CaseId("c1");
        row.number = "JQ-2026-000001";
        row.workflow = "dispute";
        row.state = "verifying";
        row.body = R"({"owner": {"post": ")" + owner + R"("}, "clocks": [)" + clocks + "]}";
        auto batch = store_.begin();
        ASSERT_TRUE(batch.ok());
        ASSERT_TRUE((*batch)->put_case(row, 0).ok());
        if (timer) {
            ASSERT_TRUE((*batch)->put_timer(TimerRow{row.id, "st.verify#1", now, 0, 0, 0}).ok());
        }
        ASSERT_TRUE((*batch)->commit().ok());
    }

    std::string lacking() {
        auto reader = store_.reader();
        EXPECT_TRUE(reader.ok());
        Watch watch(**reader, directory_);
        EXPECT_TRUE(watch.look(CaseId("c1"), now).ok());
        EXPECT_TRUE(watch.look_at_all(now).ok());
        EXPECT_EQ(watch.looks(), 2U);
        std::string result;
        for (const auto& each : watch.forgotten())
            for (const auto& word : each.lacking) result += (result.empty() ? "" : " ") + word;
        return result;
    }

    static std::string clock(const char* state, const char* cls = "stage") {
        return std::string(R"({"name": "st.verify", "class": ")") + cls + R"(", "state": ")" +
               state + R"(", "due": {"at_ms": 1784000000000}})";
    }

    store::memory::MemoryStore store_;
    engine::policy::Directory directory_ = organisation();
};

TEST_F(Watching, ACaseWithOwnerClockAndTimerIsNotForgotten) {
    store("duty_desk", clock("running"), true);
    EXPECT_EQ(lacking(), "");
}

TEST_F(Watching, AMissedClockStillCountsWhileItsTimerRuns) {
    store("duty_desk", clock("missed"), true);
    EXPECT_EQ(lacking(), "");
}

TEST_F(Watching, NobodyOwnsIt) {
    store("", clock("running"), true);
    EXPECT_EQ(lacking(), "owner");
}

TEST_F(Watching, ItsPostIsGone) {
    store("no_such_post", clock("running"), true);
    EXPECT_EQ(lacking(), "owner");  // the fallback desk can still be reached
}

TEST_F(Watching, NothingIsWaitedFor) {
    store("duty_desk", clock("met"), true);
    EXPECT_EQ(lacking(), "due next_action");
}

TEST_F(Watching, WhatRunsElsewhereIsNoNextStepOfOurs) {
    store("duty_desk", clock("running", "reference"), true);
    EXPECT_EQ(lacking(), "due next_action");
}

TEST_F(Watching, NoTimerIsArmed) {
    store("duty_desk", clock("running"), false);
    EXPECT_EQ(lacking(), "next_action");
}

TEST_F(Watching, NobodyCanBeReached) {
    store("duty_desk", clock("running"), true);
    for (auto& [id, person] : directory_.people) person.enabled = false;
    EXPECT_EQ(lacking(), "addressee");
}

TEST_F(Watching, AbsentPeopleLeaveItToTheFallbackDesk) {
    store("duty_desk", clock("running"), true);
    for (const char* person : {"duty_desk.1", "duty_desk.2"})
        directory_.absences.push_back(
            {engine::model::PersonId(person), now, now + std::chrono::hours{1}});
    EXPECT_EQ(lacking(), "");
}

}  // namespace
}  // namespace jinqiao::adapters::cli::replay
