// What the engine does when deadlines come: due, due while down, many at once, after a jump.

#include "tests/unit/runtime/office_engine.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {
namespace {

using runtime::Engine;
using time::testing::at;
using namespace std::chrono_literals;

TEST(Engine, TimerFiresWhenItsInstantHasComeAndNotBefore) {
    OfficeEngine daemon;
    daemon.start();
    const auto id = daemon.file();
    const auto due = daemon.next_timer(id);
    daemon.clock.set(due - 1ms);
    daemon.engine->wake();
    // The committer works in order: once this is answered, anything fired before it would show.
    ASSERT_NE(accepted(daemon.send(command("add_note", id, {{"text", "x"}}, person("wang")))),
              nullptr);
    EXPECT_EQ(daemon.fired(id), 0U);

    daemon.clock.set(due);
    daemon.engine->wake();
    EXPECT_TRUE(daemon.wait_until([&] { return daemon.engine->stats().core.timers_fired > 0; }));
    daemon.stop();
    EXPECT_EQ(daemon.fired(id), 1U);
}

TEST(Engine, TimersDueWhileDownFireOnceAfterTheRestart) {
    OfficeEngine daemon;
    daemon.start();
    std::vector<model::CaseId> ids;
    for (int i = 0; i < 20; ++i) ids.push_back(daemon.file());
    daemon.stop();
    daemon.store.crash();
    const auto due = daemon.next_timer(ids.front());
    daemon.clock.set(due + 1min);

    daemon.start();
    EXPECT_TRUE(daemon.wait_until([&] { return daemon.engine->stats().core.timers_fired >= 20; }));
    daemon.stop();
    for (const auto& id : ids) {
        EXPECT_EQ(daemon.fired(id), 1U);
        bool said = false;
        for (const auto& row : daemon.history(id))
            said = said || row.body.find("\"cause\":\"downtime\"") != std::string::npos;
        EXPECT_TRUE(said);
    }
}

TEST(Engine, TimersOfAMassInstantAllFire) {
    OfficeEngine daemon;
    daemon.settings.timers.window_rows = 16;
    daemon.settings.timers.in_flight = 8;
    daemon.start();
    std::vector<model::CaseId> ids;
    for (int i = 0; i < 100; ++i) ids.push_back(daemon.file());
    daemon.clock.set(daemon.next_timer(ids.front()));
    daemon.engine->wake();
    EXPECT_TRUE(daemon.wait_until([&] { return daemon.engine->stats().core.timers_fired >= 100; }));
    daemon.stop();
    for (const auto& id : ids) EXPECT_EQ(daemon.fired(id), 1U);
}

TEST(Engine, JumpOfTheClockHoldsTimersUntilSomebodyConfirmsIt) {
    OfficeEngine daemon;
    daemon.settings.timers.jump = 5min;
    daemon.settings.timers.settle = 1h;
    daemon.settings.timers.window = 24h;
    daemon.start();
    const auto id = daemon.file();
    // The watch has seen the clock before it jumps.
    ASSERT_TRUE(come_true([&] { return daemon.engine->stats().timers.waiting > 0; }));
    daemon.clock.set(daemon.next_timer(id) + 1h);
    daemon.engine->wake();
    ASSERT_TRUE(come_true([&] { return daemon.engine->stats().timers.holding; }));
    EXPECT_EQ(daemon.fired(id), 0U);
    daemon.engine->confirm_clock();
    EXPECT_TRUE(daemon.wait_until([&] { return daemon.engine->stats().core.timers_fired > 0; }));
}

TEST(Engine, JumpOfTheClockIsToldAndSoIsItsEnd) {
    OfficeEngine daemon;
    daemon.settings.timers.jump = 5min;
    daemon.settings.timers.settle = 1h;
    daemon.settings.timers.window = 24h;
    daemon.settings.audit.every = 10ms;
    std::atomic<int> signs{0};
    daemon.start([&](Engine& engine) { engine.on_content([&] { ++signs; }); });
    const auto id = daemon.file();
    ASSERT_TRUE(come_true([&] { return daemon.engine->stats().timers.waiting > 0; }));
    const auto told = [&](const std::string& event) {
        return come_true([&] {
            for (const auto& sent : daemon.channel->sent())
                if (sent.body.at("event") == boost::json::value(event)) return true;
            return false;
        });
    };
    daemon.clock.set(daemon.next_timer(id) + 1h);
    daemon.engine->wake();
    ASSERT_TRUE(told("alarm"));
    // A look of the audit may have come before the timers saw that the clock had jumped.
    EXPECT_TRUE(come_true([&] {
        const auto complaints = daemon.engine->stats().audit.complaints;
        return !complaints.empty() && complaints.front().code == "clock.held";
    }));
    EXPECT_EQ(daemon.fired(id), 0U);
    const int before = signs;
    daemon.engine->confirm_clock();
    EXPECT_TRUE(told("alarm_over"));
    EXPECT_GT(signs, before);
}

}  // namespace
}  // namespace jinqiao::tests
