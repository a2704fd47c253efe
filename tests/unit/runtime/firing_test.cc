#include "engine/runtime/firing.h"

#include "tests/unit/runtime/office.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {
namespace {

using runtime::fire_due;
using runtime::next_due_at;

std::size_t fire(Office& office) {
    const auto fired =
        fire_due(*office.core, *office.reader(), office.world, office.clock.now(), 100);
    EXPECT_TRUE(fired.ok());
    return fired.ok() ? fired->accepted : 0;
}

time::Instant next(Office& office) {
    const auto at = next_due_at(*office.reader(), office.world);
    EXPECT_TRUE(at.ok() && *at);
    return at.ok() && *at ? **at : time::Instant{};
}

TEST(Firing, NothingFiresAMillisecondEarly) {
    Office office;
    const auto id = office.file();
    const auto due = next(office);
    ASSERT_GT(due, office.clock.now());
    office.clock.set(due - std::chrono::milliseconds{1});
    EXPECT_EQ(fire(office), 0U);
    office.clock.set(due);
    EXPECT_EQ(fire(office), 1U);
    EXPECT_EQ(text(office.last_row(id).at("command").as_object(), "name"), "timer_fired");
}

TEST(Firing, EachTimerFiresOnceAcrossARestart) {
    Office office;
    const auto id = office.file();
    office.clock.set(next(office));
    EXPECT_EQ(fire(office), 1U);
    const auto rows = office.history(id.value).size();
    office.restart();
    EXPECT_EQ(fire(office), 0U);
    EXPECT_EQ(office.history(id.value).size(), rows);
    EXPECT_GT(next(office), office.clock.now());
}

TEST(Firing, TimerWhoseCommitWasLostFiresAgain) {
    Office office;
    const auto id = office.file();
    office.clock.set(next(office));
    office.store.fail_next_commit(adapters::store::memory::CommitFault::disk_full);
    EXPECT_FALSE(
        fire_due(*office.core, *office.reader(), office.world, office.clock.now(), 100).ok());
    EXPECT_EQ(office.history(id.value).size(), 1U);
    EXPECT_EQ(fire(office), 1U);
    EXPECT_EQ(office.history(id.value).size(), 2U);
}

TEST(Firing, OverdueTimersFireInDueOrder) {
    Office office;
    const auto first = office.file();
    office.clock.forward(std::chrono::minutes{10});
    const auto second = office.file();
    office.clock.forward(std::chrono::hours{24});
    std::vector<std::string> order;
    office.core->on_commit([&](std::span<const runtime::Accepted> changes) {
        for (const auto& change : changes) order.push_back(change.kase->id.value);
    });
    ASSERT_EQ(fire(office), 2U);
    EXPECT_EQ(order, (std::vector<std::string>{first.value, second.value}));
}

TEST(Firing, LimitIsKept) {
    Office office;
    for (int i = 0; i < 5; ++i) office.file();
    office.clock.forward(std::chrono::hours{24});
    const auto fired =
        fire_due(*office.core, *office.reader(), office.world, office.clock.now(), 3);
    ASSERT_TRUE(fired.ok());
    EXPECT_EQ(fired->accepted, 3U);
}

TEST(Firing, ClockThatStepsBackDoesNotUndoWhatWasDue) {
    Office office;
    office.file();
    const auto due = next(office);
    office.clock.set(due);
    EXPECT_EQ(fire(office), 1U);
    office.clock.set(due - std::chrono::hours{1});
    EXPECT_EQ(fire(office), 0U);
    EXPECT_GE(office.core->now(), due);
}

}  // namespace
}  // namespace jinqiao::tests
