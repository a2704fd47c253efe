#include "engine/kernel/sign_for.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// Tasks that come back, rulings, and groups of which not all need to answer. The leave office of
// leave_setting.h at orange tells union, hr and police.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;
namespace kernel = engine::kernel;
using engine::time::testing::show;
using model::Addressee;
using model::AssignmentState;
using model::ClockState;
using Words = std::vector<std::string>;

const auto kUnion = department_account("union");
const auto kHr = department_account("hr");
const auto kPolice = department_account("police");

Story orange_story(std::map<std::string, int> enough = {}) {
    auto story = leave_story();
    story.policy.routing.enough = std::move(enough);
    story.policy.routing.lead = "hr";
    story.policy.clocks.emplace("asg.rule", clock_rule("asg.rule", "2 h"));
    story.file(leave_alert(12), filer());
    return story;
}

std::string id_of(Story& story, const std::string& addressee) {
    const auto* found = story.assignment(addressee, "alert");
    return found ? found->id.value : std::string();
}

bool send_back(Story& story, const model::Actor& who, const std::string& addressee) {
    return story.act(who, "return",
                     {{"assignment", id_of(story, addressee)}, {"reason", "不属本局职责"}});
}

// What a workflow does when somebody has said who is competent.
void give(Story& story, const std::string& from, const Addressee& to, bool ruled = false) {
    model::Command command;
    command.target = story.kase().id;
    const auto facts = story.facts();
    const auto before = story.kase();
    kernel::Draft draft(before, command,
                        {&story.workflow, &story.policy, &story.calendar, &facts, story.now});
    const auto id = id_of(story, from);
    const auto fresh = draft.retask(*draft.kase.assignment(model::AssignmentId{id}), to, ruled).id;
    story.kase() = draft.kase;
    story.notices.insert(story.notices.end(), draft.notices().begin(), draft.notices().end());
    story.by_engine("delivered", {{"assignment", fresh.value}});
}

const Addressee kToPolice{Addressee::Kind::department, "police"};
const Addressee kToUnion{Addressee::Kind::department, "union"};

bool chased(Story& story, const std::string& addressee) {
    const auto* clock = story.kase().clock("asg.sign", id_of(story, addressee));
    return clock && clock->open();
}

TEST(SignFor, ReturnAsksTheOwnerWhoIsCompetentWithAClock) {
    auto story = orange_story();
    ASSERT_TRUE(send_back(story, kHr, "department:hr"));
    EXPECT_EQ(story.told("returned"), Words{"post:desk"});
    const auto id = id_of(story, "department:hr");
    EXPECT_TRUE(story.clock("asg.rule", id).open());
    EXPECT_EQ(story.clock("asg.rule", id).due.at - story.now, std::chrono::hours{2});
    const auto* task = story.assignment("department:hr", "alert");
    EXPECT_TRUE(kernel::waits_for_decision(story.kase(), *task));
    EXPECT_FALSE(kernel::needs_ruling(story.policy.routing, *task));
    const auto* question = story.assignment("post:desk", "competence");
    ASSERT_NE(question, nullptr);
    EXPECT_EQ(question->about, id);
    EXPECT_FALSE(story.act(person("wang"), "done", {{"assignment", question->id.value}}));
    EXPECT_EQ(story.reason(), "assignment.by_action");
}

TEST(SignFor, TaskGivenOnStartsAnewWithTheOtherAndEndsTheQuestion) {
    auto story = orange_story();
    ASSERT_TRUE(send_back(story, kHr, "department:hr"));
    const auto old = id_of(story, "department:hr");
    story.at("2026-03-03 10:30");
    give(story, "department:hr", kToPolice);
    EXPECT_EQ(story.clock("asg.rule", old).outcome, "reassigned");
    EXPECT_TRUE(story.assignment("post:desk", "competence")->closed_at);
    const auto* task = story.assignment("department:police", "alert");
    EXPECT_EQ(task->before.value, old);
    EXPECT_EQ(task->returns, 1);
    EXPECT_TRUE(chased(story, "department:police"));
    EXPECT_EQ(show(story.clock("asg.sign", task->id.value).from).substr(11, 5), "10:30");
    EXPECT_FALSE(
        kernel::waits_for_decision(story.kase(), *story.assignment("department:hr", "alert")));
}

TEST(SignFor, AfterAsManyReturnsAsAllowedTheLeadDepartmentIsAsked) {
    auto story = orange_story();
    ASSERT_TRUE(send_back(story, kPolice, "department:police"));  // 1: the owner
    give(story, "department:police", kToUnion);
    ASSERT_TRUE(send_back(story, kUnion, "department:union"));  // 2: the owner again
    give(story, "department:union", kToPolice);
    EXPECT_FALSE(
        kernel::needs_ruling(story.policy.routing, *story.assignment("department:union", "alert")));
    ASSERT_TRUE(send_back(story, kPolice, "department:police"));  // 3: a ruling
    EXPECT_EQ(story.told("returned"), (Words{"post:desk", "post:desk", "department:hr"}));
    EXPECT_TRUE(kernel::needs_ruling(story.policy.routing,
                                     *story.assignment("department:police", "alert")));
}

