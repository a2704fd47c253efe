#include "tests/scenario/escalation_story.h"
#include "tests/unit/time/calendar_fixture.h"

// One honest clock: what moves a due time, told as days in an office.
namespace jinqiao::tests {
namespace {

using engine::model::ClockState;

class OneHonestClock : public EscalationStory {};

TEST_F(OneHonestClock, RaisingTheGradeKeepsThePausedTime) {
    in_team();
    story.does(
        story.mediator, "record_session",
        R"({"kind": "talk", "present": [{"side": "workers"}], "heard": ["workers"], "result": "继续"})");
    EXPECT_EQ(due("st.progress"), "2026-03-07T00:00");  // 3 W: 4, 5, 6
    story.when("2026-03-04 10:00");
    suspend("2026-03-10");  // 4, 5, 6, 9, 10 stand still
    story.when("2026-03-11 00:00");
    story.expect_state("running", "clock");
    EXPECT_EQ(due("st.progress"), "2026-03-14T00:00");  // 11, 12, 13
    story.does(story.mediator, "raise_grade", R"({"to": "orange", "reason": "情绪激动"})");
    EXPECT_EQ(due("st.progress"), "2026-03-13T00:00") << "2 W of which none had run: 11, 12";
}

TEST_F(OneHonestClock, NothingIsBreachedWhileTheCaseIsSuspended) {
    in_team();
    suspend("2026-03-13");
    story.when("2026-03-13 23:59");
    for (const auto& each : story.events) {
        if (each.name != "due_passed") continue;
        const std::string name(each.data.at("clock").as_string());
        EXPECT_FALSE(name.starts_with("st.meeting") || name.starts_with("st.act") ||
                     name.starts_with("st.close"))
            << name;
    }
    EXPECT_EQ(ran("st.meeting#1/"), 0u);
    EXPECT_TRUE(story.lacking().empty());
}

TEST_F(OneHonestClock, PauseOverAWeekendCountsOnce) {
    in_team("2026-03-05 10:00");  // Thursday; st.meeting 2 W: Fri 6, Mon 9
    EXPECT_EQ(due("st.meeting"), "2026-03-10T00:00");
    story.when("2026-03-06 16:00");
    suspend("2026-03-08");  // until Sunday 24:00
    story.when("2026-03-09 00:00");
    EXPECT_EQ(due("st.meeting"), "2026-03-11T00:00") << "Friday only: the weekend was none anyway";
    EXPECT_EQ(clock("st.meeting").ledger.size(), 1u);
}

TEST_F(OneHonestClock, SecondPauseAddsToTheFirst) {
    in_team();
    EXPECT_EQ(due("st.meeting"), "2026-03-06T00:00");
    suspend("2026-03-04");
    story.when("2026-03-05 00:00");
    EXPECT_EQ(due("st.meeting"), "2026-03-07T00:00") << "the 4th stood still: 5, 6";
    ask_suspension("2026-03-06");
    approve(story.supervisor2);
    story.when("2026-03-07 00:00");
    EXPECT_EQ(due("st.meeting"), "2026-03-11T00:00");
    EXPECT_EQ(clock("st.meeting").ledger.size(), 2u);
}

TEST_F(OneHonestClock, MissedDeadlineRestsWithTheCaseAndIsMissedAgainAfterwards) {
    in_team();
    story.run_until("2026-03-06 10:00");
    ASSERT_EQ(clock("st.meeting").state, ClockState::missed);
    // Missing it raised the tier to joint, and the talks there have a clock of their own.
    story.when("2026-03-06 10:00");
    const auto before = ran("st.meeting#1/");
    suspend("2026-03-12");
    story.when("2026-03-12 23:59");
    EXPECT_EQ(ran("st.meeting#1/"), before);
}

TEST_F(OneHonestClock, LegalClockRunsThroughASuspension) {
    in_team();
    story.does(story.mediator, "apply_mediation",
               R"({"mediator_kind": "people_mediation_committee", "body": "park_pmc",
                   "received_at": "2026-03-03T10:00:00+08:00", "by": "workers", "form": "written",
                   "requests": ["岗位"]})");
    const auto before = due("med.arb_right");
    suspend("2026-03-10");
    story.when("2026-03-11 00:00");
    EXPECT_EQ(due("med.arb_right"), before);
    EXPECT_TRUE(clock("med.arb_right").ledger.empty());
}

TEST_F(OneHonestClock, ExtensionIsARequestAndLogsOldAndNew) {
    in_team();
    ask_time("3 W");
    EXPECT_EQ(due("st.meeting"), "2026-03-06T00:00") << "asking moves nothing";
    approve(story.supervisor);
    EXPECT_EQ(due("st.meeting"), "2026-03-11T00:00");
    EXPECT_TRUE(has_old_and_new("extension"));
}

TEST_F(OneHonestClock, RejectedExtensionMovesNothing) {
    in_team();
    ask_time("3 W");
    story.does(story.supervisor, "reject_request", answer_json());
    EXPECT_EQ(due("st.meeting"), "2026-03-06T00:00");
    EXPECT_FALSE(has_old_and_new("extension"));
}

TEST_F(OneHonestClock, MissedClockThatIsGivenTimeRunsAgain) {
    file(12);
    story.does(story.duty, "acknowledge");
    story.run_until("2026-03-06 09:00");  // st.verify 2 W: Mar 4, 5
    ASSERT_EQ(clock("st.verify").state, ClockState::missed);
    story.does(story.duty, "request_stage_extension", extension_json("3 W", "st.verify"));
    approve(story.supervisor);
    EXPECT_EQ(clock("st.verify").state, ClockState::running);
    EXPECT_EQ(due("st.verify"), "2026-03-11T00:00");
}

TEST_F(OneHonestClock, ExtensionInAnotherKindOfDayIsRefused) {
    in_team();
    story.refused("payload.reference", story.mediator, "request_stage_extension",
                  extension_json("3 N"));
}

TEST_F(OneHonestClock, NoteRestartsNothing) {
    in_team();
    const auto before = story.it().clocks;
    story.when("2026-03-04 09:30");
    story.does(story.mediator, "add_note", R"({"text": "电话联系企业"})");
    ASSERT_EQ(story.it().clocks.size(), before.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(story.it().clocks[i].from, before[i].from) << before[i].key();
        EXPECT_EQ(story.it().clocks[i].due.at, before[i].due.at) << before[i].key();
    }
}

TEST_F(OneHonestClock, EditOfFactsRestartsNothing) {
    in_team();
    const auto meeting = due("st.meeting"), acting = due("st.act"), closing = due("st.close");
    story.when("2026-03-04 09:30");
    story.does(story.duty, "update_facts", R"({"event": {"workers_present": 4}})");
    EXPECT_EQ(due("st.meeting"), meeting);
    EXPECT_EQ(due("st.act"), acting);
    EXPECT_EQ(due("st.close"), closing);
}

TEST_F(OneHonestClock, HandOverMovesNoDue) {
    in_team();
    const auto meeting = due("st.meeting"), closing = due("st.close");
    story.does(story.mediator, "offer_handover", R"({"to": "liaison", "note": "轮岗"})");
    story.does(story.liaison, "accept_handover");
    story.expect_owner("liaison");
    EXPECT_EQ(due("st.meeting"), meeting);
    EXPECT_EQ(due("st.close"), closing);
}

TEST_F(OneHonestClock, CalendarChangeMovesTheDueAndLogsOldAndNew) {
    in_team();
    auto data = engine::time::testing::data_2026();
    data.version = "2026-b";
    data.off.emplace(engine::time::testing::day("2026-03-05"), "停工");
    story.calendar = engine::time::Calendar{data};
    story.by_engine("calendar_changed");
    EXPECT_EQ(due("st.meeting"), "2026-03-07T00:00");
    EXPECT_EQ(clock("st.meeting").calendar_version, "2026-b");
    EXPECT_TRUE(has_old_and_new("calendar"));
}

TEST_F(OneHonestClock, CalendarChangeLeavesWhatHasEndedAlone) {
    in_team();
    const auto before = engine::model::Clock(clock("st.ack"));
    ASSERT_FALSE(before.open());
    auto data = engine::time::testing::data_2026();
    data.version = "2026-b";
    story.calendar = engine::time::Calendar{data};
    story.by_engine("calendar_changed");
    EXPECT_EQ(clock("st.ack").due.at, before.due.at);
    EXPECT_EQ(clock("st.ack").calendar_version, before.calendar_version);
}

TEST_F(OneHonestClock, PolicyMigrationMovesTheDueAndLogsOldAndNew) {
    in_team();
    story.policy.id = engine::model::PolicyId{"newer"};
    story.policy.clocks.at("st.meeting").budget.fill(engine::time::testing::budget("4 W"));
    ASSERT_TRUE(story.by_engine("policy_migrated"));
    EXPECT_EQ(due("st.meeting"), "2026-03-10T00:00");
    EXPECT_TRUE(has_old_and_new("policy"));
}

TEST_F(OneHonestClock, ReopeningKeepsHistoryAndStartsOnlyWhatItsStateNeeds) {
    file(3);
    story.taken_and_verified();
    const auto ack = engine::model::Clock(clock("st.ack"));
    story.does(story.duty, "refer", R"({"to": "court", "purpose": "decide", "scope": "whole"})");
    story.expect_state("referred");
    const auto seq = story.it().seq;
    story.when("2026-03-20 10:00");
    story.does(story.duty, "reopen", R"({"cause": "new_facts", "reason": "有新情况"})");
    EXPECT_GT(story.it().seq, seq);
    EXPECT_EQ(clock("st.ack").due.at, ack.due.at) << "what has ended has ended";
    EXPECT_FALSE(clock("st.ack").open());
    story.expect_open("st.act");
    story.expect_open("st.close");
    EXPECT_EQ(
        engine::time::to_rfc3339(clock("st.close").from, story.calendar.utc_offset()).substr(0, 16),
        "2026-03-20T10:00");
    story.expect_no("st.meeting");
    story.expect_no("st.ack");
}

// A stoppage of more than a day used to raise the grade only at the next event of whatever kind.
TEST_F(OneHonestClock, StoppageRegradesTheCaseAtItsHour) {
    file(3, "2026-03-03 10:00",
         R"(, "behaviours": ["stoppage"], "started_at": "2026-03-03T08:00:00+08:00")");
    story.does(story.duty, "acknowledge");
    const auto before = story.it().grade.computed;
    story.run_until("2026-03-04 07:59");
    EXPECT_EQ(story.it().grade.computed, before);
    story.run_until(clock("fact.stoppage").due.at);
    EXPECT_GT(story.it().grade.computed, before);
}

TEST_F(OneHonestClock, StoppageThatEndsInTimeRaisesNothing) {
    file(3, "2026-03-03 10:00",
         R"(, "behaviours": ["stoppage"], "started_at": "2026-03-03T08:00:00+08:00")");
    story.does(story.duty, "acknowledge");
    const auto before = story.it().grade.computed;
    story.run_until("2026-03-03 20:00");
    story.does(story.duty, "update_facts",
               R"({"behaviours": [{"code": "stoppage", "ended": "2026-03-03T19:00:00+08:00"}]})");
    story.expect_no("fact.stoppage");
    story.run_until("2026-03-05 20:00");
    EXPECT_EQ(story.it().grade.computed, before);
}

TEST_F(OneHonestClock, WatchOverAStoppageEndsWithTheCase) {
    file(3, "2026-03-03 10:00",
         R"(, "behaviours": ["stoppage"], "started_at": "2026-03-03T08:00:00+08:00")");
    story.taken_and_verified();
    story.expect_open("fact.stoppage");
    story.does(story.duty, "update_facts",
               R"({"behaviours": [{"code": "stoppage", "ended": "2026-03-03T09:59:00+08:00"}]})");
    story.does(story.duty, "party_went_to_arbitration", R"({"by": "workers"})");
    story.expect_state("referred");
    story.expect_no("fact.stoppage");
}

TEST_F(OneHonestClock, ReminderOfTheLaterMediationClockNamesTheEarlier) {
    story.at("2026-09-10 09:00");
    file(4, "2026-09-10 09:00");
    story.taken_and_verified();
    story.does(story.duty, "apply_mediation",
               R"({"mediator_kind": "enterprise_committee", "body": "示例物流调解委员会",
                   "received_at": "2026-09-10T09:00:00+08:00", "by": "workers",
                   "form": "written", "requests": ["岗位"]})");
    story.when("2026-09-15 10:00");
    story.does(story.duty, "record_consent",
               R"({"side": "employer", "consents": true, "at": "2026-09-15T10:00:00+08:00"})");
    story.does(story.mediator, "accept_mediation",
               R"({"mediator": "p_mediator_1", "accepted_at": "2026-09-15T10:00:00+08:00",
                   "no_tie": true})");
    story.expect_due("med.arb_right", "2026-09-28 24:00");
    story.expect_due("med.end", "2026-09-30 24:00");
    story.when("2026-09-26 00:00");
    bool named = false;
    for (const auto& notice : story.notices) {
        if (notice.event != "rung.remind" || notice.vars.at("clock") != "med.end") continue;
        ASSERT_TRUE(notice.vars.contains("earlier"));
        EXPECT_EQ(notice.vars.at("earlier"), "med.arb_right");
        named = true;
    }
    EXPECT_TRUE(named);
}

TEST_F(OneHonestClock, LimitationBegunAnewStandsInTheCaseWithItsNewDate) {
    file(4, "2026-09-10 09:00");
    story.taken_and_verified();
    story.when("2026-10-12 11:00");
    story.does(story.duty, "party_went_to_arbitration", R"({"by": "workers"})");
    const auto& resets = story.it().data.at("resets").as_array();
    ASSERT_EQ(resets.size(), 1u);
    EXPECT_EQ(resets[0].at("reason"), "arbitration");
    EXPECT_EQ(resets[0].at("due"), "2027-10-13T00:00:00+08:00");
    EXPECT_TRUE(story.recorded("limitation_reset", "due", "2027-10-13T00:00:00+08:00"));
}

}  // namespace
}  // namespace jinqiao::tests
