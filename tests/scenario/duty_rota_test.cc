// The rota of the desk: 12-hour shifts from 08:00 and 20:00, since 2026-01-05. On Tue 2026-03-03
// the day shift is the 115th.
#include "tests/scenario/duty_story.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {

namespace time = engine::time;

class DutyRota : public DutyStory {
  protected:
    // wang has the day of March 3, li the night, and so on in turn.
    void open_with_rota(const std::string& shanghai = "2026-03-03 10:00") {
        people.rotations.push_back(
            {engine::model::PostId{"desk"},
             engine::time::parse_rfc3339("2026-03-03T08:00:00+08:00").value(),
             {engine::model::PersonId{"wang"}, engine::model::PersonId{"li"}}});
        open(shanghai);
    }
};

TEST_F(DutyRota, WhoeverIsOnDutyIsAskedBeforeTheHolder) {
    open_with_rota("2026-03-03 21:00");
    EXPECT_EQ(acting("desk").front(), "li");
    const auto id = file();
    EXPECT_EQ(kase(id).owner.person.value, "li");
}

TEST_F(DutyRota, ShiftChangeHandsTheCaseToTheNextOnDutyAndNoOtherCaseIsTouched) {
    open_with_rota();
    const auto desk_case = file();
    const auto given_away = file();
    act("wang", "offer_handover", given_away, R"({"to": "chief2", "reason": "x"})");
    act("sun", "accept_handover", given_away);
    act("sun", "ask", given_away);
    act("sun", "grant", given_away);
    const auto before = rows(given_away.value);
    act("wang", "ask", desk_case);
    at("2026-03-03 20:00");
    EXPECT_EQ(kase(desk_case).owner.person.value, "li");
    EXPECT_TRUE(recorded(desk_case.value, "acting_changed"));
    EXPECT_EQ(rows(given_away.value), before);
}

TEST_F(DutyRota, ShiftThatGoesOnToTheSamePersonLeavesNoRow) {
    open("2026-03-03 10:00");
    change("put_rotation", R"({"post": "desk", "order": ["wang"]})");
    const auto before = rows("directory");
    at("2026-03-06 10:00");
    EXPECT_EQ(rows("directory"), before);
}

TEST_F(DutyRota, ShiftBoundaryWhileAnOfferIsPendingTellsWhoeverComesOn) {
    open_with_rota();
    const auto id = file();
    act("wang", "offer_handover", id, R"({"to": "chief2", "reason": "x"})");
    act("sun", "accept_handover", id);
    act("sun", "ask", id);
    at("2026-03-03 17:00");
    act("sun", "offer_handover", id, R"({"to": "desk", "reason": "back"})");
    EXPECT_EQ(kase(id).offer->person.value, "wang");
    at("2026-03-03 19:30");
    const auto version = kase(id).version;
    at("2026-03-03 20:00");
    ASSERT_TRUE(kase(id).offer);
    EXPECT_EQ(kase(id).offer->person.value, "li");
    EXPECT_EQ(kase(id).version, version) << "nobody's edit becomes stale by a shift";
    EXPECT_EQ(sent("handover_offered").back(), "03-03 20:00 li");
    act("li", "accept_handover", id);
    EXPECT_EQ(kase(id).owner.post.value, "desk");
}

TEST_F(DutyRota, OverrideTakesTheShiftFromWhoeverHadIt) {
    open_with_rota();
    change("put_override", R"({"post": "desk", "person": "hu", "from": "2026-03-03T20:00:00+08:00",
                               "until": "2026-03-04T08:00:00+08:00", "reason": "exam"})");
    EXPECT_EQ(sent("duty_changed"), (Lines{"03-03 10:00 hu", "03-03 10:00 li"}));
    at("2026-03-03 20:00");
    EXPECT_EQ(acting("desk").front(), "hu");
    at("2026-03-04 08:00");
    EXPECT_EQ(acting("desk").front(), "wang");
}

TEST_F(DutyRota, SomebodyWhoDoesNotHoldThePostMayTakeAShift) {
    open_with_rota();
    const auto id = file();
    change("put_override", R"({"post": "desk", "person": "sun", "from": "2026-03-03T12:00:00+08:00",
                               "until": "2026-03-03T14:00:00+08:00"})");
    EXPECT_EQ(refusal_of("sun", "ask", id), "forbidden");
    at("2026-03-03 12:00");
    EXPECT_EQ(kase(id).owner.person.value, "sun");
    act("sun", "ask", id);
    at("2026-03-03 14:00");
    EXPECT_EQ(refusal_of("sun", "grant", id), "forbidden");
}

