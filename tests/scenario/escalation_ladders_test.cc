#include "tests/scenario/escalation_story.h"
#include "tests/unit/time/calendar_fixture.h"

// Ladders: who is reminded, informed, handed the case, and when nobody is any more.
namespace jinqiao::tests {
namespace {

using engine::model::ClockState;

class Ladders : public EscalationStory {
  protected:
    void period(const std::string& from, const std::string& to) {
        story.policy.grading.periods = {{"sessions",
                                         {"敏感期", "sessions"},
                                         engine::time::testing::day(from),
                                         engine::time::testing::day(to),
                                         1}};
    }
    // Local time of day at which a rung of this clock ran.
    std::vector<std::string> hours_of(const std::string& clock) const { return hours_.at(clock); }
    void watch(const std::string& clock) {
        hours_[clock];
        story.watch = [this, clock](const engine::kernel::Decision& decision) {
            for (const auto& event : decision.events)
                if (event.name == "rung" && event.data.at("clock").as_string().starts_with(clock))
                    hours_[clock].push_back(
                        engine::time::to_rfc3339(story.now, story.calendar.utc_offset())
                            .substr(0, 16));
        };
    }
    std::map<std::string, std::vector<std::string>> hours_;
};

TEST_F(Ladders, RemindersToActRespectWorkingHours) {
    file(12, "2026-03-06 17:00");  // Friday evening
    story.does(story.duty, "acknowledge");
    watch("st.act");
    story.when("2026-03-20 17:30");
    ASSERT_FALSE(hours_of("st.act").empty());
    for (const auto& at : hours_of("st.act")) {
        const auto moment = shanghai(at.substr(0, 10) + " " + at.substr(11));
        const auto date = story.calendar.local_date(moment);
        EXPECT_TRUE(story.calendar.is_working(date)) << at;
        EXPECT_TRUE(at.substr(11) > "09:00" && at.substr(11) <= "17:30") << at;
    }
}

TEST_F(Ladders, NotActedOnTheOwnerIsRemindedThenTheSupervisorInformed) {
    file(12);
    story.taken_and_verified();
    story.when("2026-03-09 10:00");  // 26 wh = 4 working days of 6.5 h from Tuesday 10:00
    EXPECT_EQ(clock("st.act").state, ClockState::missed);
    EXPECT_EQ(ran("not_acted"), 1u);
    EXPECT_EQ(ran("still_not_acted"), 0u);
    story.when("2026-03-14 10:00");
    EXPECT_EQ(ran("not_acted"), 2u) << "most: 2";
    EXPECT_EQ(ran("still_not_acted"), 1u);
}

TEST_F(Ladders, ActionThatMovesTheMatterStartsTheClockAnew) {
    file(12);
    story.taken_and_verified();
    story.when("2026-03-05 10:00");
    const auto before = due("st.act");
    story.does(story.duty, "attach_plan", R"({"plan": "plan-basic"})");
    EXPECT_GT(due("st.act"), before);
    EXPECT_EQ(clock("st.act").instance, 2);
}

TEST_F(Ladders, ReportMovesNothingAndStartsNothingAnew) {
    file(12);
    story.taken_and_verified();
    story.when("2026-03-04 09:00");
    const auto before = due("st.act");
    story.does(story.duty, "report_up", R"({"kind": "follow", "text": "正在核实"})");
    EXPECT_EQ(due("st.act"), before);
}

TEST_F(Ladders, CaseThatIsOnlyWatchedIsNotPressed) {
    file(12);
    story.taken_and_verified();
    story.expect_open("st.act");
    story.does(story.duty, "watch", R"({"review_on": "2026-03-10", "reason": "平稳"})");
    story.expect_no("st.act");
}

TEST_F(Ladders, NotClosedInTimeIsToldTheSupervisorAgainAndAgain) {
    file(320);
    story.does(story.duty, "acknowledge");
    EXPECT_EQ(due("st.close"), "2026-03-25T00:00");  // 15 W from Mar 3
    story.when("2026-03-24 23:59");
    EXPECT_EQ(ran("not_closed"), 0u);
    EXPECT_EQ(ran("close_soon"), 1u);
    story.when("2026-03-25 00:00");
    EXPECT_EQ(ran("not_closed"), 1u);
    story.when("2026-04-10 00:00");
    EXPECT_EQ(ran("not_closed"), 2u);
}

TEST_F(Ladders, NobodyIsRemindedAfterTheCaseIsClosed) {
    file(3);
    story.taken_and_verified();
    story.does(story.duty, "report_up", R"({"kind": "first", "text": "已核实"})");
    story.does(story.duty, "refer", R"({"to": "court", "purpose": "decide", "scope": "whole"})");
    story.does(story.duty, "report_up", R"({"kind": "final", "text": "已转出"})");
    story.sign_everything();
    const auto told = story.notices.size();
    story.run_until("2026-06-30 10:00");
    EXPECT_EQ(story.notices.size(), told);
}

TEST_F(Ladders, AcknowledgementExpiresAndTheLadderResumes) {
    file(12);
    story.does(story.duty, "acknowledge");
    story.run_until("2026-03-06 00:00");  // st.verify missed, supervisor informed
    ASSERT_EQ(ran("st.verify#1/0/missed"), 1u);
    engine::model::Command sign;
    sign.target = story.it().id;
    sign.name = "sign";
    for (const auto& each : story.it().assignments)
        if (each.task == "escalation" && each.about == "st.verify#1")
            sign.payload = {{"assignment", each.id.value}};
    sign.actor = story.supervisor;
    ASSERT_TRUE(story.send(sign));
    EXPECT_TRUE(story.recorded("acknowledged", "clock", "st.verify#1"));
    story.run_until("2026-03-06 23:59");  // quiet for a working day
    EXPECT_EQ(ran("st.verify#1/0/missed"), 1u);
    story.run_until("2026-03-10 00:00");
    EXPECT_GE(ran("st.verify#1/0/missed"), 2u);
}

TEST_F(Ladders, HigherGradeIsHeardThroughAnAcknowledgement) {
    file(12);
    story.does(story.duty, "acknowledge");
    story.run_until("2026-03-06 00:00");
    story.sign_everything();
    ASSERT_TRUE(clock("st.verify").quiet_until);
    const auto before = ran("st.verify#1/");
    story.does(story.duty, "raise_grade", R"({"to": "red", "reason": "人员聚集"})");
    EXPECT_FALSE(clock("st.verify").quiet_until);
    story.run_until("2026-03-06 00:01");
    EXPECT_EQ(ran("st.verify#1/"), before + 1) << "once, and at once";
}

TEST_F(Ladders, NobodyToTakeItIsTheFallbackDesksAtOnce) {
    for (const auto* post :
         {"duty_desk", "liaison", "lead_mediator", "supervisor", "supervisor2", "leader"})
        for (auto& [id, person] : story.directory.people) {
            for (const auto& held : story.directory.posts_of(id, shanghai("2026-03-03 10:00")))
                if (held.value == post) person.enabled = false;
        }
    std::vector<std::string> owners;
    story.watch = [&](const engine::kernel::Decision& decision) {
        owners.push_back(decision.after.owner.post.value);
    };
    file(12);
    ASSERT_FALSE(owners.empty());
    EXPECT_EQ(owners.front(), "fallback_desk") << "within the very decision that filed it";
    EXPECT_TRUE(story.lacking().empty());
    EXPECT_TRUE(story.recorded("unreachable"));
}

TEST_F(Ladders, RedGoesDownTheDeputiesToTheFallbackDesk) {
    file(320);
    story.run_until("2026-03-03 10:10");
    ASSERT_TRUE(story.it().offer);
    EXPECT_EQ(story.it().offer->to.value, "liaison");
    story.expect_owner("duty_desk");
    story.run_until("2026-03-03 10:20");
    story.expect_owner("fallback_desk");
}

TEST_F(Ladders, SpecialPeriodThatEndsOnAHolidayStillCoversThatDay) {
    period("2026-02-10", "2026-02-18");  // inside the Spring Festival holiday
    file(3, "2026-02-18 23:50");
    story.expect_grade("yellow");
    EXPECT_EQ(story.it().grade.reasons.back().rule, "sessions");
    EXPECT_EQ(clock("st.ack").ladder, "ack_period");
    story.does(story.duty, "acknowledge");
    story.when("2026-02-19 09:00");
    story.does(story.duty, "update_facts", R"({"certainty": "seen"})");
    story.expect_grade("yellow");  // no rule lowers what the period lifted
}

TEST_F(Ladders, DayAfterASpecialPeriodIsAnOrdinaryDay) {
    period("2026-02-10", "2026-02-18");
    file(3, "2026-02-19 00:00");
    story.expect_grade("blue");
    EXPECT_EQ(clock("st.ack").ladder, "ack");
}

TEST_F(Ladders, SecondLevelHearsAtOnceInASpecialPeriod) {
    period("2026-03-01", "2026-03-15");
    file(3);
    story.expect_grade("yellow");
    story.run_until("2026-03-03 11:00");  // 1 h at yellow
    EXPECT_GE(times("rung.inform", "post:supervisor2"), 1u);
}

TEST_F(Ladders, OutsideASpecialPeriodTheSecondLevelIsNotTroubled) {
    file(12);
    story.run_until("2026-03-03 11:00");
    EXPECT_GE(times("rung.inform", "post:supervisor"), 1u);
    EXPECT_EQ(times("rung.inform", "post:supervisor2"), 0u);
}

TEST_F(Ladders, HundredPeopleWithoutFactsAreTheSecondLevelsBusiness) {
    file(120);
    story.does(story.duty, "acknowledge");
    EXPECT_EQ(clock("st.verify").ladder, "verify_large");
    story.when("2026-03-03 14:00");  // 4 h at orange
    EXPECT_GE(times("rung.inform", "post:supervisor2"), 1u);
}

TEST_F(Ladders, CaseThatTurnsOutSmallerGetsTheUsualLadderUnderANewEpoch) {
    file(120);
    story.does(story.duty, "acknowledge");
    ASSERT_EQ(clock("st.verify").ladder, "verify_large");
    story.does(story.duty, "update_facts", R"({"event": {"workers_involved": 60}})");
    EXPECT_EQ(clock("st.verify").ladder, "verify_urgent") << "still orange";
    EXPECT_EQ(clock("st.verify").epoch, 1);
}

TEST_F(Ladders, MissedFirstSessionGoesOneTierUpAndNoFurther) {
    in_team();
    story.when("2026-03-06 00:00");
    story.expect_state("joint");
    EXPECT_EQ(ran("tier_up"), 1u);
    story.when("2026-03-08 00:00");
    story.expect_state("joint");
}

TEST_F(Ladders, LoweringNeedsItsOwnRightAndAReason) {
    file(12);
    story.taken_and_verified();
    EXPECT_FALSE(
        story.act(story.chair, "request_lower_grade", {{"to", "blue"}, {"reason", "已平息"}}))
        << "only who has the case in hand";
    EXPECT_EQ(story.refusal.kind, engine::model::Refusal::Kind::forbidden);
    EXPECT_FALSE(story.act(story.duty, "request_lower_grade", {{"to", "blue"}, {"reason", " "}}));
    EXPECT_EQ(story.refusal.kind, engine::model::Refusal::Kind::invalid_payload);
    story.expect_grade("yellow");
}

TEST_F(Ladders, NoRungRunsTwice) {
    file(12);
    story.taken_and_verified();
    story.when("2026-03-20 10:00");
    const auto all = story.rungs();
    const std::set<std::string> keys(all.begin(), all.end());
    EXPECT_EQ(keys.size(), all.size());
}

}  // namespace
}  // namespace jinqiao::tests
