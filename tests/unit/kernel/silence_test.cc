#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// What an approver's silence means, and how often, how long and on what evidence one may ask.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;
namespace json = boost::json;
using model::RequestState;
using Words = std::vector<std::string>;

const auto kWang = person("wang");
const auto kQian = person("qian");
const auto kFeng = person("feng");
const auto kSun = person("sun");

bool answer(Story& story, const model::Actor& who, const std::string& action) {
    return story.act(who, action,
                     {{"request", story.kase().requests.back().id.value}, {"reason", "已研究"}});
}

// One lowering asked for, with this for silence.
Story silent_story(const std::string& on_expiry) {
    auto story = filed_story(12);
    story.act(filer(), "ask");
    story.policy.requests.at("lower_grade").on_expiry = on_expiry;
    story.act(kWang, "request_lower_grade", {{"to", "yellow"}, {"reason", "已平息"}});
    return story;
}

engine::time::Instant answer_due(Story& story) {
    return story.clock("st.answer", story.kase().requests.back().id.value).due.at;
}

TEST(Silence, MeansNoUnlessThePolicySaysOtherwise) {
    auto story = silent_story("refuse");
    story.run_until(answer_due(story));
    EXPECT_EQ(story.kase().requests.back().state, RequestState::lapsed);
    EXPECT_EQ(story.kase().grade.effective, model::GradeLevel::orange);
    EXPECT_EQ(story.count("request_unanswered"), 1u);
}

TEST(Silence, GrantsWhereThePolicySaysSo) {
    auto story = silent_story("approve");
    const auto due = answer_due(story);
    story.run_until(due - std::chrono::milliseconds{1});
    EXPECT_EQ(story.kase().requests.back().state, RequestState::pending);
    story.run_until(due);
    EXPECT_EQ(story.kase().requests.back().state, RequestState::approved);
    EXPECT_TRUE(story.kase().requests.back().approvals.empty()) << "no person is named for it";
    EXPECT_EQ(story.kase().grade.effective, model::GradeLevel::yellow);
}

TEST(Silence, AsksTheHigherApproverWithAClockOfItsOwn) {
    auto story = silent_story("escalate");
    const auto first = answer_due(story);
    story.run_until(first);
    const auto& request = story.kase().requests.back();
    EXPECT_EQ(request.state, RequestState::pending);
    EXPECT_EQ(request.approver.value, "chief2");
    EXPECT_EQ(answer_due(story), first + std::chrono::hours{4}) << "orange: 4 h anew";
    EXPECT_EQ(story.told("request_made"), (Words{"post:chief", "post:chief2"}));
    EXPECT_FALSE(answer(story, kQian, "approve_request")) << "the first had his time";
    EXPECT_TRUE(answer(story, kSun, "approve_request")) << story.reason();
    EXPECT_EQ(story.kase().grade.effective, model::GradeLevel::yellow);
}

TEST(Silence, HigherApproverWhoIsSilentTooRefuses) {
    auto story = silent_story("escalate");
    story.run_until(answer_due(story));
    story.run_until(answer_due(story));
    EXPECT_EQ(story.kase().requests.back().state, RequestState::lapsed);
    EXPECT_EQ(story.count("request_escalated"), 1u);
    EXPECT_EQ(story.kase().grade.effective, model::GradeLevel::orange);
}

TEST(Silence, WithoutAHigherApproverItIsARefusal) {
    auto story = filed_story(9);
    ASSERT_TRUE(story.act(filer(), "ask"));
    story.policy.requests.at("long_leave").on_expiry = "escalate";
    ASSERT_TRUE(story.act(kWang, "request_long_leave", {{"reason", "探亲"}}));
    story.run_until(answer_due(story));
    EXPECT_EQ(story.kase().requests.back().state, RequestState::lapsed);
}

// Two are needed, one has said yes in time: that yes is kept.
TEST(Silence, ApprovalGivenBeforeCountsWithTheHigherOne) {
    auto story = filed_story(9);
    ASSERT_TRUE(story.act(filer(), "ask"));
    auto& rule = story.policy.requests.at("long_leave");
    rule.on_expiry = "escalate";
    rule.approvers.emplace_back("chief2");
    ASSERT_TRUE(story.act(kWang, "request_long_leave", {{"reason", "探亲"}}));
    ASSERT_TRUE(answer(story, kQian, "approve_request"));
    story.run_until(answer_due(story));
    ASSERT_TRUE(answer(story, kSun, "approve_request")) << story.reason();
    EXPECT_EQ(story.kase().requests.back().state, RequestState::approved);
}

// --- approver by count ---------------------------------------------------------------------------

