#pragma once
#include <boost/json/object.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "engine/kernel/trial.h"
#include "engine/model/command.h"
#include "engine/model/kase.h"
#include "engine/policy/directory.h"

namespace jinqiao::engine::kernel {

// Something somebody does in a case that is played through, so long after filing: whoever acts
// first for the post then.
struct Deed {
    std::chrono::milliseconds after{};
    std::string action;
    // What is known only then is a word: "$now", "$today", "$today+20" (days on), "$request" (the
    // last one nobody has answered), "$task" (the last one a department was given), "$person"
    // (whoever does it).
    boost::json::object payload = {};
    // Empty: the post that owns the case then. "$approver" of the request (the next person who may
    // answer it), "$offeree" of the hand-over, "$assignee" of the task.
    model::PostId post = {};
};

// A way through a workflow: an alert and what is done then, in order of time.
struct Rehearsal {
    std::string name;
    boost::json::object alert;
    std::vector<Deed> deeds;
};

// The command that carries out a deed as the case stands. Nobody acts for the post: an actor
// without a person, whom the kernel refuses.
model::Command command_of(const Deed& deed, const model::Case& kase,
                          const policy::Directory& directory, time::Instant now);

// Files a rehearsal's alert in a trial, at its time, as the case rehearsed(). The refusal, if it is
// refused.
std::optional<model::Refusal> file_rehearsal(Trial& trial, const Rehearsal& way,
                                             const model::Actor& filer);
const model::CaseId& rehearsed();
// Its alert as filed by this person then.
boost::json::object filed_as(const Rehearsal& way, const model::Actor& filer, time::Instant at);

// The clock ends at its due, by the workflow or because silence answers a request.
bool ends_at_due(const Workflow& workflow, const policy::Policy& policy, std::string_view clock);

}  // namespace jinqiao::engine::kernel