TEST(SignFor, WithoutALeadDepartmentTheFallbackDeskIsAsked) {
    auto story = orange_story();
    story.policy.routing.lead.clear();
    story.policy.routing.returns = 0;
    ASSERT_TRUE(send_back(story, kPolice, "department:police"));
    EXPECT_EQ(story.told("returned"), Words{"post:fallback_desk"});
}

TEST(SignFor, WhatWasRuledCannotBeReturned) {
    auto story = orange_story();
    ASSERT_TRUE(send_back(story, kHr, "department:hr"));
    give(story, "department:hr", kToPolice, true);
    EXPECT_EQ(story.clock("asg.rule", story.kase().assignments[1].id.value).outcome, "ruled");
    EXPECT_FALSE(send_back(story, kPolice, "department:police"));
    EXPECT_EQ(story.reason(), "assignment.ruled");
    EXPECT_TRUE(story.act(kPolice, "accept", {{"assignment", id_of(story, "department:police")}}));
}

// A department that returned an alert used to be passed over for good, however grave the case
// became.
TEST(SignFor, ReturnedAlertIsRoutedAgainWhenTheCaseBecomesGraver) {
    auto story = orange_story();
    ASSERT_TRUE(send_back(story, kPolice, "department:police"));
    const auto old = id_of(story, "department:police");
    ASSERT_TRUE(story.act(filer(), "change_days", {{"days", 13}}));
    EXPECT_EQ(id_of(story, "department:police"), old) << "not for a mere edit";
    ASSERT_TRUE(story.act(filer(), "change_days", {{"days", 25}}));
    const auto* task = story.assignment("department:police", "alert");
    EXPECT_NE(task->id.value, old);
    EXPECT_EQ(task->round, 2);
    EXPECT_EQ(task->returns, 1);
    EXPECT_FALSE(story.clock("asg.rule", old).open());
}

TEST(SignFor, TaskGivenToAnotherIsNotRoutedBackByAGraverCase) {
    auto story = orange_story();
    ASSERT_TRUE(send_back(story, kPolice, "department:police"));
    const auto old = id_of(story, "department:police");
    give(story, "department:police", kToUnion);
    ASSERT_TRUE(story.act(filer(), "change_days", {{"days", 25}}));
    EXPECT_EQ(id_of(story, "department:police"), old);
}

// --- urged by a person ---------------------------------------------------------------------------

TEST(SignFor, WhoeverHasNotSignedIsUrgedByOneMoreNoticeOfTheSameTask) {
    auto story = orange_story();
    const auto id = id_of(story, "department:police");
    ASSERT_TRUE(story.act(person("wang", {"duty_officer"}), "urge", {{"assignment", id}}));
    EXPECT_EQ(story.told("urged"), Words{"department:police"});
    EXPECT_EQ(story.notices.back().assignment.value, id);
    EXPECT_EQ(story.assignment("department:police", "alert")->state, AssignmentState::delivered);
    EXPECT_FALSE(story.act(kPolice, "urge", {{"assignment", id}})) << "not by those told";
    EXPECT_EQ(story.reason(), "forbidden");
    ASSERT_TRUE(story.act(kPolice, "sign", {{"assignment", id}}));
    EXPECT_FALSE(story.act(person("wang", {"duty_officer"}), "urge", {{"assignment", id}}));
    EXPECT_EQ(story.reason(), "assignment.signed_already");
}

// --- any, a quorum, all --------------------------------------------------------------------------

TEST(SignFor, AnySignatureIsEnoughWhereThePolicySaysSo) {
    auto story = orange_story({{"", 1}});
    ASSERT_TRUE(chased(story, "department:police"));
    ASSERT_TRUE(story.act(kHr, "sign", {{"assignment", id_of(story, "department:hr")}}));
    for (const auto* other : {"department:union", "department:police"}) {
        EXPECT_FALSE(chased(story, other)) << other;
        EXPECT_FALSE(story.assignment(other, "alert")->closed_at) << "it remains their task";
    }
    const auto enough =
        std::count_if(story.events.begin(), story.events.end(), [](const auto& event) {
            return event.name == "clock_closed" && event.data.at("outcome") == "enough";
        });
    EXPECT_EQ(enough, 2);
    EXPECT_TRUE(story.act(kPolice, "sign", {{"assignment", id_of(story, "department:police")}}));
}

TEST(SignFor, QuorumNeedsItsNumber) {
    auto story = orange_story({{"", 2}});
    ASSERT_TRUE(story.act(kHr, "sign", {{"assignment", id_of(story, "department:hr")}}));
    EXPECT_TRUE(chased(story, "department:police"));
    ASSERT_TRUE(story.act(kUnion, "accept", {{"assignment", id_of(story, "department:union")}}));
    EXPECT_FALSE(chased(story, "department:police"));
    const auto counts = kernel::answers(story.kase(), story.policy.routing);
    ASSERT_EQ(counts.size(), 1u);
    EXPECT_EQ(counts[0].told, 3);
    EXPECT_EQ(counts[0].signed_for, 2);
    EXPECT_EQ(counts[0].accepted, 1);
    EXPECT_EQ(counts[0].enough, 2);
    EXPECT_TRUE(counts[0].reached());
}

