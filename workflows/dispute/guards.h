#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "workflows/dispute/step.h"

// The gate guards of dispute-machine.md 2.2 and the routing conditions of its section 0. All are
// pure questions about the stored case, the actor and the payload; none reads another region of
// the running machine.

namespace jinqiao::workflows::dispute {

using Reason = std::optional<model::Message>;  // empty: it holds

struct Guard {
    std::string_view id;
    Reason (*ask)(const Step& step);
};

// By theme, each in its own file.
std::span<const Guard> warn_guards();        // guards_warn.cc
std::span<const Guard> mediation_guards();   // guards_mediation.cc
std::span<const Guard> process_guards();     // guards_process.cc
std::span<const Guard> agreement_guards();   // guards_agreement.cc
std::span<const Guard> end_guards();         // guards_ends.cc
std::span<const Guard> request_guards();     // guards_requests.cc
std::span<const Guard> filer_guards();       // guards_filer.cc
std::span<const Guard> competence_guards();  // competence.cc
std::span<const Guard> task_force_guards();  // task_force.cc

const Guard* guard(std::string_view id);  // null: no such guard
std::vector<std::string_view> guard_ids();

bool route_holds(const Step& step, std::string_view id);  // routes.cc; "R.to(team)"

// Answers the machine from a step.
class Answers : public Questions {
  public:
    explicit Answers(const Step& step) : step_(step) {}
    Reason gate(std::string_view id) const override;
    bool route(std::string_view id) const override { return route_holds(step_, id); }

  private:
    const Step& step_;
};

// --- shared by guards, routes and effects
// -----------------------------------------------------------

Reason refuse(std::string_view id, std::vector<std::pair<std::string, std::string>> args = {});
std::string joined(const Texts& words);

// A second person's unused yes for this very action and payload.
const Approval* approval_for(const Step& step);
// How many workers an exit, referral or split takes out; empty: the whole case (3.3).
std::optional<std::int64_t> part_of(const Step& step);
// When an instalment agreement's right to be enforced, or else the limitation, runs out.
Instant breach_window(const Step& step);
model::GradeLevel assessed(const Step& step);  // by the rules, from the facts after the payload

}  // namespace jinqiao::workflows::dispute
