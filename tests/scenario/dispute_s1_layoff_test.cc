#include <gtest/gtest.h>

#include "tests/support/dispute_story.h"

namespace jinqiao::tests {

// 120 workers laid off by a foreign firm on the eve of the National Day holiday.
class LayoffOnTheEveOfTheHoliday : public ::testing::Test {
  protected:
    DisputeStory story;

    void file() {
        story.at("2026-09-30 16:20");
        story.filed(R"({
            "enterprise": {"name": "示例精密部件", "id": "e_demo", "ownership": "foreign",
                           "home_country": "DE", "staff": 320, "fortune500": false},
            "event": {"cause": "hq_decision", "behaviours": ["gathering_inside"], "place": "东门内",
                      "workers_involved": 120, "demands": ["compensation"],
                      "started_at": "2026-09-30T15:30:00+08:00",
                      "noticed_at": "2026-09-30T16:00:00+08:00",
                      "layoff": {"announced": "2026-09-30", "planned_for": "2026-10-31"}}})");
    }

    void first_evening() {
        story.when("2026-09-30 16:31");
        story.does(story.duty, "acknowledge");
        story.when("2026-09-30 16:45");
        story.does(story.duty, "dispatch", R"({"person": "p_liaison_1"})");
        story.when("2026-09-30 17:10");
        story.does(story.duty, "report_up", R"({"kind": "first", "text": "120人聚集"})");
        story.when("2026-09-30 18:05");
        story.does(story.liaison, "arrive", R"({"heads_now": 80, "mood": "tense"})");
        story.when("2026-09-30 19:40");
        story.does(story.liaison, "confirm_facts",
                   R"({"types": ["layoff"], "collective": true, "common_claim": "compensation",
                       "in_scope": true, "rights_claim": false})");
        story.when("2026-09-30 20:30");
        story.does(story.duty, "attach_plan", R"({"plan": "plan-layoff"})");
        story.does(story.duty, "open_coordination", R"({"tier": "team", "lead": "p_mediator_1"})");
    }

    void three_steps() {
        story.when("2026-10-01 10:00");
        story.does(
            story.mediator, "record_session",
            R"({"kind": "talk", "present": [{"side": "employer", "n": 2}, {"side": "workers", "n": 5}],
                       "heard": ["employer", "workers"], "result": "继续"})");
        story.when("2026-10-09 10:00");
        story.does(story.duty, "request_bargaining",
                   R"({"by": "workers", "delivered_at": "2026-10-09T10:00:00+08:00"})");
        story.refused("G.papers", story.duty, "call_congress",
                      R"({"on": "2026-10-12", "topic": "裁员方案"})");
        story.does(story.duty, "call_congress", R"({"on": "2026-10-16", "topic": "裁员方案"})");
    }
};

TEST_F(LayoffOnTheEveOfTheHoliday, DuesOfTheFirstEvening) {
    file();
    story.expect_grade("orange");
    story.expect_owner("duty_desk");
    story.expect_due("st.ack", "2026-09-30 16:40");
    story.expect_due("st.dispatch", "2026-09-30 16:50");
    story.expect_due("rep.first", "2026-09-30 17:20");
    story.expect_due("st.on_site", "2026-09-30 18:20");
    story.expect_due("st.verify", "2026-09-30 20:20");
    story.expect_due("lay.explain", "2026-09-30 24:00");

    first_evening();
    story.expect_state("congress", "process");
    story.expect_state("team");
    story.expect_due("rep.follow", "2026-09-30 21:10");
    story.expect_due("st.coordinate", "2026-10-01 03:40");
    story.expect_due("st.meeting", "2026-10-01 20:30");

    story.when("2026-09-30 21:05");
    story.does(story.duty, "report_up", R"({"kind": "follow", "text": "已平稳"})");
    story.expect_due("rep.follow", "2026-10-01 01:05");
}

