// Quiet hours: what is below orange waits, and nothing else does. chief's qian sleeps from 22:00 to
// 07:00.
#include "tests/scenario/duty_story.h"

namespace jinqiao::tests {

class QuietHours : public DutyStory {
  protected:
    void open_at_night(const std::string& shanghai) {
        people.people.at(engine::model::PersonId{"qian"}).quiet = {
            {std::chrono::hours{22}, std::chrono::hours{7}, {}}};
        open(shanghai);
    }
    void offer_to_chief(const engine::model::CaseId& id) {
        act("wang", "ask", id);  // no clock is short now
        act("wang", "offer_handover", id, R"({"to": "chief", "reason": "x"})");
    }
};

TEST_F(QuietHours, YellowIsHeldAndGoesOutWhenTheWindowEnds) {
    open_at_night("2026-03-03 23:00");
    const auto id = file(5);
    offer_to_chief(id);
    EXPECT_EQ(sent("handover_offered"), Lines{});
    EXPECT_TRUE(recorded(id.value, "held"));
    at("2026-03-04 06:59");
    EXPECT_EQ(sent("handover_offered"), Lines{});
    at("2026-03-04 07:00");
    EXPECT_EQ(sent("handover_offered"), (Lines{"03-04 07:00 qian"}));
}

TEST_F(QuietHours, OrangeAndRedPass) {
    open_at_night("2026-03-03 23:00");
    offer_to_chief(file(10));
    offer_to_chief(file(20));
    EXPECT_EQ(sent("handover_offered"), (Lines{"03-03 23:00 qian", "03-03 23:00 qian"}));
}

TEST_F(QuietHours, CaseThatRisesToRedTakesWhatWasHeldAlongInOrder) {
    open_at_night("2026-03-03 23:00");
    const auto id = file(5);
    offer_to_chief(id);
    EXPECT_EQ(sent("handover_offered"), Lines{});
    at("2026-03-03 23:05");
    act("wang", "raise_grade", id, R"({"to": "red", "reason": "x"})");
    act("wang", "recall_handover", id);
    EXPECT_EQ(sent("handover_offered"), (Lines{"03-03 23:05 qian"}));
    ASSERT_FALSE(sent("handover_recalled").empty());
    EXPECT_EQ(sent("handover_recalled").back(), "03-03 23:05 qian");
    const auto all = sent("");
    EXPECT_EQ(std::count(all.begin(), all.end(), "03-03 23:05 qian"), 2) << "nothing got lost";
}

TEST_F(QuietHours, WhoeverIsOnDutyHasNone) {
    people.people.at(engine::model::PersonId{"li"}).quiet = {
        {std::chrono::hours{20}, std::chrono::hours{8}, {}}};
    open("2026-03-03 10:00");
    change("put_rotation", R"({"post": "desk", "order": ["wang", "li"]})");
    const auto id = file();
    act("wang", "ask", id);
    act("wang", "offer_handover", id, R"({"to": "chief2", "reason": "x"})");
    act("sun", "accept_handover", id);
    at("2026-03-03 23:00");
    act("sun", "offer_handover", id, R"({"to": "desk", "reason": "x"})");
    EXPECT_EQ(sent("handover_offered").back(), "03-03 23:00 li");
}

TEST_F(QuietHours, HolderOffDutyKeepsThemWhileAColleagueIsOn) {
    people.people.at(engine::model::PersonId{"wang"}).quiet = {
        {std::chrono::hours{20}, std::chrono::hours{8}, {}}};
    open("2026-03-03 10:00");
    change("put_rotation", R"({"post": "desk", "order": ["wang", "li"]})");
    at("2026-03-03 23:00");
    change("put_override", R"({"post": "desk", "person": "hu", "from": "2026-03-05T20:00:00+08:00",
                               "until": "2026-03-06T08:00:00+08:00"})");
    change("put_override",
           R"({"post": "desk", "person": "wang", "from": "2026-03-06T20:00:00+08:00",
                               "until": "2026-03-07T08:00:00+08:00"})");
    const auto at_night = sent("duty_changed");
    EXPECT_EQ(std::count(at_night.begin(), at_night.end(), "03-03 23:00 wang"), 0);
    at("2026-03-04 08:00");
    EXPECT_EQ(sent("duty_changed").back(), "03-04 08:00 wang");
}

TEST_F(QuietHours, DeskMailboxHasNone) {
    people.posts.at(engine::model::PostId{"chief"}).contacts = {{"file", "box"}};
    open_at_night("2026-03-03 23:00");
    offer_to_chief(file());
    EXPECT_EQ(sent("handover_offered"), (Lines{"03-03 23:00 box"}));
}

TEST_F(QuietHours, WindowsOfTheWeekendDoNotHoldOnATuesday) {
    people.people.at(engine::model::PersonId{"qian"}).quiet = {
        {std::chrono::hours{22}, std::chrono::hours{7}, {6, 7}}};
    open("2026-03-03 23:00");
    offer_to_chief(file());
    EXPECT_EQ(sent("handover_offered"), (Lines{"03-03 23:00 qian"}));
    at("2026-03-09 06:00");
    offer_to_chief(file());
    at("2026-03-09 07:00");
    EXPECT_EQ(sent("handover_offered").back(), "03-09 07:00 qian")
        << "Sunday's night ends on Monday morning";
}

TEST_F(QuietHours, HeldMessageSurvivesARestart) {
    open_at_night("2026-03-03 23:00");
    offer_to_chief(file());
    switch_off_until("2026-03-04 05:00");
    EXPECT_EQ(sent("handover_offered"), Lines{});
    switch_off_until("2026-03-04 09:00");
    EXPECT_EQ(sent("handover_offered"), (Lines{"03-04 09:00 qian"}));
}

TEST_F(QuietHours, OneMayTurnThemOffAndTheNextMessageComesAtNight) {
    open_at_night("2026-03-03 23:00");
    change("set_quiet", R"({"person": "qian", "quiet": []})");
    offer_to_chief(file());
    EXPECT_EQ(sent("handover_offered"), (Lines{"03-03 23:00 qian"}));
}

TEST_F(QuietHours, NewNameDoesNotEndThem) {
    open_at_night("2026-03-03 23:00");
    change("put_person", R"({"id": "qian", "name": "钱", "contacts": [{"channel": "file"}]})");
    offer_to_chief(file());
    EXPECT_EQ(sent("handover_offered"), Lines{});
}

}  // namespace jinqiao::tests
