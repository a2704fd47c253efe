// Each guard holds and refuses, with the argument that says what is missing.
#include <gtest/gtest.h>

#include <set>

#include "tests/support/builders.h"
#include "tests/support/dispute_story.h"
#include "workflows/dispute/guards.h"

namespace jinqiao::workflows::dispute {

namespace {

using tests::DisputeStory;

class Guards : public ::testing::Test {
  protected:
    DisputeStory story;
    void SetUp() override { story.at("2026-03-02 09:00"); }

    void file(int workers = 5, const std::string& more = "") {
        story.filed(R"({"enterprise": {"name": "甲", "id": "e_demo", "staff": 1000},
            "event": {"cause": "wage_arrears", "workers_involved": )" +
                    std::to_string(workers) + R"(, "demands": ["pay_arrears", "apology"],
                      "noticed_at": "2026-03-02T08:30:00+08:00")" +
                    more + "}}");
    }
    void coordinate(const char* tier = "committee", bool collective = false) {
        story.taken_and_verified(collective);
        story.does(story.duty, "attach_plan", R"({"plan": "plan-basic"})");
        story.does(story.duty, "open_coordination", std::string(R"({"tier": ")") + tier + R"("})");
    }
    std::string argument(const std::string& name) {
        for (const auto& reason : story.refusal.reasons)
            for (const auto& [key, value] : reason.args)
                if (key == name) return value;
        return "(none)";
    }
};

constexpr const char* session = R"({"kind": "talk", "present": [{"side": "employer"}],
    "heard": ["employer", "workers"], "result": "继续"})";
constexpr const char* settlement = R"({"kind": "settlement", "text": "doc-1",
    "outcomes": {"enterprise": "复工", "workers": "补发"},
    "balance": {"lawful": "合法", "humane": "合情", "fair": "合理"}})";

}  // namespace

TEST_F(Guards, EveryGateOfTheTableHasAnAnswerAndEveryAnswerAGate) {
    std::set<std::string> gates;
    for (const auto& row : rows())
        for (const auto& gate : row.gates) gates.insert(gate);
    std::set<std::string> answers;
    for (const auto id : guard_ids()) answers.emplace(id);
    EXPECT_EQ(gates, answers);
}

TEST_F(Guards, FactsNameWhatIsMissing) {
    file();
    story.does(story.duty, "acknowledge");
    story.refused("G.facts", story.duty, "watch", R"({"review_on": "2026-03-09", "reason": "x"})");
    EXPECT_EQ(argument("f"), "witness, types, confirm_facts");
    story.does(story.duty, "update_facts", R"({"certainty": "rumour"})");
    story.refused("G.facts", story.duty, "confirm_facts",
                  R"({"types": ["pay_cut"], "collective": false, "in_scope": true,
                      "rights_claim": false})");
    EXPECT_EQ(argument("f"), "witness");
    story.does(story.duty, "dispatch", R"({"person": "p_liaison_1"})");
    story.does(story.liaison, "arrive");
    story.does(story.liaison, "confirm_facts",
               R"({"types": ["pay_cut"], "collective": false, "in_scope": true,
                   "rights_claim": false})");
    story.does(story.duty, "watch", R"({"review_on": "2026-03-09", "reason": "x"})");
}

TEST_F(Guards, PlansOfTheRegisterMustFitTheGrade) {
    file();
    story.taken_and_verified();
    story.does(story.duty, "attach_plan", R"({"plan": "plan-joint"})");
    story.refused("G.plan", story.duty, "open_coordination", R"({"tier": "committee"})");
    EXPECT_EQ(argument("g"), "blue");
    story.does(story.duty, "attach_plan", R"({"plan": "our-own"})");
    story.does(story.duty, "open_coordination", R"({"tier": "committee"})");
}

TEST_F(Guards, TiersFollowTheGradeTheCommitteeAndTheSpread) {
    file();
    coordinate();
    story.refused("G.tier", story.duty, "change_tier", R"({"to": "joint", "reason": "x"})");
    EXPECT_EQ(argument("t"), "joint");
    story.does(story.duty, "update_facts", R"({"enterprise": {"mediation_committee": false}})");
    story.does(story.duty, "change_tier", R"({"to": "team", "reason": "没有调委会"})");
    story.does(story.duty, "report_spread",
               R"({"kind": "place", "where": "市政府", "seen_at": "2026-03-02T09:00:00+08:00"})");
    story.expect_grade("red");
    story.does(story.duty, "change_tier", R"({"to": "joint", "reason": "外溢"})");
    story.refused("G.tier", story.duty, "change_tier", R"({"to": "team", "reason": "x"})");
}

