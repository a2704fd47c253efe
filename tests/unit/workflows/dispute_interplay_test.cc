// Where regions, cases and people touch each other: dispute-machine.md section 3.
#include <gtest/gtest.h>

#include "tests/support/dispute_story.h"
#include "workflows/dispute/alert.h"
#include "workflows/dispute/step.h"

namespace jinqiao::workflows::dispute {

namespace {

using tests::DisputeStory;
using tests::shanghai;

class Interplay : public ::testing::Test {
  protected:
    DisputeStory story;
    void SetUp() override { story.at("2026-03-02 09:00"); }

    std::string file(int workers = 5, const std::string& more = "") {
        return story.filed(R"({"enterprise": {"name": "甲", "id": "e_demo", "staff": 1000},
            "event": {"cause": "wage_arrears", "workers_involved": )" +
                           std::to_string(workers) +
                           R"(, "demands": ["pay_arrears"],
                      "noticed_at": "2026-03-02T08:30:00+08:00")" +
                           more + "}}");
    }
    void coordinate(const char* tier = "committee", bool collective = false) {
        story.taken_and_verified(collective);
        story.does(story.duty, "attach_plan", R"({"plan": "our-own"})");
        story.does(story.duty, "open_coordination",
                   std::string(R"({"tier": ")") + tier + R"("})");
    }
    void mediate(const char* kind = "enterprise_committee", const char* body = "x") {
        story.does(story.duty, "apply_mediation",
                   std::string(R"({"mediator_kind": ")") + kind + R"(", "body": ")" + body +
                       R"(", "received_at": "2026-03-02T09:00:00+08:00", "by": "both",
                           "form": "written", "requests": ["x"]})");
        story.does(story.mediator, "accept_mediation",
                   R"({"mediator": "p_mediator_1", "no_tie": true,
                       "accepted_at": "2026-03-02T09:00:00+08:00"})");
    }
    void agree(const char* kind = "mediation") {
        story.does(story.mediator, "record_session",
                   R"({"kind": "talk", "present": [{"side": "employer"}],
                       "heard": ["employer", "workers"], "result": "x"})");
        story.does(story.mediator, "propose_agreement",
                   std::string(R"({"kind": ")") + kind + R"(", "text": "doc",
                       "outcomes": {"enterprise": "a", "workers": "b"},
                       "balance": {"lawful": "a", "humane": "b", "fair": "c"}})");
        story.does(story.mediator, "sign_agreement",
                   R"({"signed_at": "2026-03-02T09:00:00+08:00", "mandate": "doc-mandate",
                       "signatures": {"employer": true, "workers": true, "mediator": true,
                                      "seal": true},
                       "instalments": [{"no": 1, "due": "2026-03-20", "amount": 100}]})");
    }
    Data data() { return read_data(story.it().data); }
    std::int64_t workers(const std::string& id) {
        return read_alert(read_data(story.kase(id).data)).workers();
    }
    std::string approve(const engine::model::Actor& by) {
        const auto id = story.it().requests.back().id.value;
        story.does(by, "approve_request", R"({"request": ")" + id + R"(", "reason": "同意"})");
        return id;
    }
};

}  // namespace

// --- 3.1 ------------------------------------------------------------------------------------------

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

// --- 3.2 ------------------------------------------------------------------------------------------

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

// --- 3.3 ------------------------------------------------------------------------------------------

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

// --- 3.4, 3.5 -------------------------------------------------------------------------------------

TEST_F(Interplay, WindowsOfConfirmationByKindOfBody) {
    file();
    coordinate();
    mediate("court_invited", "court_invited");
    story.expect_open("med.court");
    agree();
    EXPECT_EQ(story.it().clock("agr.arb_review"), nullptr);
    story.expect_open("agr.judicial_confirm");
    story.refused("G.route", story.mediator, "apply_confirmation",
                  R"({"route": "arb_review", "applied_at": "2026-03-02T09:00:00+08:00",
                      "joint": true, "doc": "doc"})");
}

TEST_F(Interplay, AWindowThatIsOverIsClosedAndTold) {
    file();
    coordinate();
    mediate();
    agree();
    story.when("2026-03-18 09:00");
    story.expect_end_of("agr.arb_review", "over");
    EXPECT_FALSE(story.told("route_closed").empty());
    story.expect_open("agr.judicial_confirm");
}

TEST_F(Interplay, WhatIsFoundVoidIsSignedAnew) {
    file();
    coordinate();
    mediate();
    agree();
    story.does(story.mediator, "apply_confirmation",
               R"({"route": "arb_review", "applied_at": "2026-03-02T09:00:00+08:00",
                   "joint": true, "doc": "doc"})");
    story.does(story.mediator, "record_confirmation",
               R"({"result": "void", "at": "2026-03-02T09:00:00+08:00", "doc": "doc"})");
    story.expect_state("agreement");
    EXPECT_FALSE(data().agreement()->effective_at.has_value());
    story.expect_no("agr.perform");
    story.expect_open("st.sign");
    story.refused("G.effective", story.mediator, "start_performance", R"({"reason": "x"})");
}

