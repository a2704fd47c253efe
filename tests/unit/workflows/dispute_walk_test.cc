// The invariants of dispute-machine.md section 4, checked after every step of random walks.
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <map>
#include <set>

#include "engine/model/codec.h"
#include "engine/policy/grading.h"
#include "tests/support/dispute_walk.h"
#include "workflows/dispute/machine.h"
#include "workflows/dispute/params.h"
#include "workflows/dispute/step.h"

namespace jinqiao::workflows::dispute {

namespace {

using tests::DisputeWalk;

const std::set<std::string> tail{"st.end_notice", "rep.final"};

class Invariants {
  public:
    Invariants(DisputeWalk& walk, std::uint32_t seed)
        : walk_(walk), params_(read_params(walk.story.policy.params)), seed_(seed) {}

    void check(const engine::kernel::Decision& decision) {
        const model::Case& after = decision.after;
        const auto known = before_.find(after.id.value);
        SCOPED_TRACE("seed " + std::to_string(seed_) + " " + after.id.value + " seq " +
                     std::to_string(after.seq) + " " + std::string(after.state_of("pipeline")));
        rungs(decision);
        // A repeated reminder changes nothing that the rest is about.
        if (known != before_.end() && known->second.version == after.version) return;
        state(after);
        if (after.open)
            open(after);
        else
            ended(after);
        mediation(after);
        if (known != before_.end()) transition(known->second, decision);
        before_[after.id.value] = after;
    }

  private:
    DisputeWalk& walk_;
    Params params_;
    std::uint32_t seed_;
    std::map<std::string, model::Case> before_;
    std::set<std::string> fired_;

    static const model::Clock* running(const model::Case& kase, std::string_view name) {
        const auto* clock = kase.clock(name);
        return clock != nullptr && clock->open() ? clock : nullptr;
    }

    void state(const model::Case& kase) {
        for (std::size_t i = 0; i < region_count; ++i)  // I1
            EXPECT_TRUE(known_state(static_cast<Region>(i), kase.state_of(region_names[i])))
                << region_names[i];
        EXPECT_EQ(kase.open, !is_end(kase.state_of("pipeline")));
        const auto text = engine::model::encode(kase);  // I29
        const auto again = engine::model::decode_case(text);
        ASSERT_TRUE(again.ok());
        EXPECT_EQ(engine::model::encode(*again), text);
        const Data data = read_data(kase.data);
        EXPECT_EQ(write_data(data), kase.data);
        std::map<std::string, int> pending;  // I14
        for (const auto& request : kase.requests)
            if (request.state == model::RequestState::pending) {
                EXPECT_EQ(++pending[request.kind], 1) << request.kind;
                EXPECT_TRUE(kase.clock("st.answer", request.id.value)->open());
            }
    }

    void open(const model::Case& kase) {
        const auto lacking =
            engine::kernel::lacking(kase, walk_.story.directory, walk_.story.now);  // I2, I3
        EXPECT_TRUE(lacking.empty()) << lacking.front();
        EXPECT_EQ(kase.offer.has_value(), kase.state_of("custody") == "offered");
        if (kase.offer) {
            EXPECT_NE(running(kase, "st.handover"), nullptr);
        }
        const Data data = read_data(kase.data);
        if (kase.state_of("containment") == "spread") {  // I15, I16
            EXPECT_TRUE(data.ever_spread);
            EXPECT_EQ(kase.grade.effective, model::GradeLevel::red);
        }
        if (kase.state_of("clock") == "suspended") {  // I10
            const auto state = kase.state_of("pipeline");
            EXPECT_NE(running(kase, "sus.until"), nullptr);
            EXPECT_NE(kase.grade.effective, model::GradeLevel::red);
            EXPECT_TRUE(calm(data, params_));
            EXPECT_NE(kase.state_of("containment"), "spread");
            EXPECT_TRUE(state == "watching" || is_tier(state) || state == "agreement");
        }
        exits(kase);
    }

    // I4: whoever says so, with nothing but `by`, is out of mediation.
    void exits(const model::Case& kase) {
        for (const char* exit : {"party_refused", "party_went_to_arbitration", "withdraw"}) {
            model::Command command;
            command.target = kase.id;
            command.name = exit;
            command.payload = {{"by", "employer"}};
            command.actor = walk_.story.duty;
            const auto verdict =
                engine::kernel::decide(walk_.story.workflow, &kase, command, walk_.story.facts(),
                                       walk_.story.policy, walk_.story.calendar, walk_.story.now);
            const auto* decision = std::get_if<engine::kernel::Decision>(&verdict);
            ASSERT_NE(decision, nullptr) << exit;
            const auto mediation = decision->after.state_of("mediation");
            EXPECT_TRUE(mediation == "none" || mediation == "ended") << exit;
            EXPECT_EQ(decision->after.state_of("clock"), "running") << exit;
        }
    }

    void ended(const model::Case& kase) {  // I19
        EXPECT_FALSE(kase.offer.has_value());
        EXPECT_EQ(kase.state_of("clock"), "running");
        EXPECT_EQ(kase.state_of("custody"), "held");
        const auto mediation = kase.state_of("mediation");
        EXPECT_TRUE(mediation == "none" || mediation == "ended");
        for (const auto& clock : kase.clocks)
            if (clock.open() && clock.cls != model::ClockClass::reference) {
                EXPECT_TRUE(tail.contains(clock.name)) << clock.key();
            }
        for (const auto& request : kase.requests)
            EXPECT_NE(request.state, model::RequestState::pending);
        const Data data = read_data(kase.data);
        const auto state = kase.state_of("pipeline");
        if (state != "merged") {  // I23
            EXPECT_TRUE(calm(data, params_)) << state;
        }
        if (state == "settled") settled(data);
    }

