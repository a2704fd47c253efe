#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// Who holds the case. The owner post is `desk` (wang, then li), its deputies second_desk (zhao) and
// third_desk (zheng), and behind them the fallback desk (wu).
namespace jinqiao::tests {
namespace {

namespace model = engine::model;
using engine::time::testing::at;
using Words = std::vector<std::string>;

const auto kWang = person("wang");
const auto kZhao = person("zhao");

bool offer(Story& story, const std::string& to) {
    return story.act(kWang, "offer_handover", {{"to", to}, {"reason", "轮岗"}});
}

// Taken in hand, so that no ladder hands it over by itself.
Story held_story() {
    auto story = filed_story();
    story.act(filer(), "ask");
    return story;
}

// An owner post whose people are all out of service, on the record of the directory.
void empty_desk(Story& story) {
    for (const auto* name : {"wang", "li", "zhao", "zheng"}) disable(story.directory, name);
}

TEST(Custody, NewCaseIsOwnedByItsDeskAndTheActingPerson) {
    auto story = filed_story();
    EXPECT_EQ(story.kase().owner.post.value, "desk");
    EXPECT_EQ(story.kase().owner.person.value, "wang");
    EXPECT_EQ(story.kase().state_of("custody"), "held");
}

TEST(Custody, OfferRecordsWhoMadeItAndTellsTheOfferee) {
    auto story = held_story();
    ASSERT_TRUE(offer(story, "second_desk"));
    const auto& offer = story.kase().offer;
    ASSERT_TRUE(offer);
    EXPECT_EQ(offer->by.value, "wang");
    EXPECT_EQ(offer->by_post.value, "desk");
    EXPECT_EQ(offer->person.value, "zhao");
    EXPECT_EQ(offer->note, "轮岗");
    EXPECT_FALSE(offer->forced);
    EXPECT_EQ(story.told("handover_offered"), Words{"post:second_desk"});
    EXPECT_TRUE(story.clock("st.handover").open());
}

TEST(Custody, AcceptingSignsForTheHandover) {
    auto story = held_story();
    ASSERT_TRUE(offer(story, "second_desk"));
    ASSERT_TRUE(story.act(kZhao, "accept_handover"));
    const auto* task = story.assignment("post:second_desk", "handover");
    EXPECT_EQ(task->state, model::AssignmentState::accepted);
    EXPECT_EQ(task->signed_by.value, "zhao");
    EXPECT_EQ(story.clock("st.handover").state, model::ClockState::met);
    const auto told = story.told("owner_changed");
    EXPECT_EQ(told, (Words{"post:second_desk", "post:desk"}));
}

// The engine starts st.handover itself, so it ends it too, whatever the workflow thinks of it.
TEST(Custody, UnansweredOfferLapsesAtItsDue) {
    auto story = held_story();
    ASSERT_TRUE(offer(story, "second_desk"));
    const auto due = story.due("st.handover");
    EXPECT_EQ(engine::time::testing::show(due).substr(11, 5), "16:00");  // 4 wh from 10:00
    story.run_until(due - std::chrono::milliseconds{1});
    EXPECT_TRUE(story.kase().offer);
    story.run_until(due);
    EXPECT_FALSE(story.kase().offer);
    EXPECT_EQ(story.kase().owner.post.value, "desk");
    EXPECT_EQ(story.kase().state_of("custody"), "held");
    EXPECT_EQ(story.clock("st.handover").state, model::ClockState::closed);
    EXPECT_EQ(story.told("handover_lapsed"), (Words{"post:desk", "post:second_desk"}));
}

TEST(Custody, RecalledOfferIsSignedForByNobody) {
    auto story = held_story();
    ASSERT_TRUE(offer(story, "second_desk"));
    ASSERT_TRUE(story.act(kWang, "recall_handover"));
    EXPECT_FALSE(story.kase().offer);
    const auto* task = story.assignment("post:second_desk", "handover");
    EXPECT_EQ(task->state, model::AssignmentState::returned);
    EXPECT_TRUE(task->signed_by.empty()) << "wang recalled it, zhao never answered";
    EXPECT_TRUE(task->closed_at);
    EXPECT_FALSE(story.act(kZhao, "accept_handover"));
}

TEST(Custody, SecondOfferOfTheEngineRecallsTheFirstAndTellsBoth) {
    auto story = filed_story();
    ASSERT_TRUE(offer(story, "chief2"));
    story.run_until("2026-03-03 14:30");  // the ladder hands over
    ASSERT_TRUE(story.kase().offer);
    EXPECT_EQ(story.kase().offer->to.value, "second_desk");
    EXPECT_TRUE(story.kase().offer->forced);
    EXPECT_TRUE(story.kase().offer->by.empty());
    const auto told = story.told("handover_recalled");
    EXPECT_EQ(told, (Words{"post:desk", "post:chief2"}));
}

TEST(Custody, LadderGoesDownTheDeputiesAndEndsAtTheFallbackDesk) {
    auto story = filed_story();
    story.run_until("2026-03-03 14:30");
    EXPECT_EQ(story.kase().offer->to.value, "second_desk");
    story.run_until("2026-03-03 15:00");
    EXPECT_EQ(story.kase().offer->to.value, "third_desk");
    EXPECT_EQ(story.kase().owner.post.value, "desk") << "between offer and answer it stays";
    story.run_until("2026-03-03 15:30");
    EXPECT_FALSE(story.kase().offer);
    EXPECT_EQ(story.kase().owner.post.value, "fallback_desk") << "accepted by implication";
    EXPECT_EQ(story.kase().owner.person.value, "wu");
    EXPECT_EQ(story.kase().state_of("custody"), "held");
}

TEST(Custody, ForcedOfferIsAcceptedLikeAnyOther) {
    auto story = filed_story();
    story.run_until("2026-03-03 14:40");
    ASSERT_TRUE(story.act(kZhao, "accept_handover"));
    EXPECT_EQ(story.kase().owner.post.value, "second_desk");
}

TEST(Custody, FallbackDeskKeepsItsOwnOfferWhenTheLadderComesRound) {
    auto story = filed_story();
    story.policy.ladders.front() =
        ladder("st.ask", {hand_over("over", due(), {"chief"}, "30 min")});
    story.run_until("2026-03-03 15:10");
    ASSERT_EQ(story.kase().owner.post.value, "fallback_desk");
    ASSERT_TRUE(story.act(person("wu"), "offer_handover", {{"to", "chief2"}, {"reason", "主管"}}));
    story.run_until("2026-03-03 15:45");
    ASSERT_TRUE(story.kase().offer);
    EXPECT_EQ(story.kase().offer->to.value, "chief2");
}

TEST(Custody, OfferToAnUnreachablePostGoesToTheFallbackDeskWithTheReason) {
    auto story = filed_story();
    disable(story.directory, "sun");
    story.policy.offers = {{"asked", model::PostId{"chief2"}}};
    ASSERT_TRUE(story.act(filer(), "ask"));
    EXPECT_FALSE(story.kase().offer);
    EXPECT_EQ(story.kase().owner.post.value, "fallback_desk");
    ASSERT_FALSE(story.told("unreachable").empty());
    const auto found = std::find_if(story.notices.begin(), story.notices.end(),
                                    [](const auto& n) { return n.event == "unreachable"; });
    EXPECT_EQ(found->reason, "nobody holds the post");
    EXPECT_EQ(story.count("fell_back"), 1u);
}

TEST(Custody, OfferToTheOwnerChangesNothing) {
    auto story = filed_story();
    story.policy.offers = {{"asked", model::PostId{"desk"}}};
    ASSERT_TRUE(story.act(filer(), "ask"));
    EXPECT_FALSE(story.kase().offer);
    EXPECT_EQ(story.kase().owner.post.value, "desk");
}

TEST(Custody, DisabledPersonIsReplacedAtOnceByTheDeputyOfTheSamePost) {
    auto story = held_story();
    const auto clocks = engine::kernel::timers(story.kase());
    disable(story.directory, "wang");
    ASSERT_TRUE(story.by_engine("person_disabled", {{"person", "wang"}}));
    EXPECT_EQ(story.kase().owner.post.value, "desk");
    EXPECT_EQ(story.kase().owner.person.value, "li");
    EXPECT_EQ(engine::kernel::timers(story.kase()), clocks);
    EXPECT_EQ(story.count("acting_changed"), 1u);
    EXPECT_TRUE(story.act(person("li"), "change_days", {{"days", 4}}));
    EXPECT_FALSE(story.act(kWang, "change_days", {{"days", 4}}));
}

TEST(Custody, WithoutAnyDeputyTheFallbackDeskOwns) {
    auto story = held_story();
    empty_desk(story);
    ASSERT_TRUE(story.by_engine("person_disabled", {{"person", "wang"}}));
    EXPECT_EQ(story.kase().owner.post.value, "fallback_desk");
    EXPECT_EQ(story.count("unreachable") > 0, true);
    EXPECT_TRUE(story.lacking().empty());
}

// The directory may change with nobody telling the case: the next decision notices.
TEST(Custody, EveryDecisionLooksWhetherTheOwnerCanBeReached) {
    auto story = held_story();
    empty_desk(story);
    EXPECT_EQ(story.lacking(), Words{"addressee"});
    story.run_until(engine::kernel::timers(story.kase()).front().at);
    EXPECT_EQ(story.kase().owner.post.value, "fallback_desk");
}

TEST(Custody, OwnerOnLeaveIsDeputisedWithoutAnyCommand) {
    auto story = held_story();
    story.directory.absences.push_back(
        {model::PersonId{"wang"}, at("2026-03-03 00:00"), at("2026-03-06 00:00")});
    ASSERT_TRUE(story.by_engine("reassess"));
    EXPECT_EQ(story.kase().owner.person.value, "li");
    story.at("2026-03-06 00:00");
    ASSERT_TRUE(story.by_engine("reassess"));
    EXPECT_EQ(story.kase().owner.person.value, "wang");
}

TEST(Custody, OfferToAPersonWhoIsDisabledLapses) {
    auto story = held_story();
    ASSERT_TRUE(offer(story, "chief"));
    disable(story.directory, "qian");
    ASSERT_TRUE(story.by_engine("person_disabled", {{"person", "qian"}}));
    EXPECT_FALSE(story.kase().offer);
    EXPECT_EQ(story.count("handover_lapsed"), 1u);
}

TEST(Custody, OfferSurvivesNewsOfSomebodyElse) {
    auto story = held_story();
    ASSERT_TRUE(offer(story, "chief"));
    ASSERT_TRUE(story.by_engine("person_disabled", {{"person", "pan"}}));
    EXPECT_FALSE(story.by_engine("reassess"));
    EXPECT_EQ(story.reason(), "reassess.nothing") << "what changes nothing leaves no row";
    EXPECT_TRUE(story.kase().offer);
}

TEST(Custody, EndOfTheCaseVoidsTheOffer) {
    auto story = held_story();
    ASSERT_TRUE(offer(story, "second_desk"));
    ASSERT_TRUE(story.act(kWang, "grant")) << story.reason();
    EXPECT_FALSE(story.kase().offer);
    EXPECT_EQ(story.kase().state_of("custody"), "held");
    EXPECT_FALSE(story.clock("st.handover").open());
}

}  // namespace
}  // namespace jinqiao::tests
