#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// Telling people, and what they sign for.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;
using engine::time::testing::show;
using model::AssignmentState;
using model::Refusal;
using Words = std::vector<std::string>;

const auto kHr = department_account("hr");

std::string id_of(Story& story, const std::string& addressee, const std::string& task = "alert") {
    const auto* found = story.assignment(addressee, task);
    return found ? found->id.value : std::string();
}

std::size_t alerts(Story& story, const std::string& addressee) {
    return static_cast<std::size_t>(
        std::count_if(story.kase().assignments.begin(), story.kase().assignments.end(),
                      [&](const auto& a) { return a.addressee.text() == addressee; }));
}

TEST(Assignments, DepartmentsOfTheGradeAreToldAtFiling) {
    auto story = filed_story(6);
    EXPECT_EQ(story.told("alert"), (Words{"department:union", "department:hr"}));
    auto red = filed_story(25);
    EXPECT_EQ(red.told("alert"),
              (Words{"department:union", "department:hr", "department:police", "post:leader"}));
}

TEST(Assignments, CopyIsToldButNotSignedFor) {
    auto story = filed_story(3);
    EXPECT_EQ(story.told("alert_copy"), Words{"department:hr"});
    EXPECT_FALSE(story.assignment("department:hr", "alert")->needs_sign);
    EXPECT_EQ(story.kase().clock("asg.sign", id_of(story, "department:hr")), nullptr);
}

TEST(Assignments, RisingGradeTellsWhoIsNewAndTurnsTheCopyIntoATask) {
    auto story = filed_story(3);
    ASSERT_TRUE(story.act(filer(), "change_days", {{"days", 12}}));
    EXPECT_EQ(story.told("alert"),
              (Words{"department:union", "department:hr", "department:police"}));
    EXPECT_EQ(alerts(story, "department:union"), 1u) << "nobody is given the same task twice";
    EXPECT_EQ(alerts(story, "department:hr"), 2u);
    EXPECT_TRUE(story.kase().assignments[1].closed_at) << "the copy is superseded";
    EXPECT_TRUE(story.assignment("department:hr", "alert")->needs_sign);
    ASSERT_TRUE(story.act(filer(), "change_days", {{"days", 13}}));
    EXPECT_EQ(story.kase().assignments.size(), 4u);
}

TEST(Assignments, ConditionTellsAtAnyGrade) {
    auto story = leave_story();
    auto alert = leave_alert(3);
    alert["urgent"] = true;
    ASSERT_TRUE(story.file(alert, filer()));
    EXPECT_EQ(story.told("alert"), (Words{"department:union", "department:police"}));
}

TEST(Assignments, SignForClockStartsAtDelivery) {
    auto story = leave_story();
    story.deliver = false;
    ASSERT_TRUE(story.file(leave_alert(3), filer()));
    const auto id = id_of(story, "department:union");
    EXPECT_EQ(story.kase().clock("asg.sign"), nullptr);
    story.at("2026-03-03 11:00");
    ASSERT_TRUE(story.by_engine("delivered", {{"assignment", id}}));
    EXPECT_EQ(show(story.clock("asg.sign", id).from).substr(11, 5), "11:00");
    EXPECT_EQ(show(story.clock("asg.sign", id).due.at).substr(0, 16), "2026-03-04T11:00");
    EXPECT_FALSE(story.by_engine("delivered", {{"assignment", id}}));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::dropped) << "the second address answered too";
    EXPECT_FALSE(story.by_engine("delivered", {{"assignment", "no-such"}}));
}

TEST(Assignments, SeveralThatArriveTogetherAreOneDecision) {
    auto story = leave_story();
    story.deliver = false;
    ASSERT_TRUE(story.file(leave_alert(6), filer()));
    const auto one = id_of(story, "department:union");
    const auto other = id_of(story, "department:hr");
    ASSERT_TRUE(story.by_engine("delivered",
                                {{"assignment", one}, {"assignments", {one, "no-such", other}}}));
    for (const auto& id : {one, other}) {
        EXPECT_EQ(story.kase().assignment(model::AssignmentId{id})->state,
                  model::AssignmentState::delivered);
        EXPECT_NE(story.kase().clock("asg.sign", id), nullptr);
    }
    EXPECT_FALSE(story.by_engine("delivered", {{"assignments", {one, other}}}));
    EXPECT_FALSE(story.by_engine("delivered", {{"assignments", one}})) << "not a list";
}

