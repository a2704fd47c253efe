#include "engine/runtime/calendar_change.h"

#include "engine/kernel/decide.h"
#include "tests/unit/runtime/office.h"
#include "tests/unit/time/calendar_fixture.h"

// A calendar or a policy that was replaced: cases follow on record, and once.
namespace jinqiao::tests {
namespace {

namespace json = boost::json;

runtime::Submission by_calendar() {
    runtime::Submission one;
    one.work = runtime::CalendarInForce{};
    return one;
}

// Friday Mar 6 is given off as well.
void replace_calendar(Office& office, const std::string& version) {
    auto data = engine::time::testing::data_2026();
    data.version = version;
    data.off.emplace(engine::time::testing::day("2026-03-06"), "停工");
    auto world = *office.world.get();
    world.calendar = std::make_shared<const engine::time::Calendar>(data);
    office.world.set(std::move(world));
}

bool records(Office& office, const model::CaseId& id, const std::string& event) {
    const auto row = office.last_row(id);
    for (const auto& each : row.at("events").as_array())
        if (text(each.as_object(), "name") == event) return true;
    return false;
}

TEST(CalendarChange, EveryRunningCaseIsReckonedAnewOnRecord) {
    Office office;
    const auto id = office.file(3);
    ASSERT_NE(accepted(office.act("wang", "ask", id)), nullptr);
    ASSERT_NE(accepted(office.send(by_calendar())), nullptr);
    const auto before = office.stored(id);
    replace_calendar(office, "2026-b");
    ASSERT_TRUE(*runtime::calendar_is_new(*office.reader(), *office.world.get()));
    ASSERT_NE(accepted(office.send(by_calendar())), nullptr);
    const auto after = office.stored(id);
    EXPECT_GT(after.clock("st.decide")->due.at, before.clock("st.decide")->due.at);
    EXPECT_EQ(after.clock("law.answer")->calendar_version, "2026-b");
    EXPECT_TRUE(records(office, id, "due_changed"));
    EXPECT_EQ(text(office.last_row(id).at("command").as_object(), "cause"), "calendar/2026-b");
    for (const auto& timer : office.timers(id))
        if (timer.slot == "st.decide#1") {
            EXPECT_EQ(timer.at, *after.clock("st.decide")->next_at);
        }
}

TEST(CalendarChange, SameCalendarWritesNothing) {
    Office office;
    const auto id = office.file(3);
    ASSERT_NE(accepted(office.send(by_calendar())), nullptr);
    const auto rows = office.history(id.value).size();
    EXPECT_FALSE(*runtime::calendar_is_new(*office.reader(), *office.world.get()));
    ASSERT_NE(accepted(office.send(by_calendar())), nullptr);
    EXPECT_EQ(office.history(id.value).size(), rows);
}

TEST(CalendarChange, SurvivesARestartInBetween) {
    Office office;
    const auto id = office.file(3);
    ASSERT_NE(accepted(office.act("wang", "ask", id)), nullptr);
    ASSERT_NE(accepted(office.send(by_calendar())), nullptr);
    replace_calendar(office, "2026-b");
    office.restart();
    EXPECT_TRUE(*runtime::calendar_is_new(*office.reader(), *office.world.get()));
    ASSERT_NE(accepted(office.send(by_calendar())), nullptr);
    EXPECT_EQ(office.stored(id).clock("st.decide")->calendar_version, "2026-b");
    EXPECT_FALSE(*runtime::calendar_is_new(*office.reader(), *office.world.get()));
}

TEST(CalendarChange, PolicyIsMigratedToTheOneInForceAndPinnedAnew) {
    Office office;
    const auto id = office.file(3);
    ASSERT_NE(accepted(office.act("wang", "ask", id)), nullptr);
    const auto before = office.stored(id);
    auto world = *office.world.get();
    auto policy = *world.policies.begin()->second;
    policy.id = model::PolicyId{"a newer one"};
    policy.text = "{}";
    policy.clocks.at("st.decide").budget.fill(engine::time::testing::budget("9 W"));
    world.policies.begin()->second = std::make_shared<const engine::policy::Policy>(policy);
    office.world.set(std::move(world));
    EXPECT_EQ(office.stored(id).policy, before.policy) << "a reload moves no case";
    ASSERT_NE(accepted(office.send(command("policy_migrated", id, {}, model::Actor::engine()))),
              nullptr);
    const auto after = office.stored(id);
    EXPECT_EQ(after.policy.value, "a newer one");
    EXPECT_GT(after.clock("st.decide")->due.at, before.clock("st.decide")->due.at);
    EXPECT_TRUE(records(office, id, "due_changed"));
    EXPECT_TRUE(*office.reader()->policy_text(model::PolicyId{"a newer one"}));
}

}  // namespace
}  // namespace jinqiao::tests
