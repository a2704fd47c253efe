#include "tests/contract/kernel_contract.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "engine/model/codec.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {

namespace json = boost::json;
namespace kernel = engine::kernel;
namespace model = engine::model;
using kernel::Decision;
using model::Refusal;

std::string subject_name(const ::testing::TestParamInfo<KernelSubject>& info) {
    return info.param.name;
}

model::Command KernelContract::command(const Asked& asked, const std::string& id) {
    model::Command out;
    out.target = model::CaseId{id};
    out.name = asked.action;
    out.payload = asked.payload;
    out.actor = asked.actor;
    return out;
}

kernel::Verdict KernelContract::decide(const model::Command& command) {
    return kernel::decide(story.workflow, &story.kase(), command, story.facts(), story.policy,
                          story.calendar, story.now);
}

std::string KernelContract::stored(const model::Case& kase) { return model::encode(kase); }

void KernelContract::take() {
    for (const auto& step : subject.taken) ASSERT_TRUE(ask(step)) << story.reason();
}

bool KernelContract::offer(const std::string& to) {
    return ask({subject.offering,
                "offer_handover",
                {{"to", to.empty() ? subject.to_post : to}, {subject.note_field, "轮岗"}}});
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(KernelContract);

namespace {

std::set<std::pair<std::string, std::string>> faults_of(const Refusal& refusal) {
    std::set<std::pair<std::string, std::string>> out;
    for (const auto& reason : refusal.reasons) out.emplace(reason.code, reason.args.at(0).second);
    return out;
}

std::set<std::string> values_of(const Refusal& refusal) {
    std::set<std::string> out;
    for (const auto& reason : refusal.reasons)
        for (const auto& [key, value] : reason.args) out.insert(value);
    return out;
}

std::string written(const Decision& decision) {
    json::array out{json::string(model::encode(decision.after))};
    for (const auto& event : decision.events) out.push_back({event.name, event.data});
    for (const auto& n : decision.notices)
        out.push_back({n.id.value, n.key, n.event, n.addressee.text(), n.person.value, n.channel,
                       n.address, n.assignment.value, n.vars, n.reason});
    for (const auto& follow_up : decision.follow_ups)
        out.push_back({follow_up.target.value, model::encode(follow_up)});
    return json::serialize(out);
}

}  // namespace

// --- refusals ---------------------------------------------------------------------------------

TEST_P(KernelContract, UnknownActionIsRefusedByName) {
    EXPECT_FALSE(ask({subject.filing.actor, "no_such_action", {}}));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::unknown_action);
    EXPECT_EQ(story.refusal.reasons.at(0).args.at(0).second, "no_such_action");
}

TEST_P(KernelContract, EventsOfTheEngineAreNotForPersons) {
    for (const auto* name : {"timer_fired", "delivered", "delivery_failed", "reassess",
                             "person_disabled", "calendar_changed", "open_child"}) {
        EXPECT_FALSE(ask({subject.filing.actor, name, {}})) << name;
        EXPECT_TRUE(story.refusal.kind == Refusal::Kind::unknown_action ||
                    std::string(name) == "open_child")
            << name;
    }
}

TEST_P(KernelContract, UnknownEventOfTheEngineIsRefusedByName) {
    EXPECT_FALSE(story.by_engine("no_such_event"));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::no_transition);
    EXPECT_TRUE(values_of(story.refusal).contains("no_such_event"));
}

TEST_P(KernelContract, StrangerIsForbidden) {
    EXPECT_FALSE(ask(subject.stranger));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::forbidden);
}

TEST_P(KernelContract, InvalidPayloadNamesEveryFault) {
    EXPECT_FALSE(ask(subject.invalid));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::invalid_payload);
    const std::set<std::pair<std::string, std::string>> expected(subject.faults.begin(),
                                                                 subject.faults.end());
    EXPECT_EQ(faults_of(story.refusal), expected);
}

TEST_P(KernelContract, StaleVersionIsRefusedWithBothVersions) {
    auto edit = command(subject.fact);
    edit.expected_version = story.kase().version + 1;
    EXPECT_FALSE(story.send(edit));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::stale);
    edit.expected_version = story.kase().version;
    EXPECT_TRUE(story.send(edit)) << story.reason();
}

TEST_P(KernelContract, RightsAreLookedAtBeforePayloadAndPayloadBeforeVersion) {
    auto asked = command(subject.invalid);
    asked.expected_version = 999;
    EXPECT_FALSE(story.send(asked));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::invalid_payload);
    asked.actor = subject.stranger.actor;
    asked.name = subject.stranger.action;
    EXPECT_FALSE(story.send(asked));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::forbidden);
}

