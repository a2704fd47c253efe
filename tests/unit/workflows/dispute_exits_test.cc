// Parts, suspension and exits: dispute-machine.md 3.1 to 3.3.
#include <gtest/gtest.h>

#include "tests/unit/workflows/dispute_interplay.h"

namespace jinqiao::workflows::dispute {

// --- 3.1
// ------------------------------------------------------------------------------------------

TEST_F(Interplay, OneOfManyGoesToArbitrationAndTheOthersGoOn) {
    const auto id = file(120);
    coordinate("team", true);
    const auto regions = story.it().regions;
    story.does(story.duty, "party_went_to_arbitration", R"({"by": "workers"})");
    EXPECT_EQ(story.it().regions, regions);  // I17
    EXPECT_EQ(workers(id), 119);
    const auto& child = story.kase(id + "-c1");
    EXPECT_EQ(workers(child.id.value), 1);
    EXPECT_EQ(child.state_of("pipeline"), "referred");
    EXPECT_EQ(child.state_of("process"), "not_required");
    EXPECT_FALSE(child.open);
    EXPECT_NE(child.clock("arb.accept"), nullptr);
    EXPECT_EQ(child.links.front().kind, "parent");
    EXPECT_TRUE(data().collective);  // it stays so
}

TEST_F(Interplay, PartsOfEachExitBeginWhereTheyShould) {
    const auto id = file(20);
    coordinate("committee", true);
    story.does(story.duty, "party_refused", R"({"by": "workers", "scope": "part", "workers": 2})");
    story.does(story.duty, "withdraw", R"({"by": "workers", "scope": "part", "workers": 3})");
    story.does(story.duty, "split_individual",
               R"({"workers": 4, "demands": ["d1"], "at_tier": "team"})");
    EXPECT_EQ(story.kase(id + "-c1").state_of("pipeline"), "verifying");
    EXPECT_EQ(story.kase(id + "-c2").state_of("pipeline"), "withdrawn");
    EXPECT_EQ(story.kase(id + "-c3").state_of("pipeline"), "team");
    EXPECT_EQ(workers(id), 11);
    EXPECT_EQ(data().demands.front().answer, "moved");
    for (const char* child : {"-c1", "-c3"})
        EXPECT_TRUE(
            engine::kernel::lacking(story.kase(id + child), story.directory, story.now).empty())
            << child;
}

TEST_F(Interplay, AsManyWorkersAsTheCaseHasIsTheWholeCase) {
    file(5);
    coordinate();
    story.does(story.duty, "party_went_to_arbitration",
               R"({"by": "workers", "scope": "part", "workers": 5})");
    story.expect_state("referred");
}

// --- 3.2
// ------------------------------------------------------------------------------------------

class Suspended : public Interplay {
  protected:
    void SetUp() override {
        Interplay::SetUp();
        file(12);
        coordinate();
        story.does(story.duty, "request_suspension",
                   R"({"reason": "x", "until": "2026-03-10", "kind": "shelve"})");
        approve(story.supervisor);
        story.expect_state("suspended", "clock");
    }
};

TEST_F(Suspended, StopsOurClocksAndEndsByItself) {
    EXPECT_EQ(story.it().clock("st.meeting")->state, engine::model::ClockState::suspended);
    story.expect_due("sus.until", "2026-03-10 24:00");
    EXPECT_TRUE(story.lacking().empty());
    story.when("2026-03-11 00:00");
    story.expect_state("running", "clock");
    EXPECT_EQ(story.it().clock("st.meeting")->state, engine::model::ClockState::running);
    // Nine midnights later: 2 W from Mar 2, of which none had passed.
    story.expect_due("st.meeting", "2026-03-12 24:00");
}

TEST_F(Suspended, AnyMoveResumesFirst) {
    story.does(story.duty, "change_tier", R"({"to": "team", "reason": "x"})");
    story.expect_state("running", "clock");
    EXPECT_FALSE(story.it().clock("sus.until")->open());
}

TEST_F(Suspended, SoDoLossOfCalmAndSpread) {
    story.does(story.duty, "update_facts", R"({"event": {"behaviours": ["stoppage"]}})");
    story.expect_state("running", "clock");
}

TEST_F(Suspended, SoDoesRed) {
    story.does(story.duty, "raise_grade", R"({"to": "red", "reason": "x"})");
    story.expect_state("running", "clock");
}

TEST_F(Suspended, ASecondTimeIsForTheNextLevel) {
    story.does(story.duty, "resume");
    story.does(story.duty, "request_suspension",
               R"({"reason": "x", "until": "2026-03-10", "kind": "suspend"})");
    EXPECT_EQ(story.it().requests.back().approver.value, "supervisor2");
    story.refused("payload.reference", story.supervisor2, "approve_request",
                  R"({"request": "no such", "reason": "x"})");
    approve(story.supervisor2);
    story.expect_state("suspended", "clock");
}

// --- 3.3
// ------------------------------------------------------------------------------------------

TEST_F(Interplay, RefusingMediationEndsItAndAsksWhatComesNext) {
    file();
    coordinate();
    mediate();
    story.does(story.duty, "party_refused", R"({"by": "employer"})");
    story.expect_state("ended", "mediation");
    story.expect_state("committee");
    story.expect_open("st.end_notice");
    story.expect_open("st.next");
    EXPECT_EQ(data().applications.back().outcome, "refused");
    EXPECT_TRUE(story.recorded("limitation_reset", "reason", "mediation_refused"));
    story.does(story.mediator, "serve_end_notice",
               R"({"served": [{"side": "employer", "at": "2026-03-02T09:00:00+08:00"},
                              {"side": "workers", "at": "2026-03-02T09:00:00+08:00"}],
                   "doc": "doc-notice"})");
    story.expect_no("st.end_notice");
}

