#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// What needs a second person. Approver of long_leave and lower_grade is the post chief (qian, then
// feng); the second lowering goes to chief2 (sun); long_leave needs two approvals.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;
using model::RequestState;
using Words = std::vector<std::string>;

const auto kWang = person("wang");
const auto kQian = person("qian");
const auto kFeng = person("feng");

bool answer(Story& story, const model::Actor& who, const std::string& action) {
    return story.act(who, action,
                     {{"request", story.kase().requests.back().id.value}, {"reason", "已研究"}});
}

Story asked_story(int days = 9) {
    auto story = filed_story(days);
    story.act(filer(), "ask");
    return story;
}

bool ask_long(Story& story) { return story.act(kWang, "request_long_leave", {{"reason", "探亲"}}); }

bool ask_lower(Story& story, const std::string& to) {
    return story.act(kWang, "request_lower_grade", {{"to", to}, {"reason", "已平息"}});
}

TEST(Requests, WhatNeedsASecondPersonIsBlockedUntilThereIsOne) {
    auto story = asked_story();
    EXPECT_FALSE(story.act(kWang, "grant"));
    EXPECT_EQ(story.reason(), "G.two");
    ASSERT_TRUE(ask_long(story));
    const auto& request = story.kase().requests.back();
    EXPECT_EQ(request.by, kWang.person);
    EXPECT_EQ(request.by_post.value, "desk");
    EXPECT_EQ(request.approver.value, "chief");
    EXPECT_EQ(request.needed, 2);
    EXPECT_EQ(request.reason, "探亲");
    EXPECT_EQ(story.told("request_made"), Words{"post:chief"});
    EXPECT_FALSE(story.act(kWang, "grant"));
}

TEST(Requests, OnePersonApprovesOnceHoweverOften) {
    auto story = asked_story();
    ASSERT_TRUE(ask_long(story));
    ASSERT_TRUE(answer(story, kQian, "approve_request"));
    ASSERT_TRUE(answer(story, kQian, "approve_request"));
    EXPECT_EQ(story.kase().requests.back().state, RequestState::pending);
    ASSERT_TRUE(answer(story, kFeng, "approve_request"));
    EXPECT_EQ(story.kase().requests.back().state, RequestState::approved);
    EXPECT_EQ(story.kase().requests.back().answer, "已研究");
    EXPECT_EQ(story.told("request_answered"), Words{"post:desk"});
    EXPECT_TRUE(story.act(kWang, "grant")) << story.reason();
}

TEST(Requests, OneRejectionIsEnough) {
    auto story = asked_story();
    ASSERT_TRUE(ask_long(story));
    ASSERT_TRUE(answer(story, kQian, "approve_request"));
    ASSERT_TRUE(answer(story, kFeng, "reject_request"));
    EXPECT_EQ(story.kase().requests.back().state, RequestState::rejected);
    EXPECT_FALSE(answer(story, kQian, "approve_request"));
    EXPECT_FALSE(story.act(kWang, "grant"));
}

TEST(Requests, WhoAskedDoesNotApproveUnderAnotherPost) {
    auto story = asked_story();
    story.directory = DirectoryBuilder()
                          .post("desk")
                          .post("chief")
                          .post("fallback_desk")
                          .person("wang", "desk")
                          .person("wang", "chief")
                          .person("feng", "chief", 1)
                          .person("wu", "fallback_desk")
                          .person("chen", "fallback_desk", 1)
                          .fallback("fallback_desk")
                          .build();
    ASSERT_TRUE(ask_long(story));
    EXPECT_FALSE(answer(story, kWang, "approve_request"));
    EXPECT_EQ(story.reason(), "G.second_person");
    EXPECT_TRUE(answer(story, kFeng, "approve_request"));
}

TEST(Requests, WithoutAnswerItIsRefusedAtItsTime) {
    auto story = asked_story();
    ASSERT_TRUE(ask_long(story));
    const auto id = story.kase().requests.back().id;
    const auto due = story.clock("st.answer", id.value).due.at;
    story.run_until(due - std::chrono::milliseconds{1});
    EXPECT_EQ(story.kase().request(id)->state, RequestState::pending);
    story.run_until(due);
    EXPECT_EQ(story.kase().request(id)->state, RequestState::lapsed);
    EXPECT_EQ(story.clock("st.answer", id.value).outcome, "lapsed");
    EXPECT_EQ(story.told("request_answered"), Words{"post:desk"});
    EXPECT_FALSE(answer(story, kQian, "approve_request"));
}

TEST(Requests, ApproverIsRemindedOnTheWay) {
    auto story = asked_story();
    ASSERT_TRUE(ask_long(story));
    story.run_until("2026-03-04 23:59");
    const auto told = story.told("rung.remind");
    EXPECT_NE(std::find(told.begin(), told.end(), "post:chief"), told.end());
}

TEST(Requests, SecondTimeOfAKindGoesToAHigherPost) {
    auto story = asked_story(12);
    ASSERT_TRUE(ask_lower(story, "yellow"));
    EXPECT_EQ(story.kase().requests.back().approver.value, "chief");
    ASSERT_TRUE(answer(story, kQian, "approve_request"));
    ASSERT_TRUE(ask_lower(story, "blue"));
    EXPECT_EQ(story.kase().requests.back().approver.value, "chief2");
    EXPECT_FALSE(answer(story, kQian, "approve_request"));
    EXPECT_TRUE(answer(story, person("sun"), "approve_request"));
}

TEST(Requests, RejectedOneDoesNotCountAsTheFirstTime) {
    auto story = asked_story(12);
    ASSERT_TRUE(ask_lower(story, "yellow"));
    ASSERT_TRUE(answer(story, kQian, "reject_request"));
    ASSERT_TRUE(ask_lower(story, "yellow"));
    EXPECT_EQ(story.kase().requests.back().approver.value, "chief");
}

TEST(Requests, EachHasItsOwnClock) {
    auto story = asked_story(12);
    ASSERT_TRUE(ask_lower(story, "yellow"));
    ASSERT_TRUE(ask_long(story));
    EXPECT_FALSE(ask_long(story)) << "one pending request per kind";
    EXPECT_TRUE(story.clock("st.answer", story.kase().requests[0].id.value).open());
    EXPECT_TRUE(story.clock("st.answer", story.kase().requests[1].id.value).open());
    ASSERT_TRUE(answer(story, kQian, "reject_request"));
    EXPECT_TRUE(story.clock("st.answer", story.kase().requests[0].id.value).open());
}

TEST(Requests, EndOfTheCaseLapsesThem) {
    auto story = asked_story();
    ASSERT_TRUE(ask_long(story));
    ASSERT_TRUE(story.act(kWang, "refuse", {{"reason", "人手不足"}})) << story.reason();
    EXPECT_EQ(story.kase().requests.back().state, RequestState::lapsed);
    for (const auto& clock : story.kase().clocks)
        EXPECT_EQ(clock.open(), clock.name == "arch.keep") << clock.key();
}

TEST(Requests, KindWithoutARuleGoesToTheFallbackDesk) {
    auto story = asked_story();
    story.policy.requests.clear();
    ASSERT_TRUE(ask_long(story));
    EXPECT_EQ(story.kase().requests.back().approver.value, "fallback_desk");
    EXPECT_TRUE(answer(story, person("wu"), "approve_request"));
}

}  // namespace
}  // namespace jinqiao::tests