TEST_P(KernelContract, BlockedActionNamesItsReason) {
    EXPECT_FALSE(ask(subject.blocked));
    EXPECT_TRUE(story.refusal.kind == Refusal::Kind::blocked ||
                story.refusal.kind == Refusal::Kind::no_transition);
    ASSERT_FALSE(story.refusal.reasons.empty());
    EXPECT_FALSE(story.refusal.reasons.front().code.empty());
    if (story.refusal.kind != Refusal::Kind::no_transition) return;
    const auto values = values_of(story.refusal);
    EXPECT_TRUE(values.contains(subject.blocked.action)) << "the action is named";
    EXPECT_TRUE(values.contains(story.kase().regions.front().state)) << "and the state";
}

TEST_P(KernelContract, RefusedCommandLeavesTheCaseAsItWas) {
    const auto before = stored();
    for (const auto& asked : {subject.stranger, subject.invalid, subject.blocked,
                              Asked{subject.filing.actor, "no_such_action", {}},
                              Asked{model::Actor::engine(), "no_such_event", {}}}) {
        EXPECT_FALSE(ask(asked));
        EXPECT_EQ(stored(), before) << asked.action;
    }
}

TEST_P(KernelContract, CaseIsFiledOnceAndAnUnknownOneIsNotFound) {
    EXPECT_FALSE(story.send(command(subject.filing, "case1")));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::blocked);
    EXPECT_FALSE(story.send(command(subject.fact, "case-of-nobody")));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::not_found);
}

// --- determinism and storage ------------------------------------------------------------------

TEST_P(KernelContract, EqualInputGivesEqualOutput) {
    for (const auto& asked : {subject.fact, subject.note, subject.raise}) {
        const auto first = decide(command(asked));
        const auto second = decide(command(asked));
        ASSERT_TRUE(std::holds_alternative<Decision>(first)) << asked.action;
        EXPECT_EQ(written(std::get<Decision>(first)), written(std::get<Decision>(second)));
    }
}

TEST_P(KernelContract, WhatIsStoredComesBackTheSame) {
    story.watch = [&](const Decision& decision) {
        const auto text = stored(decision.after);
        const auto back = model::decode_case(text);
        ASSERT_TRUE(back.ok()) << back.error().what;
        EXPECT_EQ(stored(back.value()), text);
        EXPECT_EQ(kernel::timers(back.value()), kernel::timers(decision.after));
    };
    ask(subject.fact);
    ask(subject.raise);
    offer();
    story.run_until(story.now + std::chrono::days{3});
}

// A case that went through the store decides as one that did not.
TEST_P(KernelContract, RestoredCaseDecidesTheSame) {
    const auto live = decide(command(subject.raise));
    story.kase() = model::decode_case(stored()).value();
    const auto restored = decide(command(subject.raise));
    ASSERT_TRUE(std::holds_alternative<Decision>(live));
    EXPECT_EQ(written(std::get<Decision>(live)), written(std::get<Decision>(restored)));
}

// --- seq and version --------------------------------------------------------------------------

TEST_P(KernelContract, SeqRisesByOneEachTime) {
    story.watch = [last = story.kase().seq](const Decision& decision) mutable {
        EXPECT_EQ(decision.after.seq, ++last);
    };
    EXPECT_EQ(story.kase().seq - static_cast<std::uint64_t>(story.count("assignment_delivered")),
              1u);
    ask(subject.fact);
    ask(subject.note);
    ask(subject.raise);
    story.run_until(story.now + std::chrono::days{3});
}

TEST_P(KernelContract, VersionRisesWithAFactButNotWithADelivery) {
    story.deliver = false;
    const auto version = story.kase().version;
    EXPECT_TRUE(ask(subject.fact));
    EXPECT_EQ(story.kase().version, version + 1);
    ASSERT_FALSE(story.kase().assignments.empty());
    for (const auto& assignment : std::vector(story.kase().assignments)) {
        story.by_engine("delivered", {{"assignment", assignment.id.value}});
        story.by_engine("sign", {{"assignment", assignment.id.value}});
    }
    EXPECT_EQ(story.kase().version, version + 1);
}

