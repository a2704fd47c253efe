#include <gtest/gtest.h>

#include "tests/support/builders.h"
#include "tests/support/dispute_story.h"

namespace jinqiao::tests {

// A case of the union chair is handed over; the last session was on Thursday, September 17.
class HandOverToADeputy : public ::testing::Test {
  protected:
    DisputeStory story;
    engine::model::Actor secretary = story.holder("p_party_1", {"mediator"});

    void SetUp() override {
        story.at("2026-09-14 09:00");
        story.filed(R"({
            "enterprise": {"name": "示例纺织"},
            "event": {"cause": "overtime_leave", "workers_involved": 12, "demands": ["overtime_pay"],
                      "noticed_at": "2026-09-14T08:30:00+08:00"}})");
        story.expect_grade("yellow");
        story.taken_and_verified();
        story.does(story.duty, "attach_plan", R"({"plan": "plan-basic"})");
        story.does(story.duty, "open_coordination", R"({"tier": "committee"})");
        story.does(story.supervisor, "reassign",
                   R"({"to": "enterprise_union_chair", "reason": "第一道防线"})");
        story.expect_owner("enterprise_union_chair");
        story.when("2026-09-16 10:00");
        talk();
        story.when("2026-09-17 10:00");
        talk();
        story.expect_due("st.progress", "2026-09-21 24:00");
        story.when("2026-09-18 16:30");
        story.does(story.chair, "offer_handover", R"({"to": "party_secretary", "note": "出差"})");
    }

    void talk() {
        story.does(story.chair, "record_session",
                   R"({"kind": "talk", "present": [{"side": "employer"}, {"side": "workers"}],
                       "heard": ["employer", "workers"], "result": "再谈"})");
    }
};

TEST_F(HandOverToADeputy, DeclinedLapsedAndAtLastAccepted) {
    story.expect_due("st.handover", "2026-09-20 14:00");
    story.expect_owner("enterprise_union_chair");

    story.when("2026-09-18 17:05");
    story.does(secretary, "decline_handover", R"({"reason": "不在岗"})");
    story.expect_owner("enterprise_union_chair");
    const auto told = story.told("handover_declined");
    EXPECT_EQ(std::count(told.begin(), told.end(), "post:enterprise_union_chair"), 1);
    EXPECT_EQ(std::count(told.begin(), told.end(), "post:party_secretary"), 1);

    story.when("2026-09-18 17:10");
    story.does(story.chair, "offer_handover", R"({"to": "liaison", "note": "出差"})");
    story.expect_due("st.handover", "2026-09-20 14:40");
    story.when("2026-09-20 14:40");
    story.expect_state("held", "custody");
    story.expect_owner("enterprise_union_chair");
    const auto lapsed = story.told("handover_lapsed");
    EXPECT_EQ(std::count(lapsed.begin(), lapsed.end(), "post:supervisor"), 1);

    // The chair's account is disabled: the deputy of the same post acts, no offer needed.
    story.when("2026-09-21 09:00");
    disable(story.directory, "p_chair_1");
    EXPECT_TRUE(story.by_engine("person_disabled", {{"person", "p_chair_1"}}));
    story.expect_owner("enterprise_union_chair");
    EXPECT_EQ(story.it().owner.person.value, "p_chair_2");
    const auto deputy = story.holder("p_chair_2", {"mediator"});
    story.when("2026-09-21 09:05");
    story.does(deputy, "offer_handover", R"({"to": "liaison", "note": "接手"})");
    story.when("2026-09-21 09:20");
    story.does(story.liaison, "accept_handover");
    story.expect_owner("liaison");
    story.expect_due("st.progress", "2026-09-21 24:00");  // unmoved throughout
    EXPECT_FALSE(story.act(story.liaison, "accept_handover"));
}

TEST_F(HandOverToADeputy, ToAPostThatReachesNobodyIsRefused) {
    story.does(story.chair, "recall_handover");
    story.refused("payload.post", story.chair, "offer_handover",
                  R"({"to": "no_such_post", "note": "x"})");
    for (const char* person : {"p_party_1", "p_party_2", "p_liaison_1", "p_liaison_2"})
        disable(story.directory, person);
    auto& post = story.directory.posts.at(engine::model::PostId{"party_secretary"});
    post.deputies.clear();
    post.natural_deputy = {};  // or the chair would be offered the case of the chair
    story.refused("G.addressee", story.chair, "offer_handover",
                  R"({"to": "party_secretary", "note": "x"})");
    story.refused("G.addressee", story.chair, "offer_handover",
                  R"({"to": "enterprise_union_chair", "note": "x"})");
}

}  // namespace jinqiao::tests
