#include <gtest/gtest.h>

#include "engine/kernel/figures.h"
#include "tests/support/dispute_story.h"

// What reports count of a dispute as it goes on.
namespace jinqiao::tests {
namespace {

using engine::kernel::figures_of;

constexpr auto alert = R"({"enterprise": {"name": "示例精密部件", "staff": 320, "fortune500": true},
  "event": {"cause": "layoff", "behaviours": ["gathering_inside"], "workers_involved": 120,
            "noticed_at": "2026-09-30T16:10:00+08:00"}})";

struct DisputeFigures : testing::Test {
    DisputeStory story;

    DisputeFigures() {
        story.at("2026-09-30 16:20");
        story.filed(alert);
    }
    engine::model::Figures now() { return figures_of(story.it(), &story.workflow); }
};

TEST_F(DisputeFigures, AFreshCaseWaitsToBeTaken) {
    const auto figures = now();
    EXPECT_EQ(figures.cause, "layoff");
    EXPECT_EQ(figures.workers, 120);
    EXPECT_EQ(figures.grade, "orange");
    EXPECT_TRUE(figures.fortune500);
    EXPECT_FALSE(figures.spread);
    EXPECT_TRUE(figures.end.empty());
    EXPECT_EQ(figures.acknowledged.due, shanghai("2026-09-30 16:40"));
    EXPECT_TRUE(figures.acknowledged.waiting());
    EXPECT_TRUE(figures.on_site.waiting());
    EXPECT_FALSE(figures.told.empty());
}

TEST_F(DisputeFigures, TakenAndOnSiteAreDatedByWhatHappened) {
    story.at("2026-09-30 16:31");
    story.does(story.duty, "acknowledge");
    story.does(story.duty, "dispatch", R"({"person": "p_mediator_1"})");
    story.at("2026-09-30 18:30");
    story.does(story.holder("p_mediator_1"), "arrive",
               R"({"occurred_at": "2026-09-30T18:05:00+08:00"})");
    const auto figures = now();
    EXPECT_EQ(figures.acknowledged.at, shanghai("2026-09-30 16:31"));
    EXPECT_FALSE(figures.acknowledged.late());
    EXPECT_EQ(figures.on_site.at, shanghai("2026-09-30 18:05"));
    EXPECT_FALSE(figures.on_site.late()) << "entered after the deadline, and kept it";
}

TEST_F(DisputeFigures, NobodyTakesItAndItGoesUp) {
    story.run_until("2026-09-30 20:00");
    const auto figures = now();
    ASSERT_FALSE(figures.escalations.empty());
    EXPECT_EQ(figures.escalations.front().post, "supervisor");
    EXPECT_TRUE(figures.acknowledged.waiting());
}

TEST_F(DisputeFigures, WhatHasLeftTheZoneHasLeftItForGood) {
    story.does(story.duty, "acknowledge");
    story.does(story.duty, "report_spread",
               R"({"kind": "place", "where": "路口", "seen_at": "2026-09-30T16:15:00+08:00"})");
    EXPECT_TRUE(now().spread);
}

TEST_F(DisputeFigures, NothingThatAPersonSaidIsInThem) {
    const auto text = engine::model::encode(now());
    EXPECT_EQ(text.find("示例"), std::string::npos) << text;
}

}  // namespace
}  // namespace jinqiao::tests
