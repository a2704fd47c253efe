#include <gtest/gtest.h>

#include "tests/support/dispute_story.h"

namespace jinqiao::tests {

// 24 workers, three steps done, a people's mediation committee; breach after confirmation.
class BreachAfterConfirmation : public ::testing::Test {
  protected:
    DisputeStory story;

    void SetUp() override {
        story.at("2026-05-18 09:00");
        story.filed(R"({
            "enterprise": {"name": "示例机械", "staff": 400},
            "event": {"cause": "wage_arrears", "workers_involved": 24, "arrears_months": 1,
                      "demands": ["pay_arrears"], "behaviours": ["collective_letter"],
                      "noticed_at": "2026-05-18T08:30:00+08:00"}})");
        story.expect_grade("yellow");
        story.taken_and_verified(true);
        story.does(story.duty, "attach_plan", R"({"plan": "plan-arrears"})");
        story.does(story.duty, "open_coordination", R"({"tier": "team"})");
        three_steps();
        mediate();
    }

    void three_steps() {
        story.when("2026-05-19 09:00");
        story.does(story.duty, "call_congress", R"({"on": "2026-05-27", "topic": "欠薪"})");
        story.when("2026-05-27 10:00");
        story.does(story.duty, "hold_congress",
                   R"({"on": "2026-05-27", "form": "general_meeting", "delegates": 24,
                       "present": 20, "topic": "欠薪", "minutes": "doc-minutes"})");
        story.does(story.duty, "elect_representatives",
                   R"({"on": "2026-05-27", "kind": "bargaining", "method": "举手",
                       "workers": [{"name": "甲"}, {"name": "乙"}, {"name": "丙"}],
                       "employer": [{"name": "丁"}, {"name": "戊"}, {"name": "己"}],
                       "chiefs": {"workers": "甲", "employer": "丁"}})");
        for (const char* which : {"facts", "law", "individual"})
            story.does(story.duty, "complete_check",
                       std::string(R"({"which": ")") + which +
                           R"(", "by": "p_mediator_1", "findings": "已研究"})");
        story.does(story.duty, "reach_agreement",
                   R"({"text": "doc-draft", "form": "general_meeting", "members": 24,
                       "present": 22, "for": 20, "on": "2026-05-27"})");
        story.expect_state("agreed", "process");
    }

    void mediate() {
        story.when("2026-05-28 09:00");
        story.does(story.duty, "apply_mediation",
                   R"({"mediator_kind": "people_mediation_committee", "body": "park_pmc",
                       "received_at": "2026-05-28T09:00:00+08:00", "by": "both",
                       "form": "written", "requests": ["工资"]})");
        story.does(story.mediator, "accept_mediation",
                   R"({"mediator": "p_mediator_1", "accepted_at": "2026-05-28T09:00:00+08:00",
                       "no_tie": true})");
        story.expect_no("med.end");
        story.does(story.mediator, "record_session",
                   R"({"kind": "mediation", "present": [{"side": "employer"}, {"side": "workers"}],
                       "heard": ["employer", "workers"], "result": "一致"})");
        story.when("2026-06-05 16:00");
        story.does(story.mediator, "propose_agreement",
                   R"({"kind": "mediation", "text": "doc-agreement",
                       "outcomes": {"enterprise": "分期", "workers": "足额"},
                       "balance": {"lawful": "合法", "humane": "合情", "fair": "合理"}})");
        story.does(story.mediator, "sign_agreement",
                   R"({"signed_at": "2026-06-05T16:00:00+08:00",
                       "effective_at": "2026-06-05T16:00:00+08:00", "mandate": "doc-mandate",
                       "signatures": {"employer": true, "workers": true, "mediator": true, "seal": true},
                       "instalments": [{"no": 1, "due": "2026-07-31", "amount": 1000},
                                       {"no": 2, "due": "2026-08-31", "amount": 1000},
                                       {"no": 3, "due": "2026-09-30", "amount": 1000}]})");
    }

    void pay(int no, const std::string& at) {
        story.when(at);
        story.does(story.duty, "record_performance",
                   R"({"no": )" + std::to_string(no) + R"(, "amount": 1000, "at": ")" +
                       at.substr(0, 10) + "T" + at.substr(11) +
                       R"(:00+08:00", "proof": "doc-transfer"})");
    }
};

TEST_F(BreachAfterConfirmation, FromTheWindowsToEnforcement) {
    story.expect_due("agr.arb_review", "2026-06-22 24:00");
    story.expect_due("agr.judicial_confirm", "2026-07-06 24:00");
    story.expect_due("st.route", "2026-06-10 24:00");
    story.when("2026-06-10 10:00");
    story.does(story.mediator, "start_performance", R"({"reason": "双方先履行"})");
    story.expect_state("performing");

    story.when("2026-06-29 10:00");
    story.refused("G.route", story.mediator, "apply_confirmation",
                  R"({"route": "arb_review", "applied_at": "2026-06-29T10:00:00+08:00",
                      "joint": true, "doc": "doc-application"})");
    story.does(story.mediator, "apply_confirmation",
               R"({"route": "judicial", "applied_at": "2026-06-29T10:00:00+08:00", "joint": true,
                   "doc": "doc-application"})");
    story.expect_state("confirming");
    story.expect_due("agr.court_decide", "2026-07-02 24:00");
    story.when("2026-07-01 10:00");
    story.does(story.mediator, "record_confirmation",
               R"({"result": "accepted", "at": "2026-07-01T10:00:00+08:00", "doc": "doc-taken"})");
    story.expect_due("agr.court_decide", "2026-07-16 24:00");
    story.when("2026-07-10 10:00");
    story.does(story.mediator, "record_confirmation",
               R"({"result": "extended", "add_days": 10, "at": "2026-07-10T10:00:00+08:00",
                   "doc": "doc-longer"})");
    story.expect_due("agr.court_decide", "2026-07-27 24:00");
    story.when("2026-07-14 10:00");
    story.does(
        story.mediator, "record_confirmation",
        R"({"result": "confirmed", "at": "2026-07-14T10:00:00+08:00", "doc": "doc-ruling"})");
    story.expect_state("performing");

    pay(1, "2026-07-31 10:00");
    story.when("2026-08-31 23:59");
    EXPECT_FALSE(story.recorded("breach_suspected"));
    story.when("2026-09-01 00:00");
    EXPECT_TRUE(story.recorded("breach_suspected"));
    story.expect_due("st.next", "2026-09-03 24:00");
    pay(2, "2026-09-03 10:00");
    story.expect_end_of("st.next", "cured");

    story.when("2026-10-01 00:00");
    story.expect_due("st.next", "2026-10-09 24:00");
    story.when("2026-10-09 10:00");
    story.does(story.duty, "refer", R"({"to": "court", "purpose": "enforce", "scope": "whole"})");
    story.expect_state("referred");
    story.expect_due("rep.final", "2026-10-15 24:00");
    story.expect_due("enforce", "2028-09-30 24:00");
    EXPECT_TRUE(story.it().clock("enforce")->due.provisional);
}

}  // namespace jinqiao::tests