    static void settled(const Data& data) {  // I20
        for (const Demand& each : data.demands) EXPECT_FALSE(each.answer.empty());
        ASSERT_NE(data.agreement(), nullptr);
        for (const Instalment& each : data.agreement()->instalments) EXPECT_TRUE(each.settled());
        EXPECT_FALSE(data.visits.empty());
    }

    void mediation(const model::Case& kase) {
        const Data data = read_data(kase.data);
        const Application* last = data.application();
        if (kase.state_of("mediation") == "open") {  // I8
            ASSERT_NE(last, nullptr);
            EXPECT_EQ(last->state, "open");
            EXPECT_TRUE(data.facts.in_scope.value_or(false) || !last->from_case.empty());
            EXPECT_TRUE(params_.registered(last->body, last->mediator_kind));
        }
        for (const Application& each : data.applications)  // I21
            if (each.state == "ended" && each.outcome != "agreed" && each.from_case.empty() &&
                kase.state_of("pipeline") != "merged") {
                EXPECT_TRUE(each.notice_served_at || running(kase, "st.end_notice"))
                    << each.no << each.outcome;
            }
    }

    void rungs(const engine::kernel::Decision& decision) {  // I26
        for (const auto& event : decision.events) {
            if (event.name != "rung") continue;
            std::string key = decision.after.id.value;
            for (const char* part : {"clock", "epoch", "rung", "repeat"})
                key += "/" + boost::json::serialize(event.data.at(part));
            EXPECT_TRUE(fired_.insert(key).second) << key;
        }
    }

    static bool has(const engine::kernel::Decision& decision, std::string_view event) {
        for (const auto& each : decision.events)
            if (each.name == event) return true;
        return false;
    }

    void transition(const model::Case& before, const engine::kernel::Decision& decision) {
        const model::Case& after = decision.after;
        EXPECT_EQ(before.exercise, after.exercise);            // I28
        if (after.grade.effective < before.grade.effective) {  // I11
            EXPECT_TRUE(has(decision, "grade_lowered") && has(decision, "request_answered"));
        }
        if (read_data(before.data).ever_spread) {  // I15
            EXPECT_TRUE(read_data(after.data).ever_spread);
        }
        if (before.owner.post != after.owner.post) owner(before, decision);
        for (const auto& clock : after.clocks) {  // I9
            if (clock.cls != model::ClockClass::legal) continue;
            for (const auto& old : before.clocks)
                if (old.key() == clock.key() && old.due.at != clock.due.at) {
                    EXPECT_TRUE(has(decision, "due_changed")) << clock.key();
                }
        }
        const auto entered =
            after.state_of("pipeline") == "agreement" && before.state_of("pipeline") != "agreement";
        const Data data = read_data(after.data);
        if (entered && data.collective && before.state_of("pipeline") != "confirming") {  // I7
            EXPECT_TRUE(after.state_of("process") == "agreed" ||
                        before.state_of("pipeline") == "performing");
        }
        if (after.state_of("process") == "agreed")
            for (const char* step : {"congress", "elect", "bargain"}) {
                EXPECT_TRUE(data.done(step)) << step;
            }
    }

    static void owner(const model::Case& before, const engine::kernel::Decision& decision) {  // I13
        (void)before;
        std::set<std::string> how;
        for (const auto& each : decision.events)
            if (each.name == "owner_changed")
                how.insert(std::string(each.data.at("how").as_string()));
        ASSERT_FALSE(how.empty());
        static const std::set<std::string> allowed{"acknowledged", "accepted", "reassigned",
                                                   "fallback"};
        for (const auto& each : how) EXPECT_TRUE(allowed.contains(each)) << each;
    }
};

void walk(std::uint32_t seed, int steps) {
    DisputeWalk walk(seed);
    Invariants invariants(walk, seed);
    walk.story.watch = [&](const auto& decision) { invariants.check(decision); };
    walk.run(steps);
    EXPECT_GT(walk.accepted, 0U);
}

}  // namespace

// JINQIAO_WALKS=n walks n seeds, for a long look.
TEST(DisputeWalks, HoldTheInvariantsAtEveryStep) {
    const char* wanted = std::getenv("JINQIAO_WALKS");
    const auto seeds = static_cast<std::uint32_t>(wanted != nullptr ? std::atoi(wanted) : 4);
    for (std::uint32_t seed = 1; seed <= seeds && !::testing::Test::HasFailure(); ++seed)
        walk(seed, 300);
}

// I30: the route is chosen before its window closes, and the first session comes before the
// mediation must end, whatever day of the calendar it begins on.
TEST(DisputeClocks, OurDeadlinesComeBeforeTheLawsOnEveryDay) {
    const tests::DisputeStory story;
    const auto due = [&](const char* clock, model::GradeLevel grade, time::Instant from) {
        const auto& rule = *story.policy.clock(clock);
        return time::due(story.calendar,
                         {*rule.budget[static_cast<std::size_t>(grade)], {}, false, rule.roll},
                         from)
            .at;
    };
    for (const auto grade : {model::GradeLevel::blue, model::GradeLevel::yellow,
                             model::GradeLevel::orange, model::GradeLevel::red})
        for (time::Date day = *time::parse_date("2026-01-01");
             day <= *time::parse_date("2026-12-31"); day += std::chrono::days{1}) {
            const auto from = story.calendar.at(day, std::chrono::hours{10});
            EXPECT_LT(due("st.route", grade, from), due("agr.arb_review", grade, from))
                << time::to_string(day);
            EXPECT_LT(due("st.meeting", grade, from), due("med.end", grade, from))
                << time::to_string(day);
        }
}

}  // namespace jinqiao::workflows::dispute
