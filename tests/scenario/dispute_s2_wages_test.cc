#include <gtest/gtest.h>

#include "tests/support/dispute_story.h"

namespace jinqiao::tests {

// Three workers' wages: the quiet road through the enterprise committee.
TEST(WagesOfThreeWorkers, AreMediatedConfirmedPaidAndSettled) {
    DisputeStory story;
    story.at("2026-04-24 09:30");
    story.filed(R"({
        "enterprise": {"name": "示例商贸", "staff": 60},
        "event": {"cause": "wage_arrears", "workers_involved": 3, "arrears_months": 1,
                  "demands": ["pay_arrears"], "noticed_at": "2026-04-24T09:00:00+08:00"}})");
    story.expect_grade("blue");
    story.expect_state("not_required", "process");
    story.expect_due("st.ack", "2026-04-24 13:30");
    story.expect_due("rep.first", "2026-04-25 09:30");
    story.expect_due("st.verify", "2026-04-29 24:00");

    story.when("2026-04-24 10:00");
    story.does(story.duty, "acknowledge");
    story.when("2026-04-24 11:00");
    story.does(story.duty, "report_up", R"({"kind": "first", "text": "三人欠薪"})");
    story.when("2026-04-24 14:00");
    story.does(story.duty, "apply_mediation",
               R"({"mediator_kind": "enterprise_committee", "body": "示例商贸调解委员会",
                   "received_at": "2026-04-24T14:00:00+08:00", "by": "workers",
                   "form": "written", "requests": ["支付工资"]})");
    story.expect_due("med.accept", "2026-04-29 24:00");
    story.expect_due("med.arb_right", "2026-05-09 24:00");

    story.when("2026-04-28 10:00");
    story.does(story.duty, "update_facts", R"({"certainty": "confirmed"})");
    story.does(story.duty, "confirm_facts",
               R"({"types": ["wage_arrears"], "collective": false, "in_scope": true,
                   "rights_claim": true})");
    story.refused("G.plan", story.duty, "open_coordination", R"({"tier": "committee"})");
    story.does(story.duty, "attach_plan", R"({"plan": "plan-basic"})");
    story.does(story.duty, "open_coordination", R"({"tier": "committee"})");
    story.expect_due("st.meeting", "2026-05-06 24:00");
    story.expect_state("offered", "custody");
    story.does(story.chair, "accept_handover");
    story.expect_owner("committee_chair");

    story.when("2026-04-29 10:00");
    story.refused("G.consent", story.mediator, "accept_mediation",
                  R"({"mediator": "p_mediator_1", "accepted_at": "2026-04-29T10:00:00+08:00",
                      "no_tie": true})");
    story.does(story.mediator, "record_consent",
               R"({"side": "employer", "consents": true, "at": "2026-04-29T10:00:00+08:00"})");
    story.refused("G.recusal", story.mediator, "accept_mediation",
                  R"({"mediator": "p_mediator_1", "accepted_at": "2026-04-29T10:00:00+08:00"})");
    story.does(story.mediator, "accept_mediation",
               R"({"mediator": "p_mediator_1", "accepted_at": "2026-04-29T10:00:00+08:00",
                   "no_tie": true})");
    story.expect_due("med.end", "2026-05-14 24:00");
    story.expect_due("med.arb_right", "2026-05-09 24:00");

    story.when("2026-05-06 10:00");
    story.does(story.mediator, "record_session",
               R"({"kind": "mediation", "present": [{"side": "employer"}, {"side": "workers"}],
                   "heard": ["employer", "workers"], "result": "基本一致"})");
    story.when("2026-05-08 10:00");
    story.does(story.mediator, "propose_agreement",
               R"({"kind": "mediation", "text": "doc-agreement",
                   "outcomes": {"enterprise": "分期支付", "workers": "足额工资"},
                   "balance": {"lawful": "合法", "humane": "合情", "fair": "合理"}})");
    story.refused("G.signed", story.mediator, "sign_agreement",
                  R"({"signed_at": "2026-05-08T15:00:00+08:00",
                      "signatures": {"employer": true, "workers": true, "mediator": true},
                      "instalments": [{"no": 1, "due": "2026-05-29", "amount": 1800000}]})");
    story.when("2026-05-08 15:00");
    story.does(story.mediator, "sign_agreement",
               R"({"signed_at": "2026-05-08T15:00:00+08:00",
                   "effective_at": "2026-05-08T15:00:00+08:00",
                   "signatures": {"employer": true, "workers": true, "mediator": true, "seal": true},
                   "instalments": [{"no": 1, "due": "2026-05-29", "amount": 1800000}]})");
    story.expect_state("ended", "mediation");
    story.expect_end_of("med.end", "agreed");
    story.expect_no("st.end_notice");
    story.expect_due("agr.arb_review", "2026-05-25 24:00");
    story.expect_due("agr.judicial_confirm", "2026-06-08 24:00");
    story.expect_due("st.route", "2026-05-12 24:00");

    story.when("2026-05-12 10:00");
    story.refused("G.route", story.mediator, "apply_confirmation",
                  R"({"route": "arb_review", "applied_at": "2026-05-12T10:00:00+08:00",
                      "joint": false, "doc": "doc-application"})");
    story.does(story.mediator, "apply_confirmation",
               R"({"route": "arb_review", "applied_at": "2026-05-12T10:00:00+08:00", "joint": true,
                   "doc": "doc-application"})");
    story.expect_state("confirming");
    story.when("2026-05-13 10:00");
    story.does(story.mediator, "record_confirmation",
               R"({"result": "accepted", "at": "2026-05-13T10:00:00+08:00", "doc": "doc-accept"})");
    story.expect_due("agr.arb_review_decide", "2026-05-20 24:00");
    story.when("2026-05-18 10:00");
    story.does(story.mediator, "record_confirmation",
               R"({"result": "extended", "at": "2026-05-18T10:00:00+08:00", "add_days": 5,
                   "doc": "doc-extended"})");
    story.expect_due("agr.arb_review_decide", "2026-05-27 24:00");
    story.when("2026-05-19 10:00");
    story.does(
        story.mediator, "record_confirmation",
        R"({"result": "confirmed", "at": "2026-05-19T10:00:00+08:00", "doc": "doc-letter"})");
    story.expect_state("performing");
    story.expect_due("agr.perform", "2026-05-29 24:00", "1");

    story.refused("G.performed", story.mediator, "complete_performance",
                  R"({"at": "2026-05-19T10:00:00+08:00"})");
    story.when("2026-05-28 10:00");
    story.does(story.chair, "record_performance",
               R"({"no": 1, "amount": 1800000, "at": "2026-05-28T10:00:00+08:00",
                   "proof": "doc-transfer"})");
    story.does(story.mediator, "complete_performance", R"({"at": "2026-05-28T10:00:00+08:00"})");
    story.expect_state("follow_up");
    story.expect_due("st.visit", "2026-06-29 24:00");

    story.when("2026-06-24 10:00");
    story.refused("G.demands", story.chair, "close_settled");
    story.does(story.chair, "answer_demand",
               R"({"demand": "d1", "answer": "met", "text": "已付"})");
    story.refused("G.visit", story.chair, "close_settled");
    story.does(story.mediator, "record_visit",
               R"({"at": "2026-06-24T10:00:00+08:00", "scores": {"enterprise": 5, "workers": 5}})");
    story.does(story.chair, "close_settled", R"({"lesson": "及时"})");
    story.expect_state("settled");
    story.expect_due("rep.final", "2026-07-01 24:00");
    EXPECT_FALSE(story.it().open);
    story.does(story.duty, "report_up", R"({"kind": "final", "text": "已化解"})");
    story.expect_no("rep.final");
}

}  // namespace jinqiao::tests
