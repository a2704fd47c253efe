#include "workflows/dispute/machine.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "tests/unit/workflows/oracle.h"
#include "workflows/dispute/regions.h"

namespace jinqiao::workflows::dispute {
namespace {

constexpr std::array all_regions{Region::pipeline,    Region::process, Region::mediation,
                                 Region::containment, Region::clock,   Region::custody};

Configuration at(std::string pipeline) {
    auto configuration = initial();
    configuration[Region::pipeline] = std::move(pipeline);
    return configuration;
}

Configuration with(Configuration configuration, Region region, std::string state) {
    configuration[region] = std::move(state);
    return configuration;
}

bool took(const Move& move, Region region, std::string_view event, std::string_view target) {
    for (const auto& taken : move.taken)
        if (taken.region == region && taken.event == event && taken.target == target) return true;
    return false;
}

// Names are on disk: a change here is a migration, and an alias in lookup.cc.
TEST(DisputeStates, AreThoseOfTheCheckedInList) {
    std::ifstream file(std::string(JINQIAO_SOURCE_DIR) +
                       "/tests/unit/workflows/testdata/states.txt");
    ASSERT_TRUE(file);
    std::vector<std::string> listed, known;
    for (std::string line; std::getline(file, line);) listed.push_back(line);
    for (const auto& state : states()) known.push_back(state.region + " " + state.name);
    EXPECT_EQ(known, listed);
}

TEST(DisputeStates, HaveNamesNoOtherRegionUses) {
    std::set<std::string> names;
    for (const auto& state : states()) EXPECT_TRUE(names.insert(state.name).second) << state.name;
}

TEST(DisputeStates, AreLabelledInBothLanguagesAndOneOfEachRegionIsInitial) {
    std::map<std::string, int> initials;
    for (const auto& state : states()) {
        EXPECT_FALSE(state.label.zh.empty()) << state.name;
        EXPECT_FALSE(state.label.en.empty()) << state.name;
        EXPECT_EQ(state.stage.empty(), state.region != "pipeline") << state.name;
        if (state.initial) {
            ++initials[state.region];
            const auto first = initial();
            EXPECT_NE(std::find(first.state.begin(), first.state.end(), state.name),
                      first.state.end());
        }
    }
    for (const auto region : region_names) EXPECT_EQ(initials[std::string(region)], 1) << region;
}

TEST(DisputeStates, AreTheSameInTheMachines) {
    for (const auto region : all_regions) {
        const auto made = machine_states(region);
        std::set<std::string_view> in_machine(made.begin(), made.end()), in_table;
        for (const auto& state : states())
            if (state.region == region_names[static_cast<std::size_t>(region)])
                in_table.insert(state.name);
        EXPECT_EQ(in_machine, in_table);
    }
}

// A machine restored to a state by name and given an event it has no row for says where it is.
TEST(DisputeStates, ComeBackByNameFromEveryMachine) {
    for (const auto region : all_regions)
        for (const auto state : machine_states(region))
            for (const auto& event : events()) {
                Fixed nothing;
                Asking asking(nothing);
                const auto answer = advance(region, state, event, asking);
                if (answer.kind != Advance::taken) {
                    EXPECT_EQ(answer.state, state) << event;
                }
            }
}

TEST(DisputeFire, ToldAnUnknownEventNamesIt) {
    const auto move = fire(initial(), "celebrate", Fixed{});
    EXPECT_EQ(move.kind, Move::unknown);
    EXPECT_EQ(move.after, initial());
    ASSERT_EQ(move.reasons.size(), 1u);
    EXPECT_EQ(move.reasons[0].args[0].second, "celebrate");
}

TEST(DisputeFire, ToldAnUnknownStateNamesIt) {
    const auto move = fire(at("limbo"), "add_note", Fixed{});
    EXPECT_EQ(move.kind, Move::unknown);
    ASSERT_EQ(move.reasons.size(), 1u);
    EXPECT_EQ(move.reasons[0].args[0].second, "limbo");
}

TEST(DisputeFire, WithoutARowNamesStateAndEvent) {
    const auto move = fire(at("settled"), "watch", Fixed{});
    EXPECT_EQ(move.kind, Move::no_row);
    ASSERT_EQ(move.reasons.size(), 1u);
    EXPECT_EQ(move.reasons[0],
              (model::Message{"no_transition", {{"state", "settled"}, {"event", "watch"}}}));
    EXPECT_EQ(move.after, at("settled"));
}

TEST(DisputeFire, NamesTheRegionsStateWhereThatIsWhatIsMissing) {
    const auto move = fire(at("verifying"), "accept_handover", Fixed{});
    EXPECT_EQ(move.kind, Move::no_row);
    EXPECT_EQ(move.reasons[0].args[0].second, "held");
}

TEST(DisputeFire, RefusedTellsEveryReasonAndMovesNothing) {
    const auto before = with(at("team"), Region::clock, "suspended");
    const auto move = fire(before, "propose_agreement", Fixed({}, {"G.heard", "G.balance"}));
    EXPECT_EQ(move.kind, Move::refused);
    EXPECT_EQ(move.after, before);
    EXPECT_TRUE(move.taken.empty());
    ASSERT_EQ(move.reasons.size(), 2u);
    EXPECT_EQ(move.reasons[0].code, "G.heard");
    EXPECT_EQ(move.reasons[1].code, "G.balance");
}

TEST(DisputeFire, ResumesASuspendedClockFirstWhenSomethingMoves) {
    const auto before = with(at("team"), Region::clock, "suspended");
    const auto move = fire(before, "propose_agreement", Fixed{});
    EXPECT_EQ(move.kind, Move::moved);
    ASSERT_EQ(move.taken.size(), 2u);
    EXPECT_EQ(move.taken[0], (Taken{Region::clock, "resume", "suspended", "running"}));
    EXPECT_EQ(move.taken[1], (Taken{Region::pipeline, "propose_agreement", "team", "agreement"}));
}

TEST(DisputeFire, LeavesASuspendedClockAloneForHandOverAndNotes) {
    const auto before = with(at("team"), Region::clock, "suspended");
    for (const auto* event : {"offer_handover", "add_note", "report_up", "update_facts"}) {
        const auto move = fire(before, event, Fixed({"R.calm"}));
        EXPECT_EQ(move.kind, Move::moved) << event;
        EXPECT_EQ(move.after[Region::clock], "suspended") << event;
    }
}

TEST(DisputeFire, LossOfCalmWakesASuspendedClock) {
    const auto before = with(at("watching"), Region::clock, "suspended");
    const auto move = fire(before, "update_facts", Fixed{});
    EXPECT_EQ(move.after[Region::clock], "running");
}

TEST(DisputeFire, AcceptingMediationNeedsBothRegions) {
    const auto applied = with(at("watching"), Region::mediation, "applied");
    EXPECT_EQ(fire(applied, "accept_mediation", Fixed{}).after[Region::mediation], "open");
    EXPECT_EQ(fire(at("watching"), "accept_mediation", Fixed{}).kind, Move::no_row);
    const auto too_early = with(at("reported"), Region::mediation, "applied");
    EXPECT_EQ(fire(too_early, "accept_mediation", Fixed{}).kind, Move::no_row);
}

TEST(DisputeFire, ASettlementIsSignedWithoutMediation) {
    EXPECT_EQ(fire(at("agreement"), "sign_agreement", Fixed{}).kind, Move::moved);
    const auto mediated = with(at("agreement"), Region::mediation, "open");
    EXPECT_EQ(fire(mediated, "sign_agreement", Fixed{}).after[Region::mediation], "ended");
}

TEST(DisputeFire, AnEndClosesMediationClockAndCustody) {
    auto before = with(at("team"), Region::mediation, "open");
    before[Region::custody] = "offered";
    const auto move = fire(before, "party_went_to_arbitration", Fixed({"R.done"}));
    EXPECT_EQ(move.after[Region::pipeline], "referred");
    EXPECT_TRUE(took(move, Region::mediation, "party_went_to_arbitration", "ended"));
    EXPECT_TRUE(took(move, Region::custody, "case_ended", "held"));
}

TEST(DisputeFire, AnExitOfAPartMovesNothing) {
    auto before = with(at("team"), Region::mediation, "open");
    before[Region::clock] = "suspended";
    for (const auto* exit : {"party_refused", "party_went_to_arbitration", "withdraw"}) {
        const auto move = fire(before, exit, Fixed({"R.part", "R.mediation", "R.done"}));
        EXPECT_EQ(move.kind, Move::moved) << exit;
        EXPECT_TRUE(move.taken.empty()) << exit;
    }
}

// Story S3, 06:00: accepted, watched, pending; 07:00 they return.
TEST(DisputeFire, WithdrawalWhileTheGateIsBlockedIsWatchedAndNotAnEnd) {
    const auto before = with(at("joint"), Region::process, "congress");
    const auto away = fire(before, "withdraw", Fixed({"R.mandate", "R.collective"}));
    EXPECT_EQ(away.after[Region::pipeline], "watching");
    const auto back = fire(away.after, "open_coordination", Fixed({"R.to(joint)", "R.collective"}));
    EXPECT_EQ(back.after, before);
}

TEST(DisputeFire, ACollectiveCaseGetsItsThreeStepsAsSoonAsItIsBeforeAnAgreement) {
    const auto found = fire(at("verifying"), "confirm_facts", Fixed({"R.collective", "R.calm"}));
    EXPECT_TRUE(took(found, Region::process, "became_collective", "congress"));
    const auto late = fire(at("performing"), "update_facts", Fixed({"R.collective", "R.calm"}));
    EXPECT_TRUE(late.taken.empty());
    const auto back = fire(at("performing"), "go_back",
                           Fixed({"R.collective", "R.breach", "R.last(team)", "R.to(team)"}));
    EXPECT_EQ(back.after[Region::pipeline], "team");
    EXPECT_EQ(back.after[Region::process], "congress");
}

TEST(DisputeFire, BargainingAgainLeavesTheEnterpriseCommittee) {
    const auto before = with(at("agreement"), Region::process, "agreed");
    const auto move = fire(before, "reopen_bargaining", Fixed({"R.last(committee)"}));
    EXPECT_EQ(move.after[Region::pipeline], "team");
    EXPECT_EQ(move.after[Region::process], "bargain");
    const auto unready = with(at("agreement"), Region::process, "elect");
    EXPECT_EQ(fire(unready, "reopen_bargaining", Fixed({"R.last(team)"})).kind, Move::no_row);
}

TEST(DisputeFire, AMergeTakesTheApplicationAwayAndUndoingItBringsItBack) {
    const auto before = with(at("team"), Region::mediation, "open");
    const auto merged = fire(before, "merge_into", Fixed{});
    EXPECT_EQ(merged.after[Region::pipeline], "merged");
    EXPECT_EQ(merged.after[Region::mediation], "none");
    const auto undone = fire(merged.after, "unmerge", Fixed({"R.before(team)", "R.before(open)"}));
    EXPECT_EQ(undone.after, before);
}

TEST(DisputeFire, AnEndTakesFinalReportsOnly) {
    EXPECT_EQ(fire(at("settled"), "report_up", Fixed({"R.final"})).kind, Move::moved);
    EXPECT_EQ(fire(at("settled"), "report_up", Fixed{}).kind, Move::no_row);
}

TEST(DisputeFire, GoingDownATierTakesASecondPersonAndGoingUpDoesNot) {
    const Fixed alone_down({"R.to(committee)"}, {"G.two"});
    const Fixed alone_up({"R.to(joint)"}, {"G.two"});
    EXPECT_EQ(fire(at("team"), "change_tier", alone_down).kind, Move::refused);
    EXPECT_EQ(fire(at("team"), "change_tier", alone_up).after[Region::pipeline], "joint");
}

TEST(DisputeFire, ReferringAPartAsksNoGate) {
    EXPECT_EQ(fire(at("team"), "refer", Fixed({}, {"G.calm"})).kind, Move::refused);
    EXPECT_EQ(fire(at("team"), "refer", Fixed({"R.part"}, {"G.calm"})).kind, Move::moved);
}

TEST(DisputeGates, OfAStateAreThoseNoPayloadGetsRound) {
    EXPECT_EQ(gates_of(at("team"), "change_tier"), std::vector<std::string>{"G.tier"});
    EXPECT_TRUE(gates_of(at("team"), "refer").empty());
    EXPECT_EQ(gates_of(at("settled"), "reopen"), std::vector<std::string>{"G.window"});
    EXPECT_EQ(gates_of(at("agreement"), "sign_agreement"),
              (std::vector<std::string>{"G.signed", "G.mandate"}));
    EXPECT_EQ(gates_of("change_tier"), (std::vector<std::string>{"G.tier", "G.two"}));
}

}  // namespace
}  // namespace jinqiao::workflows::dispute
