#include <gtest/gtest.h>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// seq counts history rows; version is what an editor's If-Match is compared with.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;

const auto kWang = person("wang");

// By how much the version rises while something happens.
template <class Happening>
std::uint64_t rise(Story& story, Happening happening) {
    const auto before = story.kase().version;
    const auto seq = story.kase().seq;
    happening();
    EXPECT_GT(story.kase().seq, seq) << "it is on record";
    return story.kase().version - before;
}

TEST(Version, StartsAtOneAndHistoryWithIt) {
    auto story = leave_story();
    story.deliver = false;
    story.file(leave_alert(3), filer());
    EXPECT_EQ(story.kase().version, 1u);
    EXPECT_EQ(story.kase().seq, 1u);
}

TEST(Version, RisesWithFactsStateOwnerGradeClockAndRequest) {
    auto story = filed_story(9);
    story.deliver = false;
    EXPECT_EQ(rise(story, [&] { story.act(filer(), "change_days", {{"days", 8}}); }), 1u);
    EXPECT_EQ(rise(story, [&] { story.act(filer(), "ask"); }), 1u);
    EXPECT_EQ(rise(story,
                   [&] {
                       story.act(kWang, "raise_grade", {{"to", "orange"}, {"reason", "x"}});
                   }),
              1u);
    EXPECT_EQ(rise(story, [&] { story.act(kWang, "request_long_leave", {{"reason", "x"}}); }), 1u);
    EXPECT_EQ(rise(story,
                   [&] {
                       story.act(
                           person("qian"), "approve_request",
                           {{"request", story.kase().requests.back().id.value}, {"reason", "x"}});
                   }),
              1u)
        << "one approval of two";
    EXPECT_EQ(rise(story,
                   [&] {
                       story.act(kWang, "offer_handover", {{"to", "second_desk"}, {"reason", "x"}});
                   }),
              1u);
    EXPECT_EQ(rise(story, [&] { story.act(person("zhao"), "accept_handover"); }), 1u);
    EXPECT_EQ(rise(story,
                   [&] {
                       story.act(person("zhou", {"supervisor"}), "extend", {{"budget", "1 W"}});
                   }),
              1u);
}

TEST(Version, StaysThroughNewsFromTheBackground) {
    auto story = leave_story();
    story.deliver = false;
    story.file(leave_alert(6), filer());
    const auto union_task = story.assignment("department:union", "alert")->id.value;
    const auto hr = story.assignment("department:hr", "alert")->id.value;
    EXPECT_EQ(rise(story,
                   [&] {
                       story.by_engine("delivered", {{"assignment", union_task}});
                       story.by_engine("delivered", {{"assignment", hr}});
                       story.by_engine("sign", {{"assignment", union_task}});
                       story.by_engine("accept", {{"assignment", union_task}});
                       story.by_engine("return", {{"assignment", hr}, {"reason", "无关"}});
                       story.by_engine("delivery_failed", {{"addressee", "department:hr"}});
                       story.by_engine("reassess");
                   }),
              0u);
    EXPECT_EQ(rise(story, [&] { story.run_until("2026-03-03 11:00"); }), 0u) << "a reminder";
}

TEST(Version, RisesWhenADeadlinePassesButNotWithEachRepetition) {
    auto story = filed_story(3);
    story.deliver = false;
    story.policy.ladders.front() = ladder("st.ask", {inform("due", due(), {"chief"}, "1 h")});
    EXPECT_EQ(rise(story, [&] { story.run_until("2026-03-03 14:00"); }), 1u);
    EXPECT_EQ(rise(story, [&] { story.run_until("2026-03-04 09:00"); }), 0u);
}

TEST(Version, EditMadeBesideADeliveryIsNotStale) {
    auto story = leave_story();
    story.deliver = false;
    story.file(leave_alert(3), filer());
    model::Command edit;
    edit.target = story.kase().id;
    edit.name = "change_days";
    edit.payload = {{"days", 4}};
    edit.actor = filer();
    edit.expected_version = story.kase().version;
    story.by_engine("delivered", {{"assignment", story.kase().assignments.front().id.value}});
    EXPECT_TRUE(story.send(edit)) << story.reason();
    EXPECT_FALSE(story.send(edit));
    EXPECT_EQ(story.refusal.kind, model::Refusal::Kind::stale);
}

}  // namespace
}  // namespace jinqiao::tests
