// What the proof sees of the policy as shipped, and what each of its findings looks like.
#include "engine/kernel/proof/prove.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/kernel/preview.h"
#include "engine/kernel/rehearsal.h"
#include "engine/policy/satisfiable.h"
#include "tests/support/dispute_story.h"

namespace jinqiao::tests {

namespace kernel = engine::kernel;
namespace proof = engine::kernel::proof;
using engine::model::PersonId;
using engine::model::PostId;
using engine::policy::StepKind;

namespace {

class Proving : public testing::Test {
  protected:
    Proving() { story.at("2026-03-02 09:00"); }

    proof::Proof proven() const {
        return proof::prove(
            {world(), story.enterprise_union, story.now, story.now + std::chrono::hours{24 * 365}});
    }
    kernel::Trial::World world() const {
        return {&story.workflow, &story.policy, &story.directory, &story.calendar};
    }
    engine::policy::Ladder& ladder(const std::string& name) {
        return *std::find_if(story.policy.ladders.begin(), story.policy.ladders.end(),
                             [&](const auto& each) { return each.name == name; });
    }
    // What it is about, by code; the test fails if the code was not found.
    proof::Finding found(const std::string& code) const {
        std::string others;
        for (auto& each : proven().findings) {
            if (each.code == code) return each;
            others += " " + each.code;
        }
        ADD_FAILURE() << code << " was not found, but" << others;
        return {};
    }

