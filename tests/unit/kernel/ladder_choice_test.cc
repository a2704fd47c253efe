#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// Which ladder a clock has: by facts, and by the day on which it started (因时、因地、因人而异).
namespace jinqiao::tests {
namespace {

namespace policy = engine::policy;
using engine::time::testing::day;
using engine::time::testing::show;
using Op = policy::Condition::Op;

policy::Ladder special(const std::string& name, policy::Condition when) {
    auto out = ladder("st.ask", {inform(name, due(), {"leader"}, "1 h")});
    out.name = name;
    out.when = std::move(when);
    return out;
}

// A story with this ladder before all others, filed at that time.
Story with(policy::Ladder first, const std::string& at = "2026-03-03 10:00", int days = 3) {
    auto story = leave_story();
    story.policy.ladders.insert(story.policy.ladders.begin(), std::move(first));
    story.at(at);
    story.file(leave_alert(days), filer());
    return story;
}

TEST(LadderChoice, FactsChooseTheFirstThatFits) {
    EXPECT_EQ(with(special("many", at_least("days", 3))).clock("st.ask").ladder, "many");
    EXPECT_EQ(with(special("many", at_least("days", 4))).clock("st.ask").ladder,
              "ladder of st.ask");
}

TEST(LadderChoice, UnknownFactFitsNothing) {
    EXPECT_EQ(with(special("urgent", test(Op::equals, "urgent", true))).clock("st.ask").ladder,
              "ladder of st.ask");
}

TEST(LadderChoice, RestDayIsThatOfTheClocksStart) {
    const auto rest = special("rest", test(Op::equals, "clock.rest_day", true));
    EXPECT_EQ(with(rest, "2026-03-07 10:00").clock("st.ask").ladder, "rest") << "a Saturday";
    EXPECT_EQ(with(rest, "2026-03-03 10:00").clock("st.ask").ladder, "ladder of st.ask");
    EXPECT_EQ(with(rest, "2026-02-14 10:00").clock("st.ask").ladder, "ladder of st.ask")
        << "a worked Saturday before the Spring Festival";
    EXPECT_EQ(with(rest, "2026-02-18 10:00").clock("st.ask").ladder, "rest") << "a holiday";
}

TEST(LadderChoice, OffHoursAreThoseOfTheCalendar) {
    const auto off = special("off", test(Op::equals, "clock.off_hours", true));
    EXPECT_EQ(with(off, "2026-03-03 12:00").clock("st.ask").ladder, "off") << "the midday break";
    EXPECT_EQ(with(off, "2026-03-03 11:29").clock("st.ask").ladder, "ladder of st.ask");
    EXPECT_EQ(with(off, "2026-03-03 17:30").clock("st.ask").ladder, "off");
    EXPECT_EQ(with(off, "2026-03-07 10:00").clock("st.ask").ladder, "off") << "a Saturday";
}

TEST(LadderChoice, SpecialPeriodIsInclusiveOnBothEnds) {
    const auto choose = [](const std::string& at) {
        auto story = leave_story();
        story.policy.grading.periods = {
            {"sessions", {"两会", "sessions"}, day("2026-03-04"), day("2026-03-05"), 1}};
        story.policy.ladders.insert(
            story.policy.ladders.begin(),
            special("period", test(Op::equals, "clock.special_period", true)));
        story.at(at);
        story.file(leave_alert(3), filer());
        return story.clock("st.ask").ladder;
    };
    EXPECT_EQ(choose("2026-03-03 23:59"), "ladder of st.ask");
    EXPECT_EQ(choose("2026-03-04 00:00"), "period");
    EXPECT_EQ(choose("2026-03-05 23:59"), "period");
    EXPECT_EQ(choose("2026-03-06 00:00"), "ladder of st.ask");
}

// Midnight used to be a candidate for exchanging ladders; the start of the clock does not change.
TEST(LadderChoice, LadderIsNotExchangedWhenTheDayIsOver) {
    auto story =
        with(special("rest", test(Op::equals, "clock.rest_day", true)), "2026-03-08 22:00");
    story.run_until("2026-03-09 10:00");
    EXPECT_EQ(story.clock("st.ask").ladder, "rest");
    EXPECT_EQ(story.clock("st.ask").epoch, 0);
}

TEST(LadderChoice, ChangedFactsBringAnotherLadderUnderAnEpochOfItsOwn) {
    auto story = with(special("many", at_least("days", 4)));
    story.run_until("2026-03-03 12:30");  // "half" of the usual ladder has run
    ASSERT_TRUE(story.act(filer(), "change_days", {{"days", 4}}));
    EXPECT_EQ(story.clock("st.ask").ladder, "many");
    EXPECT_EQ(story.clock("st.ask").epoch, 1);
    story.run_until("2026-03-03 16:00");
    const auto rungs = story.rungs();
    EXPECT_EQ(std::set<std::string>(rungs.begin(), rungs.end()).size(), rungs.size());
    EXPECT_EQ(std::count(rungs.begin(), rungs.end(), "st.ask#1/1/many/0"), 1);
    ASSERT_TRUE(story.act(filer(), "change_days", {{"days", 3}}));
    EXPECT_EQ(story.clock("st.ask").epoch, 2) << "and back: no key repeats";
}

TEST(LadderChoice, EscalationsAreCountedWithinAStageAndRemindersAreNot) {
    auto story = filed_story();
    story.run_until("2026-03-03 13:59");
    EXPECT_EQ(story.kase().escalations, 0);
    story.run_until("2026-03-03 14:30");  // inform at 14:00, hand over at 14:30
    EXPECT_EQ(story.kase().escalations, 2);
    ASSERT_TRUE(story.act(filer(), "ask")) << story.reason();
    EXPECT_EQ(story.kase().stage, "coordinate");
    EXPECT_EQ(story.kase().escalations, 0);
}

// Reminders on either of two clocks of one matter name the one that ends first.
TEST(LadderChoice, ReminderNamesTheEarlierOfTwoClocks) {
    auto story = leave_story();
    story.policy.clocks.at("law.answer").beside = "st.decide";
    story.policy.ladders.insert(
        story.policy.ladders.begin(),
        ladder("law.answer", {remind("now", after_start("2 N"), {"owner"}, "1 N")}));
    ASSERT_TRUE(story.file(leave_alert(3), filer()));
    ASSERT_TRUE(story.act(filer(), "ask"));
    story.run_until("2026-03-10 12:00");  // st.decide is due that night, law.answer on the 18th
    std::size_t of_law = 0, of_decide = 0;
    for (const auto& notice : story.notices) {
        if (notice.event != "rung.remind") continue;
        const bool earlier = notice.vars.contains("earlier");
        if (notice.vars.at("clock") == "law.answer") {
            ++of_law;
            ASSERT_TRUE(earlier);
            EXPECT_EQ(notice.vars.at("earlier"), "st.decide");
            EXPECT_EQ(notice.vars.at("earlier_due_ms"),
                      engine::time::to_ms(story.due("st.decide")));
        } else if (notice.vars.at("clock") == "st.decide") {
            ++of_decide;
            EXPECT_FALSE(earlier) << "it is the earlier one itself";
        }
    }
    EXPECT_GT(of_law, 0u);
    EXPECT_GT(of_decide, 0u);
}

}  // namespace
}  // namespace jinqiao::tests