TEST_F(Interplay, RefusingToNegotiateLeavesTheMediationAsItIs) {
    file();
    coordinate();
    mediate();
    story.does(story.duty, "party_refused", R"({"by": "employer", "of": "negotiation"})");
    story.expect_state("open", "mediation");
    story.expect_open("st.next");
}

TEST_F(Interplay, RefusingToSignGoesBackToTheTier) {
    file();
    coordinate();
    story.does(story.mediator, "record_session",
               R"({"kind": "talk", "present": [{"side": "employer"}],
                   "heard": ["employer", "workers"], "result": "x"})");
    story.does(story.mediator, "propose_agreement",
               R"({"kind": "settlement", "text": "doc",
                   "outcomes": {"enterprise": "a", "workers": "b"},
                   "balance": {"lawful": "a", "humane": "b", "fair": "c"}})");
    story.does(story.duty, "party_refused", R"({"by": "workers"})");
    story.expect_state("committee");
    EXPECT_EQ(data().agreement(), nullptr);
    // The text that failed is not taken up again without hearing both sides.
    story.when("2026-03-02 10:00");
    story.refused("G.heard", story.mediator, "propose_agreement",
                  R"({"kind": "settlement", "text": "doc",
                      "outcomes": {"enterprise": "a", "workers": "b"},
                      "balance": {"lawful": "a", "humane": "b", "fair": "c"}})");
}

TEST_F(Interplay, RefusingToPerformWhatBindsIsABreach) {
    file();
    coordinate();
    agree("settlement");
    story.does(story.duty, "party_refused", R"({"by": "employer"})");
    story.expect_state("performing");
    EXPECT_EQ(data().agreement()->breaches.back().kind, "announced");
    story.expect_open("st.next");
}

TEST_F(Interplay, AnAgreementBindsUntilTheClaimantWaivesInWriting) {
    file();
    coordinate();
    agree("settlement");
    story.does(story.duty, "withdraw", R"({"by": "workers"})");
    story.expect_state("performing");
    EXPECT_TRUE(story.it().open);
    story.does(story.duty, "withdraw", R"({"by": "workers", "waiver": "doc-waiver"})");
    story.expect_state("withdrawn");
    story.expect_open("rep.final");
}

TEST_F(Interplay, WithdrawingForManyTakesAMandate) {
    file(20);
    coordinate("committee", true);
    story.does(story.duty, "withdraw", R"({"by": "workers", "scope": "whole"})");
    story.expect_state("watching");
    EXPECT_FALSE(data().exit_pending.has_value());
    story.expect_open("st.next");
}

TEST_F(Interplay, AnUnverifiedCaseEndsOnceItsFactsAreConfirmed) {
    file();
    story.does(story.duty, "acknowledge");
    story.does(story.duty, "party_went_to_arbitration", R"({"by": "workers"})");
    story.expect_state("verifying");
    EXPECT_TRUE(data().exit_pending.has_value());
    story.does(story.duty, "update_facts", R"({"certainty": "seen"})");
    story.does(story.duty, "confirm_facts",
               R"({"types": ["pay_cut"], "collective": false, "in_scope": true,
                   "rights_claim": true})");
    story.expect_state("referred");
    EXPECT_FALSE(data().exit_pending.has_value());
}

}  // namespace jinqiao::workflows::dispute
