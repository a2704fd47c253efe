#include <gtest/gtest.h>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// The grade rises by itself and falls only by an approved request. 5 days are yellow, 10 orange, 20
// red.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;
using model::GradeLevel;

const auto kWang = person("wang");
const auto kQian = person("qian");

bool days(Story& story, int n) { return story.act(filer(), "change_days", {{"days", n}}); }

GradeLevel effective(Story& story) { return story.kase().grade.effective; }

void lower(Story& story, const std::string& to) {
    ASSERT_TRUE(story.act(kWang, "request_lower_grade", {{"to", to}, {"reason", "已平息"}}))
        << story.reason();
    ASSERT_TRUE(story.act(kQian, "approve_request",
                          {{"request", story.kase().requests.back().id.value}, {"reason", "同意"}}))
        << story.reason();
}

TEST(Grade, IsAssessedAtFilingWithItsReasons) {
    auto story = filed_story(12);
    EXPECT_EQ(effective(story), GradeLevel::orange);
    ASSERT_EQ(story.kase().grade.reasons.size(), 2u);
    EXPECT_EQ(story.kase().grade.reasons[1].rule, "ten");
    EXPECT_EQ(story.count("grade_raised"), 0u) << "a new case has no grade to rise from";
}

TEST(Grade, RisesWithTheFactsAndSaysFromWhere) {
    auto story = filed_story(3);
    ASSERT_TRUE(days(story, 25));
    EXPECT_EQ(effective(story), GradeLevel::red);
    EXPECT_EQ(story.count("grade_raised"), 1u);
}

TEST(Grade, DoesNotFallWithTheFacts) {
    auto story = filed_story(25);
    ASSERT_TRUE(days(story, 1));
    EXPECT_EQ(story.kase().grade.computed, GradeLevel::blue);
    EXPECT_EQ(effective(story), GradeLevel::red);
}

TEST(Grade, FallsByAnApprovedRequest) {
    auto story = filed_story(25);
    lower(story, "yellow");
    EXPECT_EQ(effective(story), GradeLevel::yellow);
    EXPECT_EQ(story.kase().grade.granted, GradeLevel::yellow);
    EXPECT_EQ(story.kase().grade.granted_on, GradeLevel::red);
    EXPECT_EQ(story.count("grade_lowered"), 1u);
    ASSERT_TRUE(days(story, 24));
    EXPECT_EQ(effective(story), GradeLevel::yellow) << "nothing above what it was granted on";
}

TEST(Grade, GrantLapsesWhenTheFactsRiseAboveWhatItWasGrantedOn) {
    auto story = filed_story(12);
    lower(story, "blue");
    ASSERT_TRUE(days(story, 15));
    EXPECT_EQ(effective(story), GradeLevel::blue);
    ASSERT_TRUE(days(story, 20));
    EXPECT_EQ(effective(story), GradeLevel::red);
    EXPECT_FALSE(story.kase().grade.granted);
    EXPECT_EQ(story.count("grant_lapsed"), 1u);
    ASSERT_TRUE(days(story, 12));
    EXPECT_EQ(effective(story), GradeLevel::red) << "the old grant does not come back";
}

TEST(Grade, RaisedByHandIsAFloorForTheRules) {
    auto story = filed_story(3);
    ASSERT_TRUE(story.act(kWang, "raise_grade", {{"to", "orange"}, {"reason", "情绪激动"}}));
    EXPECT_EQ(effective(story), GradeLevel::orange);
    ASSERT_TRUE(days(story, 6));
    EXPECT_EQ(effective(story), GradeLevel::orange);
    ASSERT_TRUE(days(story, 20));
    EXPECT_EQ(effective(story), GradeLevel::red);
}

TEST(Grade, RaisingByHandVoidsAGrant) {
    auto story = filed_story(12);
    lower(story, "blue");
    ASSERT_TRUE(story.act(kWang, "raise_grade", {{"to", "yellow"}, {"reason", "又有聚集"}}));
    EXPECT_EQ(effective(story), GradeLevel::yellow);
    EXPECT_FALSE(story.kase().grade.granted);
}

TEST(Grade, RaisingToWhatItIsOrBelowLowersNothing) {
    auto story = filed_story(12);
    ASSERT_TRUE(story.act(kWang, "raise_grade", {{"to", "blue"}, {"reason", "误填"}}));
    EXPECT_EQ(effective(story), GradeLevel::orange);
}

TEST(Grade, LoweredClocksCountFromTheirOriginalStart) {
    auto story = filed_story(12);
    ASSERT_TRUE(story.act(filer(), "ask"));
    const auto from = story.clock("st.decide").from;
    lower(story, "blue");
    EXPECT_EQ(story.clock("st.decide").from, from);
    EXPECT_EQ(engine::time::testing::show(story.due("st.decide")).substr(0, 10), "2026-03-11");
}

// Remaining time below zero: the rung of the new grade runs once, not once for each missed one.
TEST(Grade, ClockWhoseTimeIsOverAtTheNewGradeFiresOnce) {
    auto story = filed_story(3);
    story.at("2026-03-03 11:30");
    ASSERT_TRUE(days(story, 25));  // st.ask was due at 10:30 already
    const auto before = story.rungs().size();
    story.run_until("2026-03-03 11:30");
    std::size_t fired = 0;
    for (const auto& rung : story.rungs())
        if (rung.find("st.ask#1/") == 0) ++fired;
    EXPECT_EQ(before, 0u);
    EXPECT_EQ(fired, 1u);
    EXPECT_EQ(story.clock("st.ask").state, model::ClockState::missed);
}

TEST(Grade, SpecialPeriodLiftsWhatIsFiledInIt) {
    auto story = leave_story();
    story.policy.grading.periods = {{"sessions",
                                     {"两会", "sessions"},
                                     engine::time::testing::day("2026-03-03"),
                                     engine::time::testing::day("2026-03-11"),
                                     1}};
    ASSERT_TRUE(story.file(leave_alert(3), filer()));
    EXPECT_EQ(effective(story), GradeLevel::yellow);
    EXPECT_EQ(story.kase().grade.reasons.back().rule, "sessions");
}

}  // namespace
}  // namespace jinqiao::tests