TEST_F(Interplay, ABreachIsCuredByProof) {
    file();
    coordinate();
    agree("settlement");
    story.does(story.mediator, "start_performance", R"({"reason": "x"})");
    story.when("2026-03-21 00:00");
    EXPECT_EQ(data().agreement()->breaches.back().kind, "suspected");
    EXPECT_EQ(data().agreement()->breaches.back().at, shanghai("2026-03-20 24:00"));
    story.refused("G.performed", story.mediator, "complete_performance",
                  R"({"at": "2026-03-21T00:00:00+08:00"})");
    story.does(story.duty, "cure_breach", R"({"proof": "doc-proof"})");
    EXPECT_FALSE(data().agreement()->breached());
    story.expect_end_of("st.next", "cured");
    story.does(story.mediator, "complete_performance", R"({"at": "2026-03-21T00:00:00+08:00"})");
}

// --- 3.6 ------------------------------------------------------------------------------------------

TEST_F(Interplay, ReopeningKeepsLegalDuesAndStartsStageClocksAnew) {
    file();
    coordinate();
    mediate();
    agree();
    const auto due = story.it().clock("agr.perform", "1")->due.at;
    story.does(story.duty, "party_went_to_arbitration", R"({"by": "workers"})");
    story.expect_state("referred");
    story.expect_end_of("agr.perform", "ended");
    const auto number = story.it().number;

    story.when("2026-03-10 09:00");
    story.does(story.duty, "reopen", R"({"cause": "breach", "reason": "不履行"})");
    story.expect_state("performing");
    EXPECT_TRUE(story.it().open);
    EXPECT_EQ(story.it().number, number);
    EXPECT_EQ(story.it().epoch, 1);
    EXPECT_EQ(story.it().clock("agr.perform", "1")->due.at, due);  // I27
    story.expect_open("st.next");
    story.expect_state("ended", "mediation");
    story.expect_no("rep.final");
}

TEST_F(Interplay, NewFactsAreVerifiedAnew) {
    file();
    coordinate();
    story.does(story.duty, "party_went_to_arbitration", R"({"by": "workers"})");
    story.when("2026-03-10 09:00");
    story.does(story.duty, "reopen", R"({"cause": "new_facts", "reason": "x"})");
    story.expect_state("verifying");
    story.expect_due("st.verify", "2026-03-13 24:00");
    story.refused("G.facts", story.duty, "open_coordination", R"({"tier": "committee"})");
}

TEST_F(Interplay, SentBackGoesToTheLastTierAndTheWindowCloses) {
    file();
    coordinate();
    story.does(story.duty, "party_went_to_arbitration", R"({"by": "workers"})");
    story.when("2026-03-10 09:00");
    story.does(story.duty, "reopen", R"({"cause": "sent_back", "reason": "x"})");
    story.expect_state("committee");
    story.does(story.duty, "party_went_to_arbitration", R"({"by": "workers"})");
    story.when("2026-06-20 09:00");
    story.refused("G.window", story.duty, "reopen", R"({"cause": "error", "reason": "x"})");
}

// --- 3.7 ------------------------------------------------------------------------------------------

TEST_F(Interplay, AMergeMovesTheApplicationAndItsDuesAndUnmergeBringsThemBack) {
    const auto target = file(5);
    coordinate();
    const auto source = file(3);
    coordinate();
    mediate();
    const auto due = story.it().clock("med.arb_right")->due.at;
    story.does(story.duty, "merge_into",
               R"({"target": ")" + target + R"(", "overlap": 1, "reason": "同一争议"})");
    story.expect_state("merged");
    story.expect_state("none", "mediation");

    story.about(target);
    story.expect_state("open", "mediation");
    story.expect_owner("duty_desk");
    EXPECT_EQ(workers(target), 7);
    EXPECT_EQ(data().demands.size(), 2U);
    EXPECT_EQ(story.it().clock("med.arb_right")->due.at, due);
    EXPECT_EQ(data().applications.back().from_case, source);

    story.about(source);
    story.when("2026-03-04 09:00");
    story.does(story.supervisor, "unmerge", R"({"reason": "误并"})");
    story.expect_state("committee");
    story.expect_state("open", "mediation");
    EXPECT_TRUE(story.it().clock("med.arb_right")->open());
    EXPECT_EQ(story.it().clock("med.arb_right")->due.at, due);
    story.about(target);
    story.expect_state("none", "mediation");
    story.expect_no("med.arb_right");
    EXPECT_EQ(workers(target), 5);
}

