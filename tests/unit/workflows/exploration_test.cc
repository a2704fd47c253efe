// Every configuration the machine can reach, by every answer its questions can get, with the
// invariants of dispute-machine.md section 4 that need no running engine.
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <map>
#include <set>

#include "tests/unit/workflows/oracle.h"
#include "workflows/dispute/frames.h"

namespace jinqiao::workflows::dispute {
namespace {

// A configuration and what sticks to a case beside it.
struct Node {
    Configuration configuration;
    bool collective = false;
    bool ever_spread = false;

    auto key() const { return std::tuple(configuration.state, collective, ever_spread); }
    bool operator<(const Node& other) const { return key() < other.key(); }
    const std::string& operator[](Region region) const { return configuration[region]; }
};

std::string words(const Node& node) {
    std::string all;
    for (const auto& state : node.configuration.state) all += state + " ";
    return all + (node.collective ? "collective" : "");
}

bool mediation_goes_on(const Configuration& c) {
    return c[Region::mediation] == "applied" || c[Region::mediation] == "open";
}

// Gates and routes that the configuration itself decides.
void settle(Forks& forks, const Node& node, bool collective) {
    const auto& c = node.configuration;
    const auto& steps = c[Region::process];
    forks.settled["G.process"] = steps == "agreed" || (steps == "not_required" && !collective);
    forks.settled["G.medended"] = !mediation_goes_on(c);
    forks.settled["R.collective"] = collective;
    // I10: not red, calm, inside. Red and calm are facts; inside is a state.
    if (c[Region::containment] != "inside") forks.settled["G.suspend"] = false;
}

// Facts after which a case may be found to be collective; it never ceases to be.
bool tells_numbers(std::string_view event) {
    return event == "update_facts" || event == "confirm_facts" || event == "absorbed";
}

struct Step {
    const Node& before;
    const std::string& event;
    const Move& move;
    const Node& after;
    const Forks& answers;
};
using Visitor = std::function<void(const Step&)>;

void each_step(const Node& node, const std::string& event, const Visitor& visit) {
    for (const bool found : {false, true}) {
        if (found && (node.collective || !tells_numbers(event))) continue;
        const bool collective = node.collective || found;
        Forks forks;
        settle(forks, node, collective);
        do {
            forks.rewind();
            const auto move = fire(node.configuration, event, forks);
            Node after{move.after, collective, node.ever_spread};
            if (move.kind != Move::moved) after = node;
            after.ever_spread = after.ever_spread || after[Region::containment] == "spread";
            visit({node, event, move, after, forks});
        } while (forks.next());
    }
}

// Children begin in another state than filed cases, but by the same first configuration.
const std::set<Node>& reachable() {
    static const auto found = [] {
        std::set<Node> seen{{initial()}};
        std::deque<Node> waiting{{initial()}};
        const auto all = events();
        while (!waiting.empty()) {
            const Node node = waiting.front();
            waiting.pop_front();
            for (const auto& event : all)
                each_step(node, event, [&](const Step& step) {
                    if (step.move.kind == Move::moved && seen.insert(step.after).second)
                        waiting.push_back(step.after);
                });
        }
        return seen;
    }();
    return found;
}

bool open(const Node& node) { return !is_end(node[Region::pipeline]); }

TEST(DisputeExploration, ReachesEveryStateOfEveryRegion) {
    std::set<std::string> met;
    for (const auto& node : reachable())
        for (const auto& state : node.configuration.state) met.insert(state);
    EXPECT_EQ(met.size(), states().size());
    RecordProperty("configurations", static_cast<int>(reachable().size()));
}

// I1, I10, I14 (custody holds one offer or none by its two states), I15, I19.
TEST(DisputeExploration, KeepsTheInvariantsOfConfigurations) {
    const std::set<std::string> may_sleep{"watching", "committee", "team", "joint", "agreement"};
    for (const auto& node : reachable()) {
        for (std::size_t i = 0; i < region_count; ++i)
            ASSERT_TRUE(known_state(static_cast<Region>(i), node.configuration.state[i]));
        if (node[Region::clock] == "suspended") {
            ASSERT_TRUE(may_sleep.contains(node[Region::pipeline])) << words(node);
            ASSERT_EQ(node[Region::containment], "inside") << words(node);
        }
        if (node[Region::containment] == "spread") {
            ASSERT_TRUE(node.ever_spread);
        }
        if (!open(node)) {
            ASSERT_EQ(node[Region::clock], "running") << words(node);
            ASSERT_EQ(node[Region::custody], "held") << words(node);
            ASSERT_FALSE(mediation_goes_on(node.configuration)) << words(node);
        }
        // "as soon as the case is collective and pipeline is before agreement"
        if (node.collective && before_agreement(node[Region::pipeline])) {
            ASSERT_NE(node[Region::process], "not_required") << words(node);
        }
    }
}

// I24, I25, I29 for every configuration, event and answer.
TEST(DisputeExploration, AnswersEveryEventOnceAndForAll) {
    const auto all = events();
    for (const auto& node : reachable())
        for (const auto& event : all)
            each_step(node, event, [&](const Step& step) {
                const auto& [before, name, move, after, answers] = step;
                ASSERT_NE(move.kind, Move::unknown);
                if (move.kind != Move::moved) {
                    ASSERT_EQ(move.after, before.configuration) << name;
                    ASSERT_TRUE(move.taken.empty()) << name;
                    ASSERT_FALSE(move.reasons.empty()) << name;
                }
                if (move.kind == Move::no_row) {
                    ASSERT_EQ(move.reasons[0].code, "no_transition");
                    ASSERT_EQ(move.reasons[0].args.size(), 2u);
                    ASSERT_EQ(move.reasons[0].args[1].second, name);
                }
                if (move.kind != Move::no_row) {
                    ASSERT_TRUE(has_row(before.configuration, name)) << words(before) << name;
                }
                const auto again = fire(before.configuration, name, answers);
                ASSERT_EQ(again.kind, move.kind);
                ASSERT_EQ(again.after, move.after);
                ASSERT_EQ(again.taken, move.taken);
            });
}

// What was taken is the whole difference between before and after.
TEST(DisputeExploration, TellsEveryRegionThatMoved) {
    for (const auto& node : reachable())
        for (const auto& event : events())
            each_step(node, event, [&](const Step& step) {
                auto replayed = step.before.configuration;
                for (const auto& taken : step.move.taken) {
                    ASSERT_EQ(replayed[taken.region], taken.source) << event;
                    replayed[taken.region] = taken.target;
                }
                ASSERT_EQ(replayed, step.move.after) << event;
            });
}

// I4: from every open configuration, with nothing but `by` said, and E2 never spreads (I15).
TEST(DisputeExploration, NobodyIsTrapped) {
    for (const auto& node : reachable()) {
        if (!open(node)) continue;
        for (const std::string event : {"party_refused", "party_went_to_arbitration", "withdraw"})
            each_step(node, event, [&](const Step& step) {
                ASSERT_EQ(step.move.kind, Move::moved) << words(node) << event;
                ASSERT_EQ(step.after[Region::containment], node[Region::containment]);
                if (step.answers.said("R.part")) {
                    ASSERT_TRUE(step.move.taken.empty()) << words(node) << event;  // I17
                    return;
                }
                ASSERT_EQ(step.after[Region::clock], "running") << words(node) << event;
                const bool ends_mediation =
                    event != "party_refused" || step.answers.said("R.mediation");
                if (mediation_goes_on(node.configuration) && ends_mediation) {
                    ASSERT_EQ(step.after[Region::mediation], "ended") << words(node) << event;
                }
            });
    }
}

// Events that a party must have agreed to, or that are a party's own doing.
bool needs_a_party(std::string_view event) {
    static const std::set<std::string_view> theirs{
        "accept_mediation",   "apply_mediation",
        "sign_agreement",     "extend_mediation",
        "renegotiate",        "reach_agreement",
        "party_refused",      "party_went_to_arbitration",
        "withdraw",           "elect_representatives",
        "apply_confirmation", "absorbed"};
    return theirs.contains(event);
}

// Nodes from which one of `goals` is reached by steps that `allowed` lets pass.
std::set<Node> leading_to(const std::function<bool(const Node&)>& goal,
                          const std::function<bool(std::string_view)>& allowed) {
    std::map<Node, std::vector<Node>> into;
    std::set<Node> good;
    std::deque<Node> waiting;
    for (const auto& node : reachable()) {
        if (goal(node) && good.insert(node).second) waiting.push_back(node);
        for (const auto& event : events()) {
            if (!allowed(event)) continue;
            each_step(node, event, [&](const Step& step) {
                if (step.move.kind == Move::moved && step.after.key() != node.key())
                    into[step.after].push_back(node);
            });
        }
    }
    while (!waiting.empty()) {
        const Node node = waiting.front();
        waiting.pop_front();
        for (const auto& source : into[node])
            if (good.insert(source).second) waiting.push_back(source);
    }
    return good;
}

// I5, with gates that hold because people did their work. A merge is no way out of a dispute, and
// an ended exit needs the party.
TEST(DisputeExploration, AnEndIsReachableWithoutAPartysConsent) {
    const auto good = leading_to(
        [](const Node& node) { return !open(node) && node[Region::pipeline] != "merged"; },
        [](std::string_view event) {
            return !needs_a_party(event) && event != "merge_into" && event != "exit_applied" &&
                   event != "child_opened";
        });
    for (const auto& node : reachable())
        if (open(node)) {
            ASSERT_TRUE(good.contains(node)) << words(node);
        }
}

TEST(DisputeExploration, NothingOpenIsADeadEnd) {
    for (const auto& node : reachable()) {
        if (!open(node)) continue;
        std::set<std::string> next;
        for (const auto& event : events())
            each_step(node, event,
                      [&](const Step& step) { next.insert(step.after[Region::pipeline]); });
        ASSERT_GT(next.size(), 1u) << words(node);
    }
}

// I7: with the oracle that reads the stored process, no collective case gets a text before it has
// agreed; and process only ever agrees by a vote or an approved skip.
TEST(DisputeExploration, ACollectiveTextComesAfterTheThreeSteps) {
    for (const auto& node : reachable())
        for (const std::string event : {"propose_agreement", "renegotiate"})
            each_step(node, event, [&](const Step& step) {
                const bool entered =
                    step.move.kind == Move::moved && step.after[Region::pipeline] == "agreement";
                if (entered && step.after.collective) {
                    ASSERT_EQ(step.after[Region::process], "agreed") << words(node);
                }
            });
}

// Any move of pipeline, mediation or process wakes a sleeping clock in the same step (3.2).
TEST(DisputeExploration, NothingMovesWhileTheClockSleeps) {
    for (const auto& node : reachable()) {
        if (node[Region::clock] != "suspended") continue;
        for (const auto& event : events())
            each_step(node, event, [&](const Step& step) {
                for (const auto region : {Region::pipeline, Region::mediation, Region::process})
                    if (step.after[region] != node[region]) {
                        ASSERT_EQ(step.after[Region::clock], "running") << words(node) << event;
                    }
                if (step.after[Region::containment] == "spread") {
                    ASSERT_EQ(step.after[Region::clock], "running") << words(node) << event;
                }
            });
    }
}

}  // namespace
}  // namespace jinqiao::workflows::dispute
