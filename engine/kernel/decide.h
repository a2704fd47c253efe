#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/kernel/draft.h"
#include "engine/kernel/facts.h"
#include "engine/kernel/workflow.h"
#include "engine/model/command.h"
#include "engine/model/kase.h"
#include "engine/model/notice.h"
#include "engine/model/refusal.h"

namespace jinqiao::engine::kernel {

// What a command makes of a case. Committed as a whole or not at all.
struct Decision {
    model::Case after;
    std::vector<model::Event> events;
    std::vector<model::Notice> notices;
    std::vector<model::Command> follow_ups;
};

using Verdict = std::variant<Decision, model::Refusal>;

// The kernel: pure and deterministic. Equal input gives equal output; no clock, file or random
// number is touched. `before` is null only for "file" and "open_child".
//
// Engine events that the kernel itself understands: timer_fired {slot, epoch, rung, repeat, at},
// delivered {assignment} or {assignments: [...]}, delivery_failed {notice, event,
// addressee, channel, contact, assignment, vars, reason}, sign / accept / return /
// done {assignment}, reassess {}, calendar_changed {}, person_disabled {person}.
// Everything else goes to the workflow.
Verdict decide(const Workflow& workflow, const model::Case* before, const model::Command& command,
               const Facts& facts, const policy::Policy& policy, const time::Calendar& calendar,
               time::Instant now);

// An instant at which the case wants a timer_fired command.
struct Timer {
    std::string slot;  // clock key
    time::Instant at;
    int epoch = 0, rung = 0, repeat = 0;
    bool operator==(const Timer&) const = default;
};
std::vector<Timer> timers(const model::Case& kase);
model::Command timer_command(const model::CaseId& id, const Timer& timer);

// What a person may do now: every action of the workflow this person has the right to, with the
// reasons that block it (empty: allowed).
struct Option {
    const Action* action = nullptr;
    std::vector<model::Message> reasons;
};
std::vector<Option> options(const Workflow& workflow, const model::Case& kase,
                            const model::Actor& actor, const Facts& facts,
                            const policy::Policy& policy, const time::Calendar& calendar,
                            time::Instant now);

// May this actor do this action on this case at all (403 otherwise)?
bool may(const Workflow& workflow, const model::Case& kase, const Action& action,
         const model::Actor& actor, const policy::Directory& directory, time::Instant now);
// Relations of the actor to the case: own, filer, enterprise, department, addressee, approver, …
std::vector<std::string> relations(const Workflow& workflow, const model::Case& kase,
                                   const model::Actor& actor, const policy::Directory& directory,
                                   time::Instant now);

// What an open case must have at every instant (the promise, I2 and I3). Each missing thing is one
// word: "owner", "next_action", "due", "addressee". Used by replay's independent reader and tests.
std::vector<std::string> lacking(const model::Case& kase, const policy::Directory& directory,
                                 time::Instant now);

}  // namespace jinqiao::engine::kernel
