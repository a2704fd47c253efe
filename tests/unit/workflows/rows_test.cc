// The table as data: what the reference says of gates and ends holds of the rows themselves.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "workflows/dispute/frames.h"
#include "workflows/dispute/machine.h"
#include "workflows/dispute/regions.h"

namespace jinqiao::workflows::dispute {
namespace {

using Names = std::vector<std::string>;

// --- routing in general --------------------------------------------------------------------------

std::string bare(std::string_view route) {
    return std::string(route.starts_with('!') ? route.substr(1) : route);
}

// Every assignment of the routes of a group of rows that a case could give: families say yes at
// most once.
std::vector<std::set<std::string>> assignments(const std::vector<kernel::Row>& group) {
    std::set<std::string> ids;
    for (const auto& row : group)
        for (const auto& route : row.routes) ids.insert(bare(route));
    std::vector<std::set<std::string>> all{{}};
    std::map<std::string, Names> families;
    for (const auto& id : ids) {
        const auto open = id.find('(');
        families[open == std::string::npos ? id : id.substr(0, open)].push_back(id);
    }
    for (const auto& [family, members] : families) {
        auto grown = all;
        for (const auto& member : members)
            for (auto one : all) {
                one.insert(member);
                grown.push_back(std::move(one));
            }
        all = std::move(grown);
    }
    return all;
}

TEST(DisputeRoutes, OfOneSourceAndEventExcludeEachOther) {
    std::map<std::tuple<std::string, std::string, std::string>, std::vector<kernel::Row>> groups;
    for (const auto& row : moving_rows())
        groups[{row.region, row.source, row.event}].push_back(row);
    for (const auto& [key, group] : groups)
        for (const auto& yes : assignments(group)) {
            const auto holding = std::count_if(group.begin(), group.end(), [&](const auto& row) {
                return std::all_of(row.routes.begin(), row.routes.end(), [&](const auto& route) {
                    return yes.contains(bare(route)) != route.starts_with('!');
                });
            });
            EXPECT_LE(holding, 1) << std::get<1>(key) << " " << std::get<2>(key);
        }
}

// --- gates ---------------------------------------------------------------------------------------

bool has(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

TEST(DisputeGates, AreThoseOfTheReferenceAllOfThem) {
    const std::set<std::string> reference{
        "G.facts",   "G.plan",       "G.tier",    "G.medopen",   "G.body",     "G.consent",
        "G.scope",   "G.recusal",    "G.bothext", "G.papers",    "G.order",    "G.congress",
        "G.reps",    "G.sufficient", "G.vote",    "G.process",   "G.heard",    "G.winwin",
        "G.balance", "G.signed",     "G.mandate", "G.effective", "G.route",    "G.performed",
        "G.visit",   "G.demands",    "G.calm",    "G.notfiler",  "G.medended", "G.advice",
        "G.two",     "G.floor",      "G.suspend", "G.skip",      "G.split",    "G.merge",
        "G.window",  "G.addressee",  "G.limit",   "G.returned",  "G.lead",     "G.force"};
    // Of what the reference does not have: answers by receipt code, who reported in confidence, and
    // a task force that is ordered.
    const std::set<std::string> ours{"G.filer", "G.sealed", "G.unforced"};
    std::set<std::string> used;
    for (const auto& row : rows()) used.insert(row.gates.begin(), row.gates.end());
    for (const auto& gate : ours) EXPECT_EQ(used.erase(gate), 1U) << gate;
    EXPECT_EQ(used, reference);
}

// I8: mediation opens by consent, or comes with a merge where it was opened so.
TEST(DisputeGates, MediationOpensByConsentScopeAndRecusal) {
    for (const auto& row : moving_rows())
        if (row.target == "open" && row.source != "open" && row.event != "absorbed" &&
            row.event != "unmerge") {
            EXPECT_EQ(row.event, "accept_mediation");
            EXPECT_EQ(row.gates, (Names{"G.consent", "G.scope", "G.recusal"}));
        }
}

// I6: after it ended, a mediation opens by a new application only.
TEST(DisputeGates, AnEndedMediationStartsWithAnApplication) {
    for (const auto& row : moving_rows())
        if (row.source == "ended" && row.event != "absorbed") {
            EXPECT_EQ(row.event, "apply_mediation");
        }
}

// I7: the three steps in order, each done or skipped by an approval.
TEST(DisputeGates, TheThreeStepsComeInOrder) {
    const std::set<std::pair<std::string, std::string>> steps{
        {"not_required", "congress"}, {"congress", "elect"}, {"elect", "bargain"},
        {"bargain", "agreed"},        {"agreed", "bargain"}, {"bargain", "elect"},
        {"agreed", "elect"}};
    for (const auto& row : moving_rows())
        if (row.region == "process") {
            EXPECT_TRUE(steps.contains({row.source, row.target})) << row.event;
        }
}

TEST(DisputeGates, ATextIsBornOnlyThroughTheProcess) {
    for (const auto& row : moving_rows())
        if (row.target == "agreement" && row.event != "record_confirmation" &&
            row.source != "agreement") {
            EXPECT_TRUE(has(row.gates, "G.process")) << row.source << " " << row.event;
        }
}

// I23: what is not calm does not end, but by a merge. A pending exit is applied once R.done.
TEST(DisputeGates, NothingEndsThatIsNotCalm) {
    const std::set<std::string> others{"merge_into", "child_opened", "exit_applied"};
    for (const auto& row : moving_rows())
        if (row.region == "pipeline" && is_end(row.target) && !is_end(row.source) &&
            !others.contains(row.event)) {
            EXPECT_TRUE(has(row.gates, "G.calm") || has(row.routes, "R.done"))
                << row.source << " " << row.event;
        }
}

// I20, I22 as far as the table goes.
TEST(DisputeGates, SettledAndDismissedCasesAreLookedAtTwice) {
    for (const auto& row : moving_rows()) {
        if (row.target == "settled") {
            EXPECT_EQ(row.gates,
                      (Names{"G.demands", "G.winwin", "G.performed", "G.visit", "G.calm"}));
        }
        if (row.target == "no_dispute") {
            EXPECT_TRUE(has(row.gates, "G.notfiler") && has(row.gates, "G.two"));
        }
        if (row.target == "unresolved") {
            EXPECT_TRUE(has(row.gates, "G.medended") && has(row.gates, "G.advice") &&
                        has(row.gates, "G.two"));
        }
    }
}

// --- from where ----------------------------------------------------------------------------------

// The columns "from" and "to" of the reference for actions that move the pipeline.
TEST(DisputeRows, MoveThePipelineAsTheReferenceSays) {
    const std::string c = "committee joint team";

    const std::map<std::string, std::pair<std::string, std::string>> reference{
        {"acknowledge", {"reported", "verifying"}},
        {"watch", {"verifying", "watching"}},
        {"open_coordination", {"verifying watching", c}},
        {"change_tier", {c, c}},
        {"propose_agreement", {c, "agreement"}},
        {"apply_confirmation", {"agreement performing", "confirming"}},
        {"record_confirmation", {"confirming performing", "agreement confirming performing"}},
        {"start_performance", {"agreement", "performing"}},
        {"renegotiate", {"performing", "agreement"}},
        {"complete_performance", {"performing", "follow_up"}},
        {"report_breach", {"confirming follow_up", "performing"}},
        {"close_settled", {"follow_up", "settled"}},
        {"close_no_dispute", {"verifying watching", "no_dispute"}},
        {"close_unresolved", {"agreement committee joint performing team watching", "unresolved"}},
        {"go_back",
         {"agreement committee joint performing team watching",
          "committee joint team verifying watching"}},
        {"merge_into", {"committee joint reported team verifying watching", "merged"}},
        {"unmerge", {"merged", "committee joint reported team verifying watching"}},
        {"reopen",
         {"no_dispute referred settled unresolved withdrawn",
          "committee joint performing team verifying"}},
        {"reopen_bargaining", {"agreement performing", "joint team verifying"}},
        {"timer_fired(cc.effect)", {"confirming", "performing"}},
        {"tier_raised", {"committee team", "joint team"}},
    };
    for (const auto& [event, ends] : reference) {
        std::set<std::string> from, to;
        for (const auto& row : moving_rows())
            if (row.region == "pipeline" && row.event == event) {
                from.insert(row.source);
                to.insert(row.target);
            }
        const auto words = [](const std::set<std::string>& names) {
            std::string all;
            for (const auto& name : names) all += (all.empty() ? "" : " ") + name;
            return all;
        };
        if (event == "record_confirmation") to.insert("confirming");
        EXPECT_EQ(words(from), ends.first) << event;
        EXPECT_EQ(words(to), ends.second) << event;
    }
}

TEST(DisputeRows, OfAnEndAreFew) {
    const std::set<std::string> allowed{"report_up", "serve_end_notice", "add_note",    "reopen",
                                        "unmerge",   "filer_message",    "answer_filer"};
    auto configuration = initial();
    for (const auto end : end_states()) {
        configuration[Region::pipeline] = std::string(end);
        for (const auto& event : events())
            if (has_row(configuration, event)) {
                EXPECT_TRUE(allowed.contains(event)) << end << " " << event;
            }
    }
}

TEST(DisputeRows, OfFactsMoveNothing) {
    for (const auto& row : rows()) {
        EXPECT_FALSE(row.source.empty());
        EXPECT_FALSE(row.target.empty());
        EXPECT_TRUE(known_event(row.event));
    }
    EXPECT_GT(rows().size(), moving_rows().size());
}

}  // namespace
}  // namespace jinqiao::workflows::dispute
