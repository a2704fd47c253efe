#include "tests/scenario/escalation_story.h"

// Extension, suspension and lowering are requests: a reason, a second person, limits, and an
// answer even where the approver gives none.
namespace jinqiao::tests {
namespace {

using engine::model::RequestState;

class Asked : public EscalationStory {
  protected:
    engine::policy::RequestRule& rule(const char* kind) { return story.policy.requests.at(kind); }
    RequestState state() { return story.it().requests.back().state; }
    void answer_time_passes() { story.run_until(clock("st.answer", last_request()).due.at); }
};

TEST_F(Asked, OnePersonApprovingTwiceIsOnePerson) {
    in_team();
    rule("suspension").needed = 2;
    ask_suspension("2026-03-06");
    approve(story.supervisor);
    EXPECT_EQ(state(), RequestState::pending);
    story.refused("G.two", story.supervisor, "approve_request", answer_json());
    EXPECT_EQ(story.it().requests.back().approvals.size(), 1u);
    EXPECT_EQ(state(), RequestState::pending);
    story.expect_state("running", "clock");
    approve(story.holder("p_supervisor_3", {"supervisor"}));
    EXPECT_EQ(state(), RequestState::approved);
}

TEST_F(Asked, RequesterUnderAnotherPostIsStillTheRequester) {
    in_team();
    // The lead mediator stands in for the supervisor, too.
    engine::policy::Term term;
    term.person = engine::model::PersonId{"p_mediator_1"};
    term.post = engine::model::PostId{"supervisor"};
    story.directory.terms.push_back(term);
    ask_time("1 W");
    auto both = story.mediator;
    both.roles.emplace_back("supervisor");
    story.refused("G.two", both, "approve_request", answer_json());
    approve(story.supervisor);
}

TEST_F(Asked, ActingOwnerMayNotApproveWhatSomebodyElseAskedFor) {
    in_team();
    story.does(story.supervisor2, "request_stage_extension", extension_json("1 W"));
    story.it().owner.person = story.supervisor.person;
    story.refused("G.two", story.supervisor, "approve_request", answer_json());
}

TEST_F(Asked, ApproverOfAnotherPostIsRefused) {
    in_team();
    ask_time("1 W");
    EXPECT_FALSE(story.act(story.supervisor2, "approve_request",
                           {{"request", last_request()}, {"reason", "同意"}}));
    EXPECT_EQ(state(), RequestState::pending);
}

TEST_F(Asked, SecondExtensionNeedsTheHigherApprover) {
    in_team();
    ask_time("1 W");
    approve(story.supervisor);
    ask_time("1 W");
    EXPECT_EQ(story.it().requests.back().approver.value, "supervisor2");
    EXPECT_FALSE(story.act(story.supervisor, "approve_request",
                           {{"request", last_request()}, {"reason", "同意"}}));
    approve(story.supervisor2);
    EXPECT_EQ(clock("st.meeting").rule.extensions.size(), 2u);
}

TEST_F(Asked, ThirdExtensionNeedsTheLeader) {
    in_team();
    ask_time("1 W");
    approve(story.supervisor);
    ask_time("1 W");
    approve(story.supervisor2);
    ask_time("1 W");
    EXPECT_EQ(story.it().requests.back().approver.value, "leader");
    approve(story.holder("p_leader_1", {"supervisor"}));
    EXPECT_EQ(clock("st.meeting").rule.extensions.size(), 3u);
}

TEST_F(Asked, RejectionDoesNotCountTowardsTheHigherApprover) {
    in_team();
    ask_time("1 W");
    story.does(story.supervisor, "reject_request", answer_json());
    ask_time("1 W");
    EXPECT_EQ(story.it().requests.back().approver.value, "supervisor");
}

TEST_F(Asked, LimitOfTimesIsNamed) {
    in_team();
    rule("stage_extension").most = 1;
    ask_time("1 W");
    approve(story.supervisor);
    story.refused("request.most", story.mediator, "request_stage_extension", extension_json("1 W"));
    EXPECT_EQ(story.refusal.reasons[0].args[1].second, "1");
}

TEST_F(Asked, LimitOfLengthIsForAllExtensionsTogether) {
    in_team();
    rule("stage_extension").total = engine::time::Budget{3, engine::time::Unit::working_days};
    story.refused("request.total", story.mediator, "request_stage_extension",
                  extension_json("4 W"));
    ask_time("2 W");
    approve(story.supervisor);
    story.refused("request.total", story.mediator, "request_stage_extension",
                  extension_json("2 W"));
    ask_time("1 W");  // exactly the limit
    approve(story.supervisor2);
    EXPECT_EQ(due("st.meeting"), "2026-03-11T00:00");  // 2 W + 3 W from Mar 3
}

TEST_F(Asked, SuspensionsTogetherHaveALimitToo) {
    in_team();
    rule("suspension").total = engine::time::Budget{10, engine::time::Unit::natural_days};
    suspend("2026-03-10");  // eight of the ten
    story.does(story.mediator, "resume");
    story.when("2026-03-04 10:00");
    story.refused("request.total", story.mediator, "request_suspension",
                  R"({"reason": "等待总部", "until": "2026-03-09", "kind": "suspend"})");
    ask_suspension("2026-03-05");
}

TEST_F(Asked, ShelvingIsASuspensionLikeAnyOther) {
    in_team();
    ask_suspension("2026-03-10", "shelve");
    story.expect_state("running", "clock");
    approve(story.supervisor);
    story.expect_state("suspended", "clock");
    EXPECT_EQ(clock("st.meeting").ledger.back().reason, "shelve");
    story.expect_due("sus.until", "2026-03-10 24:00");
}

TEST_F(Asked, EvidenceIsAskedForWhereTheRuleSaysSo) {
    in_team();
    rule("stage_extension").evidence = true;
    story.refused("request.evidence", story.mediator, "request_stage_extension",
                  extension_json("1 W"));
    story.does(
        story.mediator, "request_stage_extension",
        R"({"reason": "总部尚未答复", "evidence": "doc-1", "clock": "st.meeting", "budget": "1 W"})");
    EXPECT_EQ(story.it().requests.back().evidence, "doc-1");
}

// An extension of a date used to be granted and to change nothing.
TEST_F(Asked, EndOfASuspensionIsADateAndIsNotExtended) {
    in_team();
    suspend("2026-03-10");
    story.refused("payload.reference", story.mediator, "request_stage_extension",
                  extension_json("1 W", "sus.until"));
}

TEST_F(Asked, LegalPeriodIsNotOursToExtend) {
    file(4);
    story.taken_and_verified();
    story.does(story.duty, "apply_mediation",
               R"({"mediator_kind": "enterprise_committee", "body": "示例物流调解委员会",
                   "received_at": "2026-03-03T10:00:00+08:00", "by": "workers",
                   "form": "written", "requests": ["岗位"]})");
    story.refused("payload.reference", story.duty, "request_stage_extension",
                  extension_json("5 N", "med.arb_right"));
}

TEST_F(Asked, ReasonIsNeverBlank) {
    in_team();
    EXPECT_FALSE(story.act(story.mediator, "request_stage_extension",
                           {{"reason", ""}, {"clock", "st.meeting"}, {"budget", "1 W"}}));
    EXPECT_EQ(story.refusal.kind, engine::model::Refusal::Kind::invalid_payload);
}

TEST_F(Asked, LateApproverHasRefusedAndTheSecondLevelIsTold) {
    in_team();
    ask_time("1 W");
    answer_time_passes();
    EXPECT_EQ(state(), RequestState::lapsed);
    EXPECT_EQ(clock("st.meeting").rule.extensions.size(), 0u);
    EXPECT_EQ(times("request_answered", "post:lead_mediator"), 1u);
    EXPECT_EQ(times("request_lapsed", "post:supervisor2"), 1u);
}

TEST_F(Asked, HigherApproverIsAskedOnceWithAClockOfItsOwn) {
    file(12);
    story.does(story.duty, "acknowledge");
    rule("stage_extension").on_expiry = "escalate";
    story.does(story.duty, "request_stage_extension", extension_json("1 W", "st.verify"));
    const auto first = clock("st.answer", last_request()).due.at;
    answer_time_passes();
    EXPECT_EQ(state(), RequestState::pending);
    EXPECT_EQ(story.it().requests.back().approver.value, "supervisor2");
    EXPECT_GT(clock("st.answer", last_request()).due.at, first);
    EXPECT_EQ(times("request_made", "post:supervisor2"), 1u);
    approve(story.supervisor2);
    EXPECT_EQ(clock("st.verify").rule.extensions.size(), 1u);
}

TEST_F(Asked, SilenceGrantsAnExtensionOnlyWhereTheRuleSaysSo) {
    file(12);
    story.does(story.duty, "acknowledge");
    rule("stage_extension").on_expiry = "approve";
    story.does(story.duty, "request_stage_extension", extension_json("5 W", "st.verify"));
    answer_time_passes();
    EXPECT_EQ(state(), RequestState::approved);
    EXPECT_EQ(clock("st.verify").rule.extensions.size(), 1u);
    EXPECT_TRUE(story.recorded("request_unanswered", "answer", "approved"));
}

// I11: whatever a policy says, no grade falls because nobody answered.
TEST_F(Asked, SilenceNeverLowersAGrade) {
    file(12);
    story.does(story.duty, "acknowledge");
    rule("lower_grade").on_expiry = "approve";
    story.does(story.duty, "request_lower_grade", R"({"to": "blue", "reason": "已平息"})");
    EXPECT_EQ(state(), RequestState::pending);
    answer_time_passes();
    EXPECT_EQ(state(), RequestState::lapsed);
    story.expect_grade("yellow");
}

TEST_F(Asked, RiseVoidsTheLoweringThatWaits) {
    file(12);
    story.does(story.duty, "acknowledge");
    story.does(story.duty, "request_lower_grade", R"({"to": "blue", "reason": "已平息"})");
    story.does(story.duty, "raise_grade", R"({"to": "orange", "reason": "又有聚集"})");
    EXPECT_EQ(state(), RequestState::void_);
    story.expect_grade("orange");
}

TEST_F(Asked, EndOfTheCaseEndsWhatWasAsked) {
    file(3);
    story.taken_and_verified();
    story.does(story.duty, "request_stage_extension", extension_json("1 W", "st.coordinate"));
    story.does(story.duty, "refer", R"({"to": "court", "purpose": "decide", "scope": "whole"})");
    EXPECT_EQ(state(), RequestState::lapsed);
    EXPECT_FALSE(clock("st.answer", last_request()).open());
}

}  // namespace
}  // namespace jinqiao::tests
