#include <gtest/gtest.h>

#include "tests/support/dispute_story.h"

namespace jinqiao::tests {

// Mediation is extended while the right to arbitrate opens: the extension takes nothing away.
class MediationExtended : public ::testing::Test {
  protected:
    DisputeStory story;

    void SetUp() override {
        story.at("2026-09-10 09:00");
        story.filed(R"({
            "enterprise": {"name": "示例物流", "staff": 80},
            "event": {"cause": "contract_change", "workers_involved": 4,
                      "demands": ["transfer_terms"], "noticed_at": "2026-09-10T08:30:00+08:00"}})");
        story.taken_and_verified();
        story.does(story.duty, "apply_mediation",
                   R"({"mediator_kind": "enterprise_committee", "body": "示例物流调解委员会",
                       "received_at": "2026-09-10T09:00:00+08:00", "by": "workers",
                       "form": "written", "requests": ["岗位"]})");
        story.does(story.duty, "attach_plan", R"({"plan": "plan-basic"})");
        story.does(story.duty, "open_coordination", R"({"tier": "committee"})");
        story.does(story.chair, "accept_handover");
        story.expect_due("med.accept", "2026-09-15 24:00");
        story.expect_due("med.arb_right", "2026-09-28 24:00");
        story.when("2026-09-15 10:00");
        story.does(story.chair, "record_session",
                   R"({"kind": "talk", "present": [{"side": "workers"}], "heard": ["workers"],
                       "result": "同意调解"})");
        story.does(story.chair, "record_consent",
                   R"({"side": "employer", "consents": true, "at": "2026-09-15T10:00:00+08:00"})");
        story.does(story.mediator, "accept_mediation",
                   R"({"mediator": "p_mediator_1", "accepted_at": "2026-09-15T10:00:00+08:00",
                       "no_tie": true})");
        story.expect_due("med.end", "2026-09-30 24:00");
    }

    void extend() {
        story.when("2026-09-24 10:00");
        story.refused("G.bothext", story.mediator, "extend_mediation",
                      R"({"consents": [{"side": "workers", "at": "2026-09-24T10:00:00+08:00"}],
                          "add_days": 15})");
        story.does(story.mediator, "extend_mediation",
                   R"({"consents": [{"side": "workers", "at": "2026-09-24T10:00:00+08:00"},
                                    {"side": "employer", "at": "2026-09-24T10:00:00+08:00"}],
                       "add_days": 15})");
    }
};

TEST_F(MediationExtended, TheRightToArbitrateOpensAllTheSame) {
    extend();
    story.expect_due("med.end", "2026-10-15 24:00");
    story.expect_due("med.arb_right", "2026-09-28 24:00");
    story.when("2026-09-25 23:59");
    EXPECT_TRUE(story.told("arb_right_may_be_open").empty());
    story.when("2026-09-26 00:00");
    EXPECT_FALSE(story.told("arb_right_may_be_open").empty());
    EXPECT_TRUE(story.told("arb_right_open").empty());
    story.when("2026-09-29 00:00");
    EXPECT_FALSE(story.told("arb_right_open").empty());
    story.expect_state("open", "mediation");
}

TEST_F(MediationExtended, SuspensionStopsOurClocksButNotTheLaws) {
    extend();
    story.when("2026-10-09 10:00");
    story.does(story.chair, "request_suspension",
               R"({"reason": "等待总部", "until": "2026-10-14", "kind": "suspend"})");
    const std::string answer =
        R"({"request": ")" + story.it().requests.back().id.value + R"(", "reason": "同意"})";
    story.does(story.supervisor, "approve_request", answer);
    story.expect_state("suspended", "clock");
    story.expect_due("sus.until", "2026-10-14 24:00");
    story.expect_due("med.end", "2026-10-15 24:00");
    EXPECT_EQ(story.it().clock("st.progress")->state, engine::model::ClockState::suspended);
    EXPECT_EQ(story.it().clock("med.end")->state, engine::model::ClockState::running);

    story.when("2026-10-12 11:00");
    story.does(story.duty, "party_went_to_arbitration", R"({"by": "workers"})");
    story.expect_state("referred");
    story.expect_state("running", "clock");
    story.expect_state("ended", "mediation");
    story.expect_end_of("med.end", "arbitration");
    story.expect_due("st.end_notice", "2026-10-14 24:00");
    story.expect_due("rep.final", "2026-10-19 24:00");
    story.expect_due("arb.accept", "2026-10-19 24:00");
    story.expect_due("arb.limit", "2027-10-12 24:00");
    EXPECT_TRUE(story.it().clock("arb.limit")->due.provisional);
    EXPECT_TRUE(story.recorded("limitation_reset", "reason", "arbitration"));
    story.refused("no_transition", story.mediator, "record_session",
                  R"({"kind": "mediation", "present": [{"side": "workers"}], "heard": ["workers"],
                      "result": "x"})");
}

TEST_F(MediationExtended, EndsByItselfWhenTheTimeIsOver) {
    extend();
    story.when("2026-10-15 23:59");
    story.expect_state("open", "mediation");
    story.when("2026-10-16 00:00");
    story.expect_state("ended", "mediation");
    story.expect_end_of("med.end", "failed");
    story.expect_open("st.end_notice");
    story.expect_open("st.next");
    EXPECT_TRUE(story.recorded("limitation_reset", "reason", "no_deal"));
    story.refused("G.medopen", story.mediator, "record_session",
                  R"({"kind": "mediation", "present": [{"side": "workers"}], "heard": ["workers"],
                      "result": "x"})");
}

}  // namespace jinqiao::tests
