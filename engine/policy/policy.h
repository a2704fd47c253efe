#pragma once
#include <array>
#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/clock.h"
#include "engine/model/ids.h"
#include "engine/model/text.h"
#include "engine/policy/grading.h"
#include "engine/policy/ladder.h"
#include "engine/policy/routing.h"

namespace jinqiao::engine::policy {

// One clock of the policy. A grade without a budget has no such clock ("–" in the tables).
struct ClockRule {
    std::string name;
    model::Text label;
    model::ClockClass cls = model::ClockClass::stage;
    std::array<std::optional<time::Budget>, 4> budget;  // by grade, blue first
    bool backward = false;
    bool roll = true;
    bool suspendable = false;
    std::string source;
    // Other values of the same period, shown beside it ("national": 20 N).
    std::vector<std::pair<std::string, time::Budget>> also;
    // Actions of people that move the matter: each ends the running clock and starts it anew.
    // Nothing else does.
    std::vector<std::string> restarted_by;
    // Watches over the case as a whole: no next step, so it does not count as one (I3).
    bool background = false;
    // Another clock of the same matter: a reminder on either names the one that ends first.
    std::string beside;
};

struct RequestRule {
    std::string kind;
    std::vector<model::PostId> approvers;  // first time, second time (a higher one), …
    int needed = 1;
    std::string answer_clock = "st.answer";
    std::string on_expiry = "refuse";   // refuse, approve, escalate
    int most = 0;                       // granted at most so many times in a case; 0: no limit
    std::optional<time::Budget> total;  // all that is granted together puts off by at most this
    bool evidence = false;              // not without a document
};

// 专班: a case that does not move is taken to a task force, which reviews it daily.
struct TaskForceRule {
    model::PostId post;                // leads it
    std::array<int, 4> escalations{};  // by grade, blue first: after so many; 0: never by count
    std::string source;
};

// What is told to whom when an event of the workflow or the engine happens.
struct NoticeRule {
    std::string event;
    std::vector<std::string> to;  // audience words
    bool sign = false;            // makes an assignment that is signed for
};

// Everything a case pins at filing, by the hash of its text. Immutable; shared by pointer.
struct Policy {
    model::PolicyId id;
    std::string workflow;
    std::string text;  // canonical JSON this was read from; stored with the cases
    GradingRules grading;
    RoutingRules routing;
    std::map<std::string, ClockRule> clocks;
    std::vector<Ladder> ladders;
    std::map<std::string, RequestRule> requests;
    std::map<std::string, NoticeRule> notices;
    std::map<std::string, model::PostId> offers;  // state -> post offered on entering
    std::optional<TaskForceRule> task_force;
    boost::json::object params;  // the workflow's own numbers (limits, windows, tiers)

    const ClockRule* clock(std::string_view name) const;
};

}  // namespace jinqiao::engine::policy