TEST(SignFor, WithoutARuleAllMustAnswer) {
    auto story = orange_story();
    ASSERT_TRUE(story.act(kHr, "sign", {{"assignment", id_of(story, "department:hr")}}));
    ASSERT_TRUE(story.act(kUnion, "sign", {{"assignment", id_of(story, "department:union")}}));
    EXPECT_TRUE(chased(story, "department:police"));
    EXPECT_FALSE(kernel::answers(story.kase(), story.policy.routing)[0].reached());
}

TEST(SignFor, ReturnAfterTheQuorumUrgesTheOthersAgain) {
    auto story = orange_story({{"", 1}});
    ASSERT_TRUE(story.act(kHr, "sign", {{"assignment", id_of(story, "department:hr")}}));
    ASSERT_FALSE(chased(story, "department:police"));
    story.at("2026-03-03 11:00");
    ASSERT_TRUE(send_back(story, kHr, "department:hr"));
    EXPECT_TRUE(chased(story, "department:police"));
    EXPECT_EQ(show(story.clock("asg.sign", id_of(story, "department:police")).from).substr(11, 5),
              "11:00");
}

TEST(SignFor, DeliveryAfterTheQuorumStartsNoClock) {
    auto story = leave_story();
    story.policy.routing.enough = {{"", 1}};
    story.deliver = false;
    ASSERT_TRUE(story.file(leave_alert(12), filer()));
    ASSERT_TRUE(story.act(kHr, "sign", {{"assignment", id_of(story, "department:hr")}}));
    ASSERT_TRUE(story.by_engine("delivered", {{"assignment", id_of(story, "department:union")}}));
    EXPECT_EQ(story.kase().clock("asg.sign", id_of(story, "department:union")), nullptr);
}

TEST(SignFor, GroupsAreCountedApart) {
    auto story = leave_story();
    auto& routing = story.policy.routing;
    for (auto& route : routing.routes)
        if (route.id != "police") route.group = "experts";
    routing.enough = {{"experts", 1}};
    ASSERT_TRUE(story.file(leave_alert(12), filer()));
    ASSERT_TRUE(story.act(kHr, "sign", {{"assignment", id_of(story, "department:hr")}}));
    EXPECT_FALSE(chased(story, "department:union"));
    EXPECT_TRUE(chased(story, "department:police"));
    EXPECT_EQ(kernel::answers(story.kase(), routing).size(), 2u);
}

// --- a side that nobody of was reached -----------------------------------------------------------

TEST(SignFor, SideThatCannotBeReachedIsToldOf) {
    auto story = leave_story();
    story.deliver = false;
    engine::policy::NoticeRule rule;
    rule.event = "side_not_reached";
    rule.to = {"owner"};
    story.policy.notices[rule.event] = rule;
    ASSERT_TRUE(story.file(leave_alert(12), filer()));
    const boost::json::object failed{{"addressee", "department:union"},
                                     {"channel", "file"},
                                     {"contact", 0},
                                     {"event", "alert"},
                                     {"assignment", id_of(story, "department:union")}};
    ASSERT_TRUE(story.by_engine("delivery_failed", failed));
    EXPECT_EQ(story.told("side_not_reached"), Words{"post:desk"});
}

TEST(SignFor, SideOfWhichOneWasReachedIsNot) {
    auto story = leave_story();
    story.deliver = false;
    engine::policy::NoticeRule rule;
    rule.event = "side_not_reached";
    rule.to = {"owner"};
    story.policy.notices[rule.event] = rule;
    ASSERT_TRUE(story.file(leave_alert(12), filer()));
    ASSERT_TRUE(story.by_engine("delivered", {{"assignment", id_of(story, "department:hr")}}));
    const boost::json::object failed{{"addressee", "department:police"},
                                     {"channel", "file"},
                                     {"contact", 0},
                                     {"event", "alert"},
                                     {"assignment", id_of(story, "department:police")}};
    ASSERT_TRUE(story.by_engine("delivery_failed", failed));
    EXPECT_TRUE(story.told("side_not_reached").empty()) << "hr speaks for the government too";
}

// A link is answered by whoever holds it: history says so, and that it was signed for at that time
// even where the first answer is more than a signature.
TEST(SignFor, AnAnswerByLinkIsRecordedAsOne) {
    auto story = orange_story();
    const auto id = id_of(story, "department:union");
    ASSERT_TRUE(story.by_engine("accept", {{"assignment", id}, {"how", "link"}}));
    const auto* task = story.assignment("department:union", "alert");
    EXPECT_EQ(task->state, AssignmentState::accepted);
    EXPECT_EQ(task->signed_at, story.now);
    EXPECT_TRUE(task->signed_by.empty());
    bool noted = false;
    for (const auto& event : story.events)
        if (event.name == "assignment_accepted" && event.data.contains("how"))
            noted = event.data.at("how") == "link";
    EXPECT_TRUE(noted);
}

}  // namespace
}  // namespace jinqiao::tests