TEST_F(Guards, GoingDownATierTakesAnotherPerson) {
    file(12);
    story.expect_grade("yellow");
    coordinate("team");
    const char* down = R"({"to": "committee", "reason": "规模小"})";
    story.refused("G.two", story.duty, "change_tier", down);
    story.does(
        story.duty, "request_approval",
        std::string(R"({"for": "change_tier", "reason": "规模小", "payload": )") + down + "}");
    const auto id = story.it().requests.back().id.value;
    const auto answer = R"({"request": ")" + id + R"(", "reason": "同意"})";
    EXPECT_FALSE(story.act(story.duty, "approve_request", tests::payload(answer)));
    story.does(story.supervisor, "approve_request", answer);
    story.expect_state("committee");
}

TEST_F(Guards, OnlyARegisteredBodyOfThatKindMediates) {
    file();
    coordinate();
    const auto application = [](const std::string& kind, const std::string& body) {
        return R"({"mediator_kind": ")" + kind + R"(", "body": ")" + body +
               R"(", "received_at": "2026-03-02T09:00:00+08:00", "by": "workers",
                   "form": "written", "requests": ["x"]})";
    };
    story.refused("G.body", story.duty, "apply_mediation", application("union_body", "park_pmc"));
    EXPECT_EQ(argument("body"), "park_pmc");
    story.does(story.duty, "apply_mediation", application("union_body", "park_union"));
}

TEST_F(Guards, MediationTakesScopeBothSidesAndAnUntiedMediator) {
    file();
    story.does(story.duty, "acknowledge");
    story.does(story.duty, "update_facts", R"({"certainty": "seen"})");
    story.does(story.duty, "confirm_facts",
               R"({"types": ["pay_cut"], "collective": false, "in_scope": false,
                   "rights_claim": false})");
    story.does(story.duty, "apply_mediation",
               R"({"mediator_kind": "union_body", "body": "park_union", "by": "workers",
                   "received_at": "2026-03-02T09:00:00+08:00", "form": "offered",
                   "requests": ["x"]})");
    const char* accept =
        R"({"mediator": "p_mediator_1", "accepted_at": "2026-03-02T09:00:00+08:00"})";
    story.refused("G.consent", story.mediator, "accept_mediation", accept);
    EXPECT_EQ(argument("side"), "employer, workers");
    std::set<std::string> codes;
    for (const auto& reason : story.refusal.reasons) codes.insert(reason.code);
    EXPECT_EQ(codes, (std::set<std::string>{"G.consent", "G.scope", "G.recusal"}));
    story.does(story.duty, "watch", R"({"review_on": "2026-03-09", "reason": "x"})");
    story.refused("G.medopen", story.mediator, "record_session",
                  R"({"kind": "mediation", "present": [{"side": "workers"}], "heard": ["workers"],
                      "result": "x"})");
}

TEST_F(Guards, TheLatestAnswerToTheApplicationCounts) {
    file();
    coordinate();
    story.does(story.duty, "apply_mediation",
               R"({"mediator_kind": "union_body", "body": "park_union", "by": "workers",
                   "received_at": "2026-03-02T09:00:00+08:00", "form": "written",
                   "requests": ["x"]})");
    const auto says = [&](const char* side, const char* yes) {
        story.does(story.mediator, "record_consent",
                   std::string(R"({"side": ")") + side + R"(", "consents": )" + yes +
                       R"(, "at": "2026-03-02T09:00:00+08:00"})");
    };
    const char* accept = R"({"mediator": "p_mediator_1", "no_tie": true,
                             "accepted_at": "2026-03-02T09:00:00+08:00"})";
    says("employer", "true");
    says("workers", "false");
    story.refused("G.consent", story.mediator, "accept_mediation", accept);
    EXPECT_EQ(argument("side"), "workers");
    says("workers", "true");
    story.does(story.mediator, "accept_mediation", accept);
}

TEST_F(Guards, ACongressNeedsItsQuorumAndStepsTheirOrder) {
    file(20);
    coordinate("team", true);
    story.expect_state("congress", "process");
    story.refused("G.congress", story.duty, "hold_congress",
                  R"({"on": "2026-03-02", "form": "congress", "delegates": 30, "present": 19,
                      "topic": "x", "minutes": "doc"})");
    EXPECT_EQ(argument("present"), "19");
    story.refused("no_transition", story.duty, "elect_representatives",
                  R"({"on": "2026-03-02", "kind": "bargaining", "method": "x",
                      "workers": [{"name": "甲"}]})");
}

