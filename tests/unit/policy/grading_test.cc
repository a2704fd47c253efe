#include "engine/policy/grading.h"

#include <gtest/gtest.h>

#include "tests/support/builders.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::policy {
namespace {

using model::GradeLevel;
using tests::at_least;
using tests::lifts_to;
using time::testing::day;

GradingRule step(const std::string& id, Condition when, int steps = 1) {
    GradingRule out;
    out.id = id;
    out.text = {id, id};
    out.when = std::move(when);
    out.steps = steps;
    return out;
}

GradingRules rules() {
    GradingRules out;
    out.rules = {lifts_to("ten", at_least("workers", 10), GradeLevel::yellow),
                 lifts_to("fifty", at_least("workers", 50), GradeLevel::orange),
                 step("media", tests::test(Condition::Op::equals, "media", true))};
    return out;
}

GradeLevel level(const GradingRules& of, const boost::json::object& facts,
                 const std::string& today = "2026-03-03") {
    return assess(of, facts, day(today)).level;
}

TEST(Grading, NothingKnownIsTheLowest) {
    EXPECT_EQ(level(rules(), {}), GradeLevel::blue);
    auto of = rules();
    of.lowest = GradeLevel::yellow;
    EXPECT_EQ(level(of, {}), GradeLevel::yellow);
}

TEST(Grading, TheHighestRuleThatHoldsDecides) {
    EXPECT_EQ(level(rules(), {{"workers", 9}}), GradeLevel::blue);
    EXPECT_EQ(level(rules(), {{"workers", 10}}), GradeLevel::yellow);
    EXPECT_EQ(level(rules(), {{"workers", 50}}), GradeLevel::orange);
}

TEST(Grading, EveryRuleThatTookPartIsNamedInOrder) {
    const auto found = assess(rules(), {{"workers", 60}, {"media", true}}, day("2026-03-03"));
    std::vector<std::string> names;
    for (const auto& reason : found.reasons) names.push_back(reason.rule);
    EXPECT_EQ(names, (std::vector<std::string>{"ten", "fifty", "media"}));
}

TEST(Grading, StepsCountAfterLevelsWhereverTheyStand) {
    auto of = rules();
    std::swap(of.rules.front(), of.rules.back());
    EXPECT_EQ(level(of, {{"workers", 10}, {"media", true}}), GradeLevel::orange);
    EXPECT_EQ(level(of, {{"media", true}}), GradeLevel::yellow);
}

TEST(Grading, StepsEndAtRed) {
    auto of = rules();
    of.rules.push_back(step("more", {}, 2));
    EXPECT_EQ(level(of, {{"workers", 50}, {"media", true}}), GradeLevel::red);
}

TEST(Grading, FloorIsTheHighestLevelHeldByARuleThatHolds) {
    auto of = rules();
    of.rules[0].holds_floor = true;
    of.rules[1].holds_floor = true;
    EXPECT_FALSE(assess(of, {}, day("2026-03-03")).floor);
    EXPECT_EQ(assess(of, {{"workers", 10}}, day("2026-03-03")).floor, GradeLevel::yellow);
    EXPECT_EQ(assess(of, {{"workers", 60}}, day("2026-03-03")).floor, GradeLevel::orange);
    of.rules[1].holds_floor = false;
    EXPECT_EQ(assess(of, {{"workers", 60}}, day("2026-03-03")).floor, GradeLevel::yellow);
}

TEST(Grading, PeriodLiftsFromItsFirstToItsLastDay) {
    auto of = rules();
    of.periods = {{"congress", {"两会", "sessions"}, day("2026-03-04"), day("2026-03-11"), 1}};
    EXPECT_EQ(level(of, {}, "2026-03-03"), GradeLevel::blue);
    EXPECT_EQ(level(of, {}, "2026-03-04"), GradeLevel::yellow);
    EXPECT_EQ(level(of, {}, "2026-03-11"), GradeLevel::yellow);
    EXPECT_EQ(level(of, {}, "2026-03-12"), GradeLevel::blue);
    EXPECT_EQ(assess(of, {}, day("2026-03-05")).reasons.back().rule, "congress");
}

// A sensitive date inside a special period is one reason, not two.
TEST(Grading, OverlappingPeriodsLiftOnce) {
    auto of = rules();
    of.periods = {{"a", {}, day("2026-03-04"), day("2026-03-11"), 1},
                  {"b", {}, day("2026-03-08"), day("2026-03-08"), 1}};
    EXPECT_EQ(level(of, {}, "2026-03-08"), GradeLevel::yellow);
}

}  // namespace
}  // namespace jinqiao::engine::policy