    DisputeStory story;
};

}  // namespace

TEST_F(Proving, ThePolicyAsShippedHolds) {
    const auto proof = proven();
    for (const auto& finding : proof.findings)
        ADD_FAILURE() << finding.code << " " << finding.place.id << " " << finding.place.part;
    EXPECT_GT(proof.explored.configurations, 150U);
    EXPECT_GT(proof.explored.courses.size(), 250U);
}

// What no rehearsal meets is not proven, so it is named here.
TEST_F(Proving, RehearsalsMeetEveryClockAndState) {
    const auto explored = proven().explored;
    std::set<std::string> unmet;
    for (const auto& [name, rule] : story.policy.clocks) unmet.insert(name);
    for (const auto& [key, met] : explored.clocks) unmet.erase(std::get<0>(key));
    EXPECT_EQ(unmet, (std::set<std::string>{"enforce", "insp.finish", "med.platform",
                                            "pay_order.notify"}));
    std::set<std::string> unseen;
    for (const auto& state : story.workflow.states())
        if (!explored.states.contains(state.region + ":" + state.name)) unseen.insert(state.name);
    EXPECT_EQ(unseen, std::set<std::string>{"merged"});
}

TEST_F(Proving, EveryRehearsalRunsToItsEnd) {
    for (const auto grade : {engine::model::GradeLevel::blue, engine::model::GradeLevel::red}) {
        const auto ways = story.workflow.rehearsals(story.policy, grade);
        EXPECT_GE(ways.size(), 14U);
        for (const auto& way : ways) {
            kernel::Situation situation{kernel::filed_as(way, story.enterprise_union, story.now),
                                        story.enterprise_union, story.now, way.deeds,
                                        std::chrono::hours{1}};
            const auto played = kernel::preview(world(), situation);
            EXPECT_FALSE(played.refusal) << way.name;
            EXPECT_TRUE(played.refused.empty()) << way.name;
        }
    }
}

TEST_F(Proving, APlanThatFitsNoGradeBlocksTheWay) {
    story.policy.params["fact_sheet"].get_object()["red"] =
        boost::json::array{"event.nobody_knows"};
    const auto finding = found("way.refused");
    EXPECT_TRUE(finding.shown);
    EXPECT_EQ(finding.expected.args.front().second, "confirm_facts");
}

TEST_F(Proving, AStageWithoutLadderIsFound) {
    std::erase_if(story.policy.ladders, [](const auto& each) { return each.clock == "st.visit"; });
    const auto finding = found("ladder.none");
    EXPECT_EQ(finding.place.id, "st.visit");
    EXPECT_TRUE(finding.shown);
}

TEST_F(Proving, ALadderThatFallsSilentIsFound) {
    ladder("verify").rungs.back().every.reset();
    EXPECT_EQ(found("ladder.silent").place.id, "verify");
}

TEST_F(Proving, ALadderThatOnlyRemindsTheOwnerIsFound) {
    for (auto& rung : ladder("verify").rungs) {
        rung.step = StepKind::remind;
        rung.to = {"owner"};
    }
    EXPECT_EQ(found("ladder.not_higher").place.id, "verify");
}

TEST_F(Proving, AHandOverThatIsCutShortIsFound) {
    ladder("ack").rungs[1].every = engine::time::parse_budget("20 h");
    const auto finding = found("ladder.cut_short");
    EXPECT_EQ(finding.place.id, "ack");
    EXPECT_TRUE(finding.warning);
}

TEST_F(Proving, ALastRungThatSpeaksToNobodyIsFound) {
    ladder("close").rungs.back().to = {"offeree"};
    const auto finding = found("rung.deaf");
    EXPECT_EQ(finding.place.id, "close");
    EXPECT_EQ(finding.place.part, "not_closed");
}

TEST_F(Proving, ALadderBehindAnotherIsFound) {
    auto first = ladder("ack");
    first.name = "catches_all";
    story.policy.ladders.insert(story.policy.ladders.begin(), first);
    const auto finding = found("ladder.shadowed");
    EXPECT_EQ(finding.place.id, "ack_red");
    EXPECT_TRUE(finding.warning);
}

TEST_F(Proving, ALadderWhoseConditionContradictsItselfIsFound) {
    auto& when = ladder("verify_large").when;
    engine::policy::Condition few{engine::policy::Condition::Op::under, "workers", 10, {}};
    when = {engine::policy::Condition::Op::all, {}, nullptr, {*when, few}};
    EXPECT_EQ(found("ladder.never").place.id, "verify_large");
}

TEST_F(Proving, ARungBehindTheEndOfItsClockIsFound) {
    auto late = ladder("handover").rungs.back();
    late.name = "missed";
    late.at = {};
    ladder("handover").rungs.push_back(late);
    const auto finding = found("rung.unreachable");
    EXPECT_EQ(finding.place.part, "missed");
    EXPECT_EQ(finding.found.code, "check.proof.ends_at_due");
}

TEST_F(Proving, APostThatStandsEmptyForADayIsFound) {
    story.directory.absences.push_back(
        {PersonId{"p_police_2"}, shanghai("2026-10-01 00:00"), shanghai("2026-10-08 24:00")});
    const auto finding = found("reach.nobody");
    EXPECT_EQ(finding.place.id, "desk_police");
    ASSERT_TRUE(finding.shown);
    EXPECT_EQ(finding.shown->at, shanghai("2026-10-01 00:00"));
    EXPECT_EQ(finding.shown->absent, PersonId{"p_police_1"});
}

TEST_F(Proving, ATermThatEndsWithoutSuccessorIsFound) {
    for (auto& term : story.directory.terms)
        if (term.post == PostId{"leader"}) term.until = shanghai("2027-01-01 00:00");
    const auto finding = found("reach.nobody");
    EXPECT_EQ(finding.place.id, "leader");
    ASSERT_TRUE(finding.shown);
    EXPECT_EQ(finding.shown->absent, PersonId{});
}

TEST_F(Proving, ALineThatEndsAtTheFallbackDeskIsFound) {
    std::erase_if(story.directory.terms,
                  [](const auto& term) { return term.post == PostId{"leader"}; });
    story.directory.posts.at(PostId{"leader"}).deputies = {story.directory.fallback};
    EXPECT_EQ(found("reach.fallback_only").place.id, "leader");
}

TEST_F(Proving, PeopleWithoutAChannelAreFound) {
    story.directory.posts.at(PostId{"desk_tax"}).contacts.clear();
    for (const char* person : {"p_tax_1", "p_tax_2"})
        story.directory.people.at(PersonId{person}).contacts.clear();
    const auto finding = found("reach.nobody");
    EXPECT_EQ(finding.place.id, "desk_tax");
    EXPECT_EQ(finding.found.code, "check.proof.no_channel");
}

TEST_F(Proving, ADeadlineBehindThatOfTheLawIsFoundOnTheDayItHappens) {
    for (auto& budget : story.policy.clocks.at("st.meeting").budget)
        budget = engine::time::parse_budget("10 W");
    const auto finding = found("deadline.late");
    EXPECT_EQ(finding.place.id, "st.meeting");
    // Over Qingming ten working days are as long as fifteen days.
    EXPECT_EQ(finding.found.args.front().second, "2026-03-23");
}

TEST_F(Proving, ARequestNobodyElseCouldAnswerIsFound) {
    story.policy.requests.at("suspension").needed = 9;
    const auto finding = found("request.second_person");
    EXPECT_EQ(finding.place.id, "suspension");
    EXPECT_EQ(finding.place.part, "0");
}

TEST_F(Proving, WhatIsWrittenInVainIsFound) {
    using engine::policy::Condition;
    const Condition never{Condition::Op::none, {}, nullptr, {Condition{}}};
    auto& routes = story.policy.routing.routes;
    const auto tax = std::find_if(routes.begin(), routes.end(),
                                  [](const auto& each) { return each.id == "tax"; });
    tax->from.reset();
    tax->when = never;
    EXPECT_EQ(found("route.never").place.id, "tax");
    routes.erase(tax);
    EXPECT_EQ(found("department.never_told").place.id, "tax");
    story.policy.grading.rules.front().when = never;
    EXPECT_EQ(found("grading.never").place.id, "people_few");
}

TEST_F(Proving, TheSameQuestionHasTheSameAnswer) {
    ladder("verify").rungs.back().every.reset();
    const auto first = proven(), second = proven();
    ASSERT_EQ(first.findings.size(), second.findings.size());
    for (std::size_t i = 0; i < first.findings.size(); ++i) {
        EXPECT_EQ(first.findings[i].code, second.findings[i].code);
        EXPECT_EQ(first.findings[i].shown, second.findings[i].shown);
    }
}

}  // namespace jinqiao::tests