TEST(Assignments, SigningEndsTheClockAndNamesThePerson) {
    auto story = filed_story(3);
    const auto id = id_of(story, "department:union");
    ASSERT_TRUE(story.act(person("tao"), "sign", {{"assignment", id}}));
    const auto* task = story.assignment("department:union", "alert");
    EXPECT_EQ(task->state, AssignmentState::signed_for);
    EXPECT_EQ(task->signed_by.value, "tao");
    EXPECT_FALSE(task->closed_at) << "an alert is to be acted on";
    EXPECT_EQ(story.clock("asg.sign", id).state, model::ClockState::met);
}

TEST(Assignments, UnsignedAlertIsChased) {
    auto story = filed_story(3);
    ASSERT_TRUE(story.act(filer(), "ask"));
    story.run_until("2026-03-04 10:00");
    EXPECT_NE(story.assignment("post:chief", "escalation"), nullptr);
    const auto told = story.told("rung.remind");
    EXPECT_TRUE(std::count(told.begin(), told.end(), "department:union"));
}

TEST(Assignments, LinkSignsWithoutAPersonKnown) {
    auto story = filed_story(3);
    ASSERT_TRUE(story.by_engine("sign", {{"assignment", id_of(story, "department:union")}}));
    EXPECT_TRUE(story.assignment("department:union", "alert")->signed_at);
}

TEST(Assignments, OnlyTheAddresseeAnswers) {
    auto story = filed_story(6);
    const auto hr = id_of(story, "department:hr");
    EXPECT_FALSE(story.act(person("tao"), "sign", {{"assignment", hr}}));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::forbidden);
    EXPECT_FALSE(story.act(department_account("union"), "sign", {{"assignment", hr}}));
    EXPECT_TRUE(story.act(kHr, "sign", {{"assignment", hr}})) << "the department's own account";
    EXPECT_TRUE(story.act(person("he"), "accept", {{"assignment", hr}}))
        << "whoever holds its desk";
    EXPECT_FALSE(story.act(kHr, "sign", {{"assignment", "no-such"}}));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::not_found);
}

TEST(Assignments, ReturningNeedsAReasonAndTellsTheOwner) {
    auto story = filed_story(6);
    const auto hr = id_of(story, "department:hr");
    for (const auto* blank : {"", "  ", "\n\t"}) {
        EXPECT_FALSE(story.act(kHr, "return", {{"assignment", hr}, {"reason", blank}}));
        EXPECT_EQ(story.refusal.kind, Refusal::Kind::invalid_payload);
    }
    ASSERT_TRUE(story.act(kHr, "return", {{"assignment", hr}, {"reason", "不属本局职责"}}));
    EXPECT_EQ(story.told("returned"), Words{"post:desk"});
    const auto* task = story.assignment("department:hr", "alert");
    EXPECT_EQ(task->state, AssignmentState::returned);
    EXPECT_EQ(task->reason, "不属本局职责");
    EXPECT_TRUE(task->closed_at);
    EXPECT_FALSE(story.act(kHr, "done", {{"assignment", hr}}));
    EXPECT_EQ(story.reason(), "assignment.closed");
}

TEST(Assignments, GoesFromAcceptedToDoneAndNotBack) {
    auto story = filed_story(6);
    const auto hr = id_of(story, "department:hr");
    ASSERT_TRUE(story.act(kHr, "accept", {{"assignment", hr}}));
    EXPECT_FALSE(story.act(kHr, "sign", {{"assignment", hr}}));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::dropped) << "accepting signed for it";
    ASSERT_TRUE(story.act(kHr, "done", {{"assignment", hr}}));
    EXPECT_FALSE(story.act(kHr, "accept", {{"assignment", hr}}));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::blocked);
}

TEST(Assignments, HandoverAndRequestAreAnsweredByTheirActions) {
    auto story = filed_story(3);
    ASSERT_TRUE(
        story.act(person("wang"), "offer_handover", {{"to", "second_desk"}, {"reason", "轮岗"}}));
    const auto id = id_of(story, "post:second_desk", "handover");
    EXPECT_FALSE(story.act(person("zhao"), "accept", {{"assignment", id}}));
    EXPECT_EQ(story.reason(), "assignment.by_action");
    EXPECT_TRUE(story.act(person("zhao"), "sign", {{"assignment", id}}));
    EXPECT_TRUE(story.kase().offer) << "having read it is not having accepted it";
    EXPECT_TRUE(story.act(person("zhao"), "accept_handover"));
}