TEST_F(Guards, AStepIsSkippedOnlyForACauseThatFitsAndIsSo) {
    file(20);
    coordinate("team", true);
    const auto skip = [](const char* cause) {
        return std::string(R"({"reason": "x", "cause": ")") + cause + R"("})";
    };
    story.refused("G.skip", story.duty, "request_skip_step", skip("insolvent"));
    EXPECT_EQ(argument("step"), "congress");
    story.refused("G.skip", story.duty, "request_skip_step", skip("danger"));
    story.does(story.duty, "update_facts", R"({"event": {"behaviours": ["road_block"]}})");
    story.does(story.duty, "request_skip_step", skip("danger"));
}

TEST_F(Guards, RepresentativesAreEqualLedAndTheirOwn) {
    file(20);
    coordinate("team", true);
    story.does(story.duty, "hold_congress",
               R"({"on": "2026-03-02", "form": "congress", "delegates": 30, "present": 20,
                   "topic": "x", "minutes": "doc"})");
    const auto elect = [](const std::string& workers, const std::string& employer,
                          const std::string& kind = "bargaining") {
        return R"({"on": "2026-03-02", "kind": ")" + kind + R"(", "method": "x", "workers": [)" +
               workers + R"(], "employer": [)" + employer +
               R"(], "chiefs": {"workers": "甲", "employer": "丁"}})";
    };
    const std::string ours = R"({"name": "甲"}, {"name": "乙"}, {"name": "丙"})";
    const std::string theirs = R"({"name": "丁"}, {"name": "戊"}, {"name": "己"})";
    const auto refused = [&](const std::string& payload) {
        story.refused("G.reps", story.duty, "elect_representatives", payload);
    };
    refused(elect(R"({"name": "甲"}, {"name": "乙"})", R"({"name": "丁"}, {"name": "戊"})"));
    refused(elect(ours + R"(, {"name": "庚"})", theirs));
    refused(elect(ours, R"({"name": "丁"}, {"name": "戊"}, {"name": "甲"})"));
    refused(elect(R"({"name": "甲", "outside": true}, {"name": "乙"}, {"name": "丙"})", theirs));
    refused(elect(R"({"name": "甲"}, {"name": "乙", "outside": true},
                     {"name": "丙", "outside": true})",
                  theirs));
    refused(elect(ours, theirs, "dispute"));
    story.does(story.duty, "elect_representatives", elect(ours, theirs));
}

TEST_F(Guards, NamesThatWereTakenOutAreToldApartByTheirDigest) {
    file(20);
    coordinate("team", true);
    story.does(story.duty, "hold_congress",
               R"({"on": "2026-03-02", "form": "congress", "delegates": 30, "present": 20,
                   "topic": "x", "minutes": "doc"})");
    const auto name = [](const char* digest) {
        return std::string(R"({"name": {"ref": "p-1", "digest": ")") + digest + R"("}})";
    };
    const std::string ours = name("a") + "," + name("b") + "," + name("c");
    const std::string chiefs = R"("chiefs": {"workers": {"ref": "p-2", "digest": "a"},
                                            "employer": {"ref": "p-3", "digest": "d"}})";
    const std::string head = R"({"on": "2026-03-02", "kind": "bargaining", "method": "x", )";
    story.refused(
        "G.reps", story.duty, "elect_representatives",
        head + R"("workers": [)" + ours + R"(], "employer": [)" + ours + "], " + chiefs + "}");
    story.does(story.duty, "elect_representatives",
               head + R"("workers": [)" + ours + R"(], "employer": [)" + name("d") + "," +
                   name("e") + "," + name("f") + "], " + chiefs + "}");
}

TEST_F(Guards, BargainingNeedsTheThreeSufficiencies) {
    file(20);
    coordinate("team", true);
    story.does(story.duty, "hold_congress",
               R"({"on": "2026-03-02", "form": "congress", "delegates": 3, "present": 2,
                   "topic": "x", "minutes": "doc"})");
    story.does(story.duty, "elect_representatives",
               R"({"on": "2026-03-02", "kind": "bargaining", "method": "x",
                   "workers": [{"name": "甲"}, {"name": "乙"}, {"name": "丙"}],
                   "employer": [{"name": "丁"}, {"name": "戊"}, {"name": "己"}],
                   "chiefs": {"workers": "甲", "employer": "丁"}})");
    story.does(story.duty, "complete_check",
               R"({"which": "law", "by": "p_duty_1", "findings": "x"})");
    story.refused("G.sufficient", story.duty, "record_bargaining",
                  R"({"on": "2026-03-02", "minutes": "doc"})");
    EXPECT_EQ(argument("c"), "facts, individual");
    for (const char* which : {"facts", "individual"})
        story.does(
            story.duty, "complete_check",
            std::string(R"({"which": ")") + which + R"(", "by": "p_duty_1", "findings": "x"})");
    const auto vote = [](int present, int in_favour) {
        return R"({"text": "doc", "form": "congress", "members": 30, "on": "2026-03-02", "present": )" +
               std::to_string(present) + R"(, "for": )" + std::to_string(in_favour) + "}";
    };
    story.refused("G.vote", story.duty, "reach_agreement", vote(19, 19));
    story.refused("G.vote", story.duty, "reach_agreement", vote(20, 14));
    story.does(story.duty, "reach_agreement", vote(20, 15));
    story.expect_state("agreed", "process");
}