TEST_F(DutyRota, OverrideAcrossAHolidayStandsThroughEveryShiftOfIt) {
    open_with_rota("2026-04-03 10:00");
    change("put_override", R"({"post": "desk", "person": "hu", "from": "2026-04-04T00:00:00+08:00",
                               "until": "2026-04-07T00:00:00+08:00", "reason": "清明值班"})");
    for (const auto* time : {"2026-04-04 09:00", "2026-04-05 21:00", "2026-04-06 23:59"}) {
        at(time);
        EXPECT_EQ(acting("desk").front(), "hu") << time;
    }
    at("2026-04-07 00:00");
    EXPECT_EQ(acting("desk").front(), "li") << "the night shift of April 6 goes on";
}

TEST_F(DutyRota, LaterOverrideWinsAndItsEndBringsTheEarlierBack) {
    open_with_rota();
    change("put_override", R"({"post": "desk", "person": "hu", "from": "2026-03-04T08:00:00+08:00",
                               "until": "2026-03-05T08:00:00+08:00"})");
    change("put_override",
           R"({"post": "desk", "person": "zhao", "from": "2026-03-04T12:00:00+08:00",
                               "until": "2026-03-04T13:00:00+08:00"})");
    at("2026-03-04 12:30");
    EXPECT_EQ(acting("desk").front(), "zhao");
    at("2026-03-04 13:00");
    EXPECT_EQ(acting("desk").front(), "hu");
}

TEST_F(DutyRota, OverrideDroppedHalfWayEndsAtOnce) {
    open_with_rota();
    change("put_override", R"({"post": "desk", "person": "hu", "from": "2026-03-03T12:00:00+08:00",
                               "until": "2026-03-03T18:00:00+08:00"})");
    at("2026-03-03 13:00");
    EXPECT_EQ(acting("desk").front(), "hu");
    change("drop_override", R"({"post": "desk", "person": "hu"})");
    EXPECT_EQ(acting("desk").front(), "wang");
    refused("from", "drop_override", R"({"post": "desk", "person": "hu"})");
}

TEST_F(DutyRota, SwapTakesEffectOnlyWhenTheOtherHasAgreed) {
    open_with_rota();
    change("ask_swap", R"({"post": "desk", "at": "2026-03-04T09:00:00+08:00", "by": "wang",
                           "with_at": "2026-03-04T21:00:00+08:00", "reason": "家中有事"})");
    EXPECT_EQ(sent("duty_swap_asked"), (Lines{"03-03 10:00 li"}));
    EXPECT_FALSE(recorded("directory", "家中有事")) << "a reason is kept apart from history";
    const auto swap = directory().swaps.front().id;
    EXPECT_EQ(directory().overrides.size(), 0U);
    change("answer_swap", R"({"swap": ")" + swap + R"(", "agreed": true})");
    EXPECT_EQ(directory().overrides.size(), 2U);
    EXPECT_EQ(directory().overrides[0].reason, directory().overrides[1].reason);
    at("2026-03-04 09:00");
    EXPECT_EQ(acting("desk").front(), "li");
    at("2026-03-04 21:00");
    EXPECT_EQ(acting("desk").front(), "wang");
}

TEST_F(DutyRota, RefusedSwapLeavesTheRotaAndTellsWhoAsked) {
    open_with_rota();
    change("ask_swap", R"({"post": "desk", "at": "2026-03-04T09:00:00+08:00", "by": "wang",
                           "with_at": "2026-03-04T21:00:00+08:00"})");
    const auto swap = directory().swaps.front().id;
    change("answer_swap", R"({"swap": ")" + swap + R"(", "agreed": false})");
    EXPECT_EQ(sent("duty_swap_refused"), (Lines{"03-03 10:00 wang"}));
    refused("swap", "answer_swap", R"({"swap": ")" + swap + R"(", "agreed": true})");
    at("2026-03-04 09:00");
    EXPECT_EQ(acting("desk").front(), "wang");
}

TEST_F(DutyRota, SwapThenAbsenceFallsToTheHoldersByRank) {
    open_with_rota();
    change("swap_duty", R"({"post": "desk", "at": "2026-03-04T09:00:00+08:00",
                            "with_at": "2026-03-04T21:00:00+08:00", "reason": "x"})");
    change("put_absence", R"({"person": "li", "from": "2026-03-04T00:00:00+08:00",
                              "until": "2026-03-05T00:00:00+08:00"})");
    at("2026-03-04 09:00");
    EXPECT_EQ(acting("desk"), (Lines{"wang", "hu", "zhao", "zheng"}));
    at("2026-03-04 21:00");
    EXPECT_EQ(acting("desk").front(), "wang") << "the other half of the swap stands";
}

TEST_F(DutyRota, AbsenceOfWhoeverIsOnAsksForSomebodyElseToBePutOn) {
    open_with_rota();
    change("put_absence", R"({"person": "li", "from": "2026-03-04T00:00:00+08:00",
                              "until": "2026-03-06T00:00:00+08:00"})");
    EXPECT_EQ(sent("duty_open"), (Lines{"03-03 10:00 qian", "03-03 10:00 wu"}));
    change("put_absence", R"({"person": "hu", "from": "2026-03-04T00:00:00+08:00",
                              "until": "2026-03-06T00:00:00+08:00"})");
    EXPECT_EQ(sent("duty_open").size(), 2U) << "hu has no shift";
}

