#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/leave_setting.h"

// What every decision ends with, whatever it was about: something rings, and the snapshot stays
// small. The workflow starts st.ask anew when nothing rings.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;

const auto kWang = person("wang");
const auto kQian = person("qian");

bool ask_long(Story& story) { return story.act(kWang, "request_long_leave", {{"reason", "探亲"}}); }

// As a workflow would leave a case in which it has nothing of its own to wait for.
void close_all(model::Case& kase) {
    for (auto& clock : kase.clocks) {
        clock.state = model::ClockState::closed;
        clock.next_at.reset();
    }
}

std::size_t open_clocks(const model::Case& kase) {
    return static_cast<std::size_t>(std::count_if(kase.clocks.begin(), kase.clocks.end(),
                                                  [](const auto& clock) { return clock.open(); }));
}

TEST(Settle, AnOpenCaseInWhichNothingRingsIsGivenAClock) {
    auto story = filed_story();
    close_all(story.kase());
    ASSERT_TRUE(story.act(kWang, "add_note", {{"text", "x"}}));
    EXPECT_EQ(open_clocks(story.kase()), 1U);
    EXPECT_TRUE(story.clock("st.ask").open());
    EXPECT_TRUE(story.clock("st.ask").next_at.has_value());
}

TEST(Settle, ARequestThatLapsesIsNotTheLastToRing) {
    auto story = filed_story();
    close_all(story.kase());
    ASSERT_TRUE(ask_long(story));
    ASSERT_EQ(open_clocks(story.kase()), 1U);
    story.run_until(story.due("st.answer"));
    EXPECT_EQ(story.kase().requests.back().state, model::RequestState::lapsed);
    EXPECT_TRUE(story.clock("st.ask").open());
}

TEST(Settle, SigningForAMessageIsNotTheCasesOwnBusiness) {
    auto story = filed_story();
    for (auto& clock : story.kase().clocks)
        if (clock.name != "asg.sign") clock.state = model::ClockState::closed;
    ASSERT_TRUE(story.act(kWang, "add_note", {{"text", "x"}}));
    EXPECT_TRUE(story.clock("st.ask").open());
}

TEST(Settle, AnEndedCaseRingsNoMore) {
    auto story = filed_story();
    ASSERT_TRUE(story.act(filer(), "ask"));
    ASSERT_TRUE(story.act(kWang, "grant"));
    EXPECT_FALSE(story.kase().open);
    EXPECT_FALSE(story.clock("st.ask").open());
}

TEST(Settle, OnlyTheLastOfManyUnansweredRequestsStays) {
    auto story = filed_story();
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(ask_long(story)) << story.reason();
        ASSERT_TRUE(story.act(
            kQian, "reject_request",
            {{"request", story.kase().requests.back().id.value}, {"reason", "理由不足"}}));
    }
    EXPECT_EQ(story.kase().requests.size(), 1U);
    EXPECT_EQ(std::count_if(story.kase().clocks.begin(), story.kase().clocks.end(),
                            [](const auto& clock) { return clock.name == "st.answer"; }),
              1);
    EXPECT_EQ(story.count("request_made"), 3U);  // the history knows them all
}

TEST(Settle, WhatWasGrantedStays) {
    auto story = filed_story(20);
    for (const char* to : {"orange", "yellow"}) {
        ASSERT_TRUE(story.act(kWang, "request_lower_grade", {{"to", to}, {"reason", "已平息"}}));
        const auto& request = story.kase().requests.back();
        ASSERT_TRUE(story.act(request.approver.value == "chief" ? kQian : person("sun"),
                              "approve_request",
                              {{"request", request.id.value}, {"reason", "同意"}}))
            << story.reason();
    }
    EXPECT_EQ(story.kase().requests.size(), 2U);
}

}  // namespace
}  // namespace jinqiao::tests