TEST_F(Guards, ATextNeedsBothSidesHeardAndNothingForbidden) {
    file();
    coordinate();
    story.refused("G.heard", story.mediator, "propose_agreement", settlement);
    EXPECT_EQ(argument("side"), "employer, workers");
    story.does(story.mediator, "record_session", session);
    story.refused("G.balance", story.mediator, "propose_agreement",
                  R"({"kind": "settlement", "text": "doc",
                      "outcomes": {"enterprise": "a", "workers": "b"},
                      "balance": {"lawful": "职工自愿放弃社会保险", "humane": "x", "fair": "x"}})");
    EXPECT_EQ(argument("x"), "放弃社会保险");
    story.does(story.mediator, "propose_agreement", settlement);
    story.refused("G.effective", story.mediator, "start_performance", R"({"reason": "x"})");
    story.refused("G.signed", story.mediator, "sign_agreement",
                  R"({"signed_at": "2026-03-02T09:00:00+08:00", "signatures": {"workers": true},
                      "instalments": [{"no": 1, "due": "2026-03-20", "amount": 1}]})");
    EXPECT_EQ(argument("x"), "employer");
}

TEST_F(Guards, ASettlementHasNoRouteToConfirmation) {
    file();
    coordinate();
    story.does(story.mediator, "record_session", session);
    story.does(story.mediator, "propose_agreement", settlement);
    story.does(story.mediator, "sign_agreement",
               R"({"signed_at": "2026-03-02T09:00:00+08:00",
                   "signatures": {"workers": true, "employer": true},
                   "instalments": [{"no": 1, "due": "2026-03-20", "amount": 1}]})");
    story.refused("G.route", story.mediator, "apply_confirmation",
                  R"({"route": "arb_review", "applied_at": "2026-03-02T09:00:00+08:00",
                      "joint": true, "doc": "doc"})");
    EXPECT_EQ(argument("why"), "kind");
}

TEST_F(Guards, WhoFiledMayNotDismiss) {
    story.enterprise_union.person = story.duty.person;
    file();
    story.taken_and_verified();
    story.refused("G.notfiler", story.duty, "close_no_dispute", R"({"reason": "误报"})");
    story.does(story.supervisor, "close_no_dispute", R"({"reason": "误报"})");
    story.expect_state("no_dispute");
}

TEST_F(Guards, NothingEndsWhileTheGateIsBlocked) {
    file(5, R"(, "behaviours": ["gate_block"])");
    story.expect_grade("orange");
    story.taken_and_verified();
    story.refused("G.calm", story.supervisor, "refer",
                  R"({"to": "police", "purpose": "order", "scope": "whole"})");
    EXPECT_EQ(argument("b"), "gate_block");
}

TEST_F(Guards, ASplitLeavesSomebodyBehind) {
    file();
    story.does(story.duty, "acknowledge");
    story.refused("G.split", story.duty, "split_individual",
                  R"({"workers": 5, "demands": ["d1"]})");
    story.refused("payload.reference", story.duty, "split_individual",
                  R"({"workers": 2, "demands": ["d9"]})");
    story.does(story.duty, "split_individual", R"({"workers": 2, "demands": ["d1"]})");
}

TEST_F(Guards, ReassigningToOnesOwnPostTakesAnother) {
    file();
    story.refused("G.two", story.supervisor, "reassign", R"({"to": "supervisor", "reason": "x"})");
    story.refused("G.addressee", story.supervisor, "reassign",
                  R"({"to": "duty_desk", "reason": "x"})");
    story.does(story.supervisor, "reassign", R"({"to": "liaison", "reason": "x"})");
    story.expect_owner("liaison");
}

TEST_F(Guards, WhatIsBlockedSaysWhyBeforeAnybodyTries) {
    file();
    story.taken_and_verified();
    const auto facts = story.facts();
    const auto options = engine::kernel::options(story.workflow, story.it(), story.duty, facts,
                                                 story.policy, story.calendar, story.now);
    const auto reasons = [&](std::string_view action) {
        for (const auto& option : options)
            if (option.action->name == action) return option.reasons;
        return std::vector<model::Message>{{"absent", {}}};
    };
    EXPECT_EQ(reasons("open_coordination").at(0).code, "G.plan");
    EXPECT_TRUE(reasons("watch").empty());
    EXPECT_EQ(reasons("complete_performance").at(0).code, "no_transition");
    for (const char* exit : {"party_refused", "party_went_to_arbitration", "withdraw"})
        EXPECT_TRUE(reasons(exit).empty()) << exit;
}

}  // namespace jinqiao::workflows::dispute
