#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kernel/draft.h"
#include "engine/model/refusal.h"
#include "engine/policy/routing.h"

// Signing for what one is told (签收): told -> delivered -> signed -> accepted | returned -> done.
// The clock of an assignment starts at delivery and ends with a signature, or once enough others of
// its group have signed. What comes back is given on by the owner or, after as many returns as the
// policy allows, by a ruling of the lead department.
namespace jinqiao::engine::kernel {

// Engine events and calls of addressees, by the name of the command.
std::optional<model::Refusal> delivered(Draft& draft);
std::optional<model::Refusal> answer_assignment(Draft& draft);
// A person urges somebody who has not signed yet: one more notice of the same assignment. How often
// is for whoever lets them ask.
std::optional<model::Refusal> urge(Draft& draft);
// Why "sign", "accept", "return" or "done" is no answer to this any more, whoever gives it; dropped
// where it was given before.
std::optional<model::Refusal> unfit_answer(const model::Assignment& assignment,
                                           std::string_view answer);

// How far a group has got with its answers. Who was given a task twice counts twice; what was
// returned or superseded counts no more.
struct Answers {
    std::string group;
    int told = 0;
    int signed_for = 0;  // or accepted, or done
    int accepted = 0;
    int returned = 0;
    int enough = 0;  // 0: all must answer
    bool reached() const { return told > 0 && signed_for >= (enough > 0 ? enough : told); }
};

// Groups of alerts that ask for a signature, in the order in which they were first told.
std::vector<Answers> answers(const model::Case& kase, const policy::RoutingRules& routing);

// Whether nobody needs to be urged any more in the group of this assignment.
bool enough_answered(const model::Case& kase, const policy::RoutingRules& routing,
                     const model::Assignment& assignment);

// Somebody has said who is competent, or the question is void: its clock and its task end.
void decided(Draft& draft, const model::AssignmentId& returned, std::string_view how);
// A task that came back and has not been given on.
bool waits_for_decision(const model::Case& kase, const model::Assignment& assignment);
// Whether only the lead department may still say who is competent.
bool needs_ruling(const policy::RoutingRules& routing, const model::Assignment& assignment);

}  // namespace jinqiao::engine::kernel