TEST_F(LayoffOnTheEveOfTheHoliday, TheLayoffThatWasNotExplainedIsFoundAtMidnight) {
    file();
    first_evening();
    story.when("2026-09-30 23:59");
    EXPECT_FALSE(story.recorded("finding", "code", "lay.explain"));
    story.when("2026-10-01 00:00");
    EXPECT_TRUE(story.recorded("finding", "code", "lay.explain"));

    story.when("2026-10-09 09:00");
    story.does(story.duty, "update_facts",
               R"({"event": {"layoff": {"explained_on": "2026-10-09"}}})");
    EXPECT_TRUE(story.recorded("layoff_first_lawful_day", "on", "2026-11-08"));
}

TEST_F(LayoffOnTheEveOfTheHoliday, ThreeStepsToACollectiveContract) {
    file();
    first_evening();
    story.when("2026-09-30 21:05");
    story.does(story.duty, "report_up", R"({"kind": "follow", "text": "已平稳"})");
    three_steps();
    story.expect_due("st.progress", "2026-10-09 24:00");
    story.expect_due("cb.reply", "2026-10-26 24:00");
    story.expect_due("cg.papers", "2026-10-09 24:00");

    story.when("2026-10-10 09:30");
    story.does(story.duty, "answer_bargaining",
               R"({"accepts": true, "at": "2026-10-10T09:30:00+08:00"})");
    story.expect_due("cb.reps", "2026-10-26 24:00");

    story.when("2026-10-16 15:00");
    story.does(story.duty, "hold_congress",
               R"({"on": "2026-10-16", "form": "congress", "delegates": 30, "present": 20,
                   "topic": "裁员方案", "minutes": "doc-congress"})");
    story.expect_state("elect", "process");
    story.expect_due("cg.report", "2026-10-27 24:00");

    story.when("2026-10-19 10:00");
    story.does(story.duty, "elect_representatives",
               R"({"on": "2026-10-19", "kind": "bargaining", "method": "无记名投票",
                   "workers": [{"name": "甲"}, {"name": "乙"}, {"name": "丙", "outside": true}],
                   "employer": [{"name": "丁"}, {"name": "戊"}, {"name": "己"}],
                   "chiefs": {"workers": "甲", "employer": "丁"}})");
    story.expect_state("bargain", "process");
    story.expect_end_of("cb.reps", "named");

    const char* text = R"({"kind": "collective_contract", "text": "doc-contract",
        "outcomes": {"enterprise": "平稳过渡", "workers": "补偿N+3"},
        "balance": {"lawful": "符合劳动合同法", "humane": "照顾困难职工", "fair": "同岗同标准"}})";
    story.when("2026-10-20 10:00");
    story.refused("G.process", story.mediator, "propose_agreement", text);

    for (const char* which : {"facts", "law", "individual"})
        story.does(story.duty, "complete_check",
                   std::string(R"({"which": ")") + which +
                       R"(", "by": "p_mediator_1", "findings": "已研究"})");
    story.when("2026-10-28 16:00");
    story.does(story.duty, "reach_agreement",
               R"({"text": "doc-contract", "form": "congress", "members": 30, "present": 24,
                   "for": 15, "on": "2026-10-28"})");
    story.expect_state("agreed", "process");
    story.does(story.mediator, "propose_agreement", text);
    story.expect_state("agreement");

    story.when("2026-10-30 11:00");
    story.does(story.mediator, "sign_agreement",
               R"({"signed_at": "2026-10-30T11:00:00+08:00",
                   "signatures": {"employer": true, "workers": true},
                   "instalments": [{"no": 1, "due": "2026-12-31", "amount": 360000000}]})");
    story.expect_due("cc.file", "2026-11-09 24:00");

    story.when("2026-11-02 10:00");
    story.does(story.mediator, "apply_confirmation",
               R"({"route": "hr_filing", "applied_at": "2026-11-02T10:00:00+08:00", "joint": false,
                   "doc": "doc-filing"})");
    story.expect_state("confirming");
    story.expect_due("cc.effect", "2026-11-17 24:00");
    story.when("2026-11-17 23:59");
    story.expect_state("confirming");
    story.when("2026-11-18 00:00");
    story.expect_state("performing");
}

}  // namespace jinqiao::tests