TEST(Silence, ThirdTimeGoesToTheThirdPostAndStaysThere) {
    auto story = filed_story(25);
    ASSERT_TRUE(story.act(filer(), "ask"));
    auto& rule = story.policy.requests.at("lower_grade");
    rule.approvers.emplace_back("leader");
    const auto kZhou = person("zhou");
    Words asked;
    const std::pair<const char*, model::Actor> steps[] = {
        {"orange", kQian}, {"yellow", kSun}, {"blue", kZhou}};
    for (const auto& [to, who] : steps) {
        ASSERT_TRUE(story.act(kWang, "request_lower_grade", {{"to", to}, {"reason", "已平息"}}));
        asked.push_back(story.kase().requests.back().approver.value);
        ASSERT_TRUE(answer(story, who, "approve_request")) << story.reason();
    }
    EXPECT_EQ(asked, (Words{"chief", "chief2", "leader"}));
    ASSERT_TRUE(story.act(kWang, "request_lower_grade", {{"to", "blue"}, {"reason", "已平息"}}));
    EXPECT_EQ(story.kase().requests.back().approver.value, "leader");
}

// --- limits --------------------------------------------------------------------------------------

engine::kernel::Draft draft_of(Story& story, const model::Command& command,
                               const engine::kernel::Facts& facts) {
    return {story.kase(),
            command,
            {&story.workflow, &story.policy, &story.calendar, &facts, story.now}};
}

TEST(Silence, LimitOfTimesCountsWhatWasGrantedAndNamesItself) {
    auto story = silent_story("refuse");
    story.policy.requests.at("lower_grade").most = 1;
    const model::Command command;
    const auto facts = story.facts();
    EXPECT_FALSE(draft_of(story, command, facts).barred("lower_grade", nullptr));
    ASSERT_TRUE(answer(story, kQian, "approve_request"));
    const auto why = draft_of(story, command, facts).barred("lower_grade", nullptr);
    ASSERT_TRUE(why);
    EXPECT_EQ(why->code, "request.most");
    EXPECT_EQ(why->args, (std::vector<std::pair<std::string, std::string>>{{"kind", "lower_grade"},
                                                                           {"most", "1"}}));
    EXPECT_FALSE(draft_of(story, command, facts).barred("long_leave", nullptr));
}

TEST(Silence, EvidenceIsAskedForWhereThePolicySaysSo) {
    auto story = filed_story(9);
    story.policy.requests.at("long_leave").evidence = true;
    const model::Command command;
    const auto facts = story.facts();
    const auto draft = draft_of(story, command, facts);
    const json::object without{{"reason", "探亲"}}, empty{{"evidence", ""}},
        with{{"evidence", "doc-1"}};
    EXPECT_EQ(draft.barred("long_leave", &without)->code, "request.evidence");
    EXPECT_EQ(draft.barred("long_leave", &empty)->code, "request.evidence");
    EXPECT_FALSE(draft.barred("long_leave", &with));
    EXPECT_FALSE(draft.barred("long_leave", nullptr)) << "asked before anything was filled in";
}

// --- who else is told ----------------------------------------------------------------------------

// Rules for these events used to be read and then ignored.
TEST(Silence, FurtherPeopleAreToldOfARequestAndItsAnswer) {
    auto story = filed_story(12);
    ASSERT_TRUE(story.act(filer(), "ask"));
    for (const auto* event :
         {"request_made", "request_answered", "handover_offered", "handover_accepted"}) {
        engine::policy::NoticeRule rule;
        rule.event = event;
        rule.to = {"hr", "chief", "owner"};
        story.policy.notices[event] = rule;
    }
    ASSERT_TRUE(story.act(kWang, "request_lower_grade", {{"to", "blue"}, {"reason", "已平息"}}));
    EXPECT_EQ(story.told("request_made"), (Words{"post:chief", "department:hr", "post:desk"}))
        << "the approver once";
    ASSERT_TRUE(answer(story, kQian, "reject_request"));
    EXPECT_EQ(story.told("request_answered"), (Words{"post:desk", "department:hr", "post:chief"}));
    ASSERT_TRUE(story.act(kWang, "offer_handover", {{"to", "second_desk"}, {"reason", "轮岗"}}));
    EXPECT_EQ(story.told("handover_offered"),
              (Words{"post:second_desk", "department:hr", "post:chief", "post:desk"}));
    ASSERT_TRUE(story.act(person("zhao"), "accept_handover"));
    EXPECT_EQ(story.told("handover_accepted").size(), 3u);
}

TEST(Silence, FurtherPeopleAreToldOfTheAlertOnce) {
    auto story = leave_story();
    engine::policy::NoticeRule rule;
    rule.event = "alert";
    rule.to = {"chief"};
    rule.sign = true;
    story.policy.notices["alert"] = rule;
    ASSERT_TRUE(story.file(leave_alert(12), filer()));
    const auto told = story.told("alert");
    EXPECT_EQ(std::count(told.begin(), told.end(), "post:chief"), 1) << "not once a department";
    EXPECT_NE(story.assignment("post:chief", "notice"), nullptr);
}

}  // namespace
}  // namespace jinqiao::tests