TEST_F(DutyRota, SwapAgreedAfterTheRotaHasChangedIsRefused) {
    open_with_rota();
    change("ask_swap", R"({"post": "desk", "at": "2026-03-04T09:00:00+08:00", "by": "wang",
                           "with_at": "2026-03-04T21:00:00+08:00"})");
    change("put_override", R"({"post": "desk", "person": "hu", "from": "2026-03-04T20:00:00+08:00",
                               "until": "2026-03-05T08:00:00+08:00"})");
    const auto swap = directory().swaps.front().id;
    refused("swap", "answer_swap", R"({"swap": ")" + swap + R"(", "agreed": true})");
}

TEST_F(DutyRota, NobodySwapsAShiftThatHasBegunOrIsTheirOwn) {
    open_with_rota();
    refused("at", "ask_swap", R"({"post": "desk", "at": "2026-03-03T11:00:00+08:00",
                                  "with_at": "2026-03-04T21:00:00+08:00"})");
    refused("with_at", "ask_swap", R"({"post": "desk", "at": "2026-03-04T09:00:00+08:00",
                                       "with_at": "2026-03-05T09:00:00+08:00"})");
    refused("at", "ask_swap", R"({"post": "desk", "at": "2026-03-04T09:00:00+08:00", "by": "hu",
                                  "with_at": "2026-03-04T21:00:00+08:00"})");
}

TEST_F(DutyRota, DisablingWhoeverIsOnDutyAtThreeInTheMorningLeavesTheCaseWithTheNextAtOnce) {
    open_with_rota("2026-03-03 22:00");
    const auto id = file();
    act("li", "ask", id);
    EXPECT_EQ(kase(id).owner.person.value, "li");
    at("2026-03-04 03:00");
    change("disable_person", R"({"person": "li"})");
    EXPECT_EQ(kase(id).owner.post.value, "desk");
    EXPECT_EQ(kase(id).owner.person.value, "wang");
    EXPECT_EQ(sent("duty_open"), (Lines{"03-04 03:00 qian", "03-04 03:00 wu"}));
}

TEST_F(DutyRota, ShiftsThatPassedWhileTheProgramWasOffAreCaughtUpWithOnce) {
    open_with_rota();
    const auto id = file();
    act("wang", "ask", id);
    const auto before = rows("directory");
    switch_off_until("2026-03-05 21:00");
    EXPECT_EQ(acting("desk").front(), "li");
    EXPECT_EQ(kase(id).owner.person.value, "li");
    EXPECT_EQ(rows("directory"), before + 1);
}

TEST_F(DutyRota, RotaSurvivesARestart) {
    open("2026-03-03 10:00");
    change("put_rotation", R"({"post": "desk", "order": ["hu", "li"]})");
    change("put_override",
           R"({"post": "desk", "person": "zhao", "from": "2026-03-04T08:00:00+08:00",
                               "until": "2026-03-04T20:00:00+08:00", "reason": "x"})");
    restart();
    EXPECT_EQ(acting("desk").front(), "hu");
    at("2026-03-04 10:00");
    EXPECT_EQ(acting("desk").front(), "zhao");
}

TEST_F(DutyRota, WhoeverLeftThePostHasNoDutyAnyMore) {
    open_with_rota();
    change("end_term", R"({"person": "li", "post": "desk", "until": "2026-03-03T18:00:00+08:00"})");
    at("2026-03-03 21:00");
    EXPECT_EQ(acting("desk").front(), "wang") << "li's night falls to the holder";
}

TEST_F(DutyRota, HolidayWeekIsTakenByItsOwnOrderWithoutAnybodyPuttingThemOn) {
    people.calendar = std::make_shared<engine::time::Calendar>(time::testing::calendar_2026());
    open_with_rota("2026-04-30 10:00");
    change("put_rotation", R"({"post": "desk", "order": ["hu"], "days": "rest"})");
    const auto id = file();
    act("wang", "ask", id);
    at("2026-05-01 09:00");
    EXPECT_EQ(kase(id).owner.person.value, "hu");
    at("2026-05-05 21:00");
    EXPECT_EQ(acting("desk").front(), "hu");
    at("2026-05-06 09:00");
    EXPECT_NE(acting("desk").front(), "hu");
    EXPECT_NE(kase(id).owner.person.value, "hu");
}

TEST_F(DutyRota, RotationOfAPostWithoutRotaIsRefused) {
    open("2026-03-03 10:00");
    refused("post", "put_rotation", R"({"post": "chief", "order": ["qian"]})");
    refused("order", "put_rotation", R"({"post": "desk", "order": ["nobody"]})");
}

}  // namespace jinqiao::tests