TEST_P(KernelContract, SigningTwiceIsHarmless) {
    const auto id = story.kase().assignments.front().id.value;
    EXPECT_TRUE(story.by_engine("sign", {{"assignment", id}}));
    const auto after = stored();
    EXPECT_FALSE(story.by_engine("sign", {{"assignment", id}}));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::dropped);
    EXPECT_EQ(stored(), after);
}

// --- timers -----------------------------------------------------------------------------------

TEST_P(KernelContract, NewCaseHasAllThatAnOpenCaseMustHave) {
    EXPECT_TRUE(story.lacking().empty());
    EXPECT_FALSE(kernel::timers(story.kase()).empty());
}

TEST_P(KernelContract, TimerBeforeItsTimeIsDropped) {
    for (const auto& timer : kernel::timers(story.kase())) {
        story.now = timer.at - std::chrono::milliseconds{1};
        EXPECT_FALSE(story.send(kernel::timer_command(story.kase().id, timer)));
        EXPECT_EQ(story.refusal.kind, Refusal::Kind::dropped);
    }
}

TEST_P(KernelContract, TimerFiresAtItsTimeAndOnlyOnce) {
    auto all = kernel::timers(story.kase());
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    story.now = all.front().at;
    const auto fired = kernel::timer_command(story.kase().id, all.front());
    EXPECT_TRUE(story.send(fired));
    const auto after = stored();
    EXPECT_FALSE(story.send(fired));
    EXPECT_EQ(story.refusal.kind, Refusal::Kind::dropped);
    EXPECT_EQ(stored(), after);
}

TEST_P(KernelContract, NeglectedCaseIsNeverForgottenAndNoRungRunsTwice) {
    std::size_t decisions = 0;
    story.watch = [&](const Decision& decision) {
        ++decisions;
        EXPECT_TRUE(kernel::lacking(decision.after, story.directory, story.now).empty());
        EXPECT_LT(decision.after.clocks.size(), 80u);
    };
    story.run_until(story.now + std::chrono::days{30});
    const auto rungs = story.rungs();
    EXPECT_GT(rungs.size(), 10u);
    EXPECT_EQ(std::set<std::string>(rungs.begin(), rungs.end()).size(), rungs.size());
    EXPECT_LT(decisions, 6000u) << "the case drowns its people";
}

TEST_P(KernelContract, NewCalendarMovesNoDueThatItDoesNotConcern) {
    const auto before = kernel::timers(story.kase());
    EXPECT_FALSE(story.by_engine("calendar_changed")) << "the same calendar is no news";
    engine::time::CalendarData data = engine::time::testing::data_2026();
    data.version = "another, of the same days";
    story.calendar = engine::time::Calendar{data};
    EXPECT_TRUE(story.by_engine("calendar_changed"));
    EXPECT_EQ(kernel::timers(story.kase()), before);
}

// --- custody ----------------------------------------------------------------------------------

TEST_P(KernelContract, OwnerStaysUntilTheOfferIsAccepted) {
    take();
    const auto owner = story.kase().owner.post;
    ASSERT_TRUE(offer()) << story.reason();
    EXPECT_EQ(story.kase().owner.post, owner);
    EXPECT_EQ(story.kase().state_of("custody"), "offered");
    ASSERT_TRUE(ask({subject.answering, "accept_handover", {}})) << story.reason();
    EXPECT_EQ(story.kase().owner.post.value, subject.to_post);
    EXPECT_EQ(story.kase().owner.person, subject.answering.person);
    EXPECT_EQ(story.kase().state_of("custody"), "held");
    EXPECT_FALSE(ask({subject.answering, "accept_handover", {}}));
}

TEST_P(KernelContract, DeclinedOfferLeavesTheOwnerAndTellsBoth) {
    take();
    const auto owner = story.kase().owner.post;
    ASSERT_TRUE(offer()) << story.reason();
    ASSERT_TRUE(ask({subject.answering, "decline_handover", {{"reason", "休假"}}}))
        << story.reason();
    EXPECT_EQ(story.kase().owner.post, owner);
    EXPECT_FALSE(story.kase().offer);
    const auto told = story.told("handover_declined");
    EXPECT_EQ(std::set<std::string>(told.begin(), told.end()),
              (std::set<std::string>{"post:" + owner.value, "post:" + subject.to_post}));
}

TEST_P(KernelContract, UnansweredOfferLapsesByItself) {
    take();
    const auto owner = story.kase().owner.post;
    ASSERT_TRUE(offer()) << story.reason();
    story.run_until(story.due("st.handover"));
    EXPECT_FALSE(story.kase().offer);
    EXPECT_EQ(story.kase().owner.post, owner);
    EXPECT_GE(story.told("handover_lapsed").size(), 2u);
}