TEST(Assignments, WhatReachesNobodyGoesToTheFallbackDeskWithTheReason) {
    auto story = leave_story();
    disable(story.directory, "tao");
    ASSERT_TRUE(story.file(leave_alert(3), filer()));
    const auto alert = std::find_if(story.notices.begin(), story.notices.end(),
                                    [](const auto& n) { return n.event == "alert"; });
    ASSERT_NE(alert, story.notices.end());
    EXPECT_EQ(alert->addressee.text(), "post:fallback_desk");
    EXPECT_EQ(alert->person.value, "wu");
    EXPECT_EQ(alert->reason.find("department:union: "), 0u);
    EXPECT_EQ(story.count("unreachable"), 1u);
    EXPECT_EQ(alert->assignment.value, id_of(story, "department:union"))
        << "it remains the department's task";
}

TEST(Assignments, NoticeNamesNoPersonAndCarriesItsKey) {
    auto story = filed_story(3);
    std::set<std::string> keys, ids;
    for (const auto& notice : story.notices) {
        EXPECT_TRUE(keys.insert(notice.key).second) << notice.key;
        EXPECT_TRUE(ids.insert(notice.id.value).second);
        EXPECT_EQ(notice.channel, "file");
        EXPECT_EQ(notice.kase, story.kase().id);
        EXPECT_TRUE(notice.vars.contains("number"));
        EXPECT_TRUE(notice.vars.contains("grade"));
        EXPECT_FALSE(notice.vars.contains("enterprise_name"));
    }
}

TEST(Assignments, NoticesOfOrangeAndRedAreUrgentAndAnExerciseSaysSo) {
    EXPECT_FALSE(filed_story(6).notices.front().urgent);
    EXPECT_TRUE(filed_story(12).notices.front().urgent);
    auto story = leave_story();
    auto alert = leave_alert(3);
    alert["exercise"] = true;
    ASSERT_TRUE(story.file(alert, filer()));
    EXPECT_TRUE(story.kase().exercise);
    for (const auto& notice : story.notices) EXPECT_TRUE(notice.exercise);
}

TEST(Assignments, FailedDeliveryGoesToTheNextContactAndThenToTheFallbackDesk) {
    auto story = filed_story(3);
    story.directory.channels = {"file", "sms"};
    auto& tao = story.directory.people.at(model::PersonId{"tao"});
    tao.contacts = {{"sms", "138"}, {"file", "tao"}};
    const auto id = id_of(story, "department:union");
    const boost::json::object failed{{"addressee", "department:union"},
                                     {"channel", "sms"},
                                     {"contact", 0},
                                     {"event", "alert"},
                                     {"assignment", id},
                                     {"reason", "rejected"}};
    ASSERT_TRUE(story.by_engine("delivery_failed", failed));
    EXPECT_EQ(story.notices.back().addressee.text(), "department:union");
    EXPECT_EQ(story.notices.back().channel, "file");
    EXPECT_EQ(story.notices.back().assignment.value, id);
    auto again = failed;
    again["channel"] = "file";
    again["contact"] = 1;
    ASSERT_TRUE(story.by_engine("delivery_failed", again));
    EXPECT_EQ(story.notices.back().addressee.text(), "post:fallback_desk");
    EXPECT_EQ(story.notices.back().event, "undeliverable");
    const auto told = story.notices.size();
    ASSERT_TRUE(story.by_engine("delivery_failed", {{"addressee", "post:fallback_desk"},
                                                    {"channel", "file"},
                                                    {"contact", 0},
                                                    {"event", "undeliverable"}}));
    EXPECT_EQ(story.notices.size(), told) << "telling the fallback desk again would circle";
    EXPECT_EQ(story.count("undeliverable"), 3u);
}

TEST(Assignments, PolicyDecidesWhoIsToldOfAnEvent) {
    auto story = filed_story(3);
    auto& rule = story.policy.notices.at("leave_asked");
    rule.to = {"owner", "filer", "hr", "chief", "fallback", "owner"};
    rule.sign = true;
    ASSERT_TRUE(story.act(filer(), "ask"));
    EXPECT_EQ(story.told("leave_asked"), (Words{"post:desk", "person:chen", "department:hr",
                                                "post:chief", "post:fallback_desk"}));
    const auto* task = story.assignment("person:chen", "notice");
    ASSERT_NE(task, nullptr);
    EXPECT_TRUE(task->needs_sign);
    EXPECT_TRUE(story.act(person("chen"), "sign", {{"assignment", task->id.value}}));
    EXPECT_FALSE(story.act(person("wang"), "sign", {{"assignment", task->id.value}}));
}

}  // namespace
}  // namespace jinqiao::tests