TEST_F(Interplay, WhatMayNotBeMerged) {
    const auto target = file(5);
    coordinate();
    const auto source = file(20);
    coordinate("committee", true);
    const auto merge = [](const std::string& id) {
        return R"({"target": ")" + id + R"(", "overlap": 0, "reason": "x"})";
    };
    story.refused("G.merge", story.duty, "merge_into", merge(target));  // collective into individual
    story.refused("G.merge", story.duty, "merge_into", merge(source));
    story.refused("G.merge", story.duty, "merge_into", merge("no such case"));
    story.about(target);
    story.does(story.duty, "merge_into", merge(source));
    EXPECT_EQ(story.kase(source).state_of("process"), "congress");
}

// --- 3.8, containment, process --------------------------------------------------------------------

TEST_F(Interplay, ARiseVoidsARequestToLower) {
    file(60);
    coordinate("team");
    story.does(story.duty, "raise_grade", R"({"to": "red", "reason": "x"})");
    story.does(story.duty, "request_lower_grade", R"({"to": "orange", "reason": "x"})");
    const auto id = story.it().requests.back().id.value;
    story.does(story.duty, "update_facts", R"({"event": {"injured": 1}})");
    story.expect_grade("red");
    EXPECT_FALSE(story.act(story.duty, "approve_request",
                           tests::payload(R"({"request": ")" + id + R"(", "reason": "x"})")));
    approve(story.supervisor);
    story.expect_grade("orange");
}

TEST_F(Interplay, SpreadIsRedUntilContainedByTwo) {
    file(12);
    coordinate();
    story.does(story.duty, "report_spread",
               R"({"kind": "place", "where": "市政府", "seen_at": "2026-03-02T09:00:00+08:00"})");
    story.expect_state("spread", "containment");
    story.expect_grade("red");
    EXPECT_EQ(story.it().offer->to.value, "lead_department");
    story.expect_open("st.next");
    story.refused("G.two", story.duty, "report_contained", R"({"evidence": "x"})");
    story.refused("G.floor", story.duty, "request_lower_grade", R"({"to": "blue", "reason": "x"})");
    story.does(story.duty, "request_approval",
               R"({"for": "report_contained", "reason": "x", "payload": {"evidence": "x"}})");
    approve(story.supervisor);
    story.expect_state("inside", "containment");
    EXPECT_TRUE(data().ever_spread);
    story.expect_grade("red");  // no rule lowers
}

TEST_F(Interplay, BecomingCollectiveOpensTheThreeSteps) {
    file(8);
    story.does(story.duty, "acknowledge");
    story.does(story.duty, "update_facts", R"({"certainty": "seen"})");
    story.does(story.duty, "confirm_facts",
               R"({"types": ["pay_cut"], "collective": false, "common_claim": "工资",
                   "in_scope": true, "rights_claim": true})");
    story.expect_state("not_required", "process");
    story.does(story.duty, "update_facts", R"({"event": {"workers_involved": 10}})");
    story.expect_state("congress", "process");
    story.does(story.duty, "update_facts", R"({"event": {"workers_involved": 4}})");
    story.expect_state("congress", "process");
}

TEST_F(Interplay, AskedForTimeIsAddedToTheBudget) {
    file(12);
    coordinate();
    story.expect_due("st.meeting", "2026-03-04 24:00");
    story.refused("payload.reference", story.duty, "request_stage_extension",
                  R"({"clock": "st.meeting", "budget": "3 h", "reason": "x"})");
    story.does(story.duty, "request_stage_extension",
               R"({"clock": "st.meeting", "budget": "1 W", "reason": "x"})");
    approve(story.supervisor);
    story.expect_due("st.meeting", "2026-03-05 24:00");
}

TEST_F(Interplay, ARequestNobodyAnswersIsRefused) {
    file(12);
    coordinate();
    story.does(story.duty, "request_suspension",
               R"({"reason": "x", "until": "2026-03-10", "kind": "suspend"})");
    story.expect_due("st.answer", "2026-03-03 24:00");
    story.when("2026-03-04 00:00");
    EXPECT_EQ(story.it().requests.back().state, engine::model::RequestState::lapsed);
    story.expect_state("running", "clock");
    EXPECT_FALSE(story.told("request_lapsed").empty());
}

TEST_F(Interplay, PrivateNotesStayApart) {
    file();
    story.does(story.duty, "add_note", R"({"text": "公开"})");
    story.does(story.duty, "add_note", R"({"text": "私密", "private": true})");
    EXPECT_EQ(data().notes.size(), 1U);
    EXPECT_EQ(data().private_notes.front().text, "私密");
}

}  // namespace jinqiao::workflows::dispute