TEST_P(KernelContract, OwnerWithoutAnybodyLeftFallsToTheFallbackDesk) {
    for (auto& [id, one] : story.directory.people)
        if (story.directory.acts_for(id, story.kase().owner.post, story.now)) one.enabled = false;
    EXPECT_FALSE(story.lacking().empty());
    EXPECT_TRUE(story.by_engine("reassess"));
    EXPECT_EQ(story.kase().owner.post, story.directory.fallback);
    EXPECT_TRUE(story.lacking().empty());
    EXPECT_EQ(story.count("unreachable") > 0, true);
}

// --- grade and requests -----------------------------------------------------------------------

TEST_P(KernelContract, GradeRisesAtOnceAndFallsOnlyThroughAnotherPerson) {
    const auto before = story.kase().grade.effective;
    ASSERT_TRUE(ask(subject.raise)) << story.reason();
    const auto raised = story.kase().grade.effective;
    ASSERT_GT(raised, before);
    ASSERT_TRUE(ask(subject.lower)) << story.reason();
    EXPECT_EQ(story.kase().grade.effective, raised);
    const auto id = story.kase().requests.back().id.value;
    const json::object answer{{"request", id}, {"reason", "情况缓和"}};
    EXPECT_FALSE(ask({subject.lower.actor, "approve_request", answer}));
    ASSERT_TRUE(ask({subject.approver, "approve_request", answer})) << story.reason();
    EXPECT_EQ(story.kase().grade.effective, before);
}

TEST_P(KernelContract, RequestWithoutAnswerIsRefusedInTime) {
    ASSERT_TRUE(ask(subject.raise)) << story.reason();
    const auto raised = story.kase().grade.effective;
    ASSERT_TRUE(ask(subject.lower)) << story.reason();
    const auto id = story.kase().requests.back().id;
    story.run_until(story.kase().clock("st.answer", id.value)->due.at);
    EXPECT_EQ(story.kase().request(id)->state, model::RequestState::lapsed);
    EXPECT_EQ(story.kase().grade.effective, raised);
    EXPECT_FALSE(story.told("request_answered").empty());
}

// --- the workflow's own description -----------------------------------------------------------

TEST_P(KernelContract, OptionsAreWhatTheActorMayDo) {
    for (const auto& actor : {subject.filing.actor, subject.offering, subject.approver}) {
        std::set<std::string> offered;
        for (const auto& option :
             kernel::options(story.workflow, story.kase(), actor, story.facts(), story.policy,
                             story.calendar, story.now))
            offered.insert(option.action->name);
        for (const auto& action : story.workflow.actions()) {
            const bool may = kernel::may(story.workflow, story.kase(), action, actor,
                                         story.directory, story.now);
            EXPECT_EQ(offered.contains(action.name), may && action.name != "file") << action.name;
        }
    }
}

TEST_P(KernelContract, EveryStateRegionAndClockIsKnown) {
    std::set<std::pair<std::string, std::string>> states;
    std::set<std::string> regions, initial;
    for (const auto& state : story.workflow.states()) {
        EXPECT_TRUE(states.emplace(state.region, state.name).second) << state.name;
        regions.insert(state.region);
        const bool second = state.initial && !initial.insert(state.region).second;
        EXPECT_FALSE(second) << state.region << " starts in two states";
    }
    EXPECT_EQ(initial, regions);
    EXPECT_EQ(story.kase().regions.size(), regions.size());
    EXPECT_EQ(story.workflow.states().front().region, story.kase().regions.front().name);
    for (const auto& row : story.workflow.rows()) EXPECT_TRUE(regions.contains(row.region));
    for (const auto& clock : story.workflow.clock_names())
        EXPECT_NE(story.policy.clock(clock), nullptr) << clock;
    EXPECT_FALSE(story.workflow.version().empty());
}

TEST_P(KernelContract, EveryActionHasAFormInBothLanguages) {
    for (const auto& action : story.workflow.actions())
        for (const auto language : {model::Language::zh, model::Language::en}) {
            const auto form = kernel::schema(action.payload, language);
            EXPECT_EQ(form.at("x-order").as_array().size(),
                      form.at("properties").as_object().size())
                << action.name;
            EXPECT_FALSE(action.label.in(language).empty()) << action.name;
        }
}

}  // namespace jinqiao::tests
