// Confirmation, breach, reopening, merging, lowering: dispute-machine.md 3.4 to 3.8.
#include <gtest/gtest.h>

#include "tests/unit/workflows/dispute_interplay.h"

namespace jinqiao::workflows::dispute {

using tests::shanghai;

// --- 3.4, 3.5
// -------------------------------------------------------------------------------------

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

// --- 3.6
// ------------------------------------------------------------------------------------------

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

// --- 3.7
// ------------------------------------------------------------------------------------------

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
    story.refused("G.merge", story.duty, "merge_into",
                  merge(target));  // collective into individual
    story.refused("G.merge", story.duty, "merge_into", merge(source));
    story.refused("G.merge", story.duty, "merge_into", merge("no such case"));
    story.about(target);
    story.does(story.duty, "merge_into", merge(source));
    EXPECT_EQ(story.kase(source).state_of("process"), "congress");
}

// --- 3.8, containment, process
// --------------------------------------------------------------------

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

// --- other cases of the enterprise
// ----------------------------------------------------------------

class Earlier : public Interplay {
  protected:
    engine::kernel::EarlierCase before;

    void SetUp() override {
        Interplay::SetUp();
        before.id = model::CaseId{file(5)};
        before.filed_at = story.now;
        before.open = true;
        before.cause = "wage_arrears";
        before.workers = 5;
        const auto others = story.more_facts;
        story.more_facts = [this, others](const auto& command, auto& facts) {
            others(command, facts);
            if (command.name == "file") facts.earlier = {before};
        };
    }
};

TEST_F(Earlier, ASecondIncidentWithinAYearIsAGradeHigherAndTheOpenOneIsTold) {
    file(3);
    story.expect_grade("yellow");
    EXPECT_TRUE(data().second_incident);
    story.about(before.id.value);
    EXPECT_EQ(data().findings.back().code, "second_incident");
    EXPECT_FALSE(story.told("second_incident").empty());
    EXPECT_TRUE(story.told("common_claim_detected").empty());
}

TEST_F(Earlier, IndividualCasesThatAddUpToTenAreShownToTheOwners) {
    file(5);
    EXPECT_FALSE(story.told("common_claim_detected").empty());
    EXPECT_FALSE(data().collective);  // a person decides
}

TEST_F(Earlier, ChildrenExercisesAndLastYearDoNotCount) {
    before.child = true;
    file(3);
    EXPECT_FALSE(data().second_incident);
    before.child = false;
    before.exercise = true;
    file(3);
    EXPECT_FALSE(data().second_incident);
    before.exercise = false;
    before.filed_at = shanghai("2025-03-01 09:00");
    file(3);
    EXPECT_FALSE(data().second_incident);
    story.expect_grade("blue");
}

// --- notes
// ----------------------------------------------------------------------------------------

TEST_F(Interplay, PrivateNotesStayApart) {
    file();
    story.does(story.duty, "add_note", R"({"text": "公开"})");
    story.does(story.duty, "add_note", R"({"text": "私密", "private": true})");
    EXPECT_EQ(data().notes.size(), 1U);
    EXPECT_EQ(data().private_notes.front().text, "私密");
}

}  // namespace jinqiao::workflows::dispute
