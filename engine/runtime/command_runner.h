#pragma once
#include <deque>
#include <variant>

#include "engine/runtime/case_writer.h"

namespace jinqiao::engine::runtime {

// Runs commands inside one open savepoint: decides, writes, then the follow-ups the decisions ask
// for, in order, until none is left.
//
// A follow-up that is dropped is no event. One that is refused fails the whole submission, with its
// own reasons, where a person waits for the answer: half a merge is worse than none. Where nobody
// waits (timers, deliveries, changes of the directory, or a cause that begins with "optional"), and
// when an alert is filed, it is recorded as "follow_up_refused" on the case that asked for it, and
// the rest goes on.
class CommandRunner {
  public:
    CommandRunner(const Tools& tools, Transaction& tx) : tools_(tools), tx_(tx) {}

    // After anything but Accepted the savepoint must be undone. `foresight` may be null; what it
    // foresaw is used up.
    Answer run(const model::Command& command, Foresight* foresight = nullptr);

    // Engine commands that come beside other work (deliveries, directory). Refusals and cases that
    // cannot be read are passed over; an error means the savepoint must be undone.
    model::Status run_beside(std::vector<model::Command> commands);

  private:
    struct Queued {
        model::Command command;
        model::CaseId origin;  // the case whose decision asked for it; empty for the first
        bool optional = false;
        int depth = 0;  // of the chain of causes that led here
    };
    using Step = std::variant<Accepted, model::Refusal, model::Error>;

    Step step(const model::Command& command, bool first, Foresight* foresight = nullptr);
    model::Result<bool> holds(const Foresight& foresight, const Snapshot& before);
    Step write_foreseen(const model::Command& command, Foresight& foresight);
    Step decide_and_write(model::Command command, const std::optional<Snapshot>& before,
                          bool first);
    Answer drain(std::deque<Queued> queue, Accepted accepted);
    void queue_follow_ups(const Accepted& from, std::deque<Queued>& queue, const Queued& cause);
    model::Status record_refused(const Queued& queued, const model::Refusal& refusal);
    model::Result<std::shared_ptr<const kernel::Workflow>> workflow_for(
        model::Command& command, const std::optional<Snapshot>& before);
    model::Result<PolicyPtr> policy_for(const kernel::Workflow& workflow,
                                        const model::Command& command,
                                        const std::optional<Snapshot>& before);
    model::Status take_personal(const kernel::Action& action, model::Command& command,
                                Writing& writing);
    model::Result<model::EnterpriseId> enterprise_for(model::Command& command, Writing& writing);
    model::Result<std::optional<Snapshot>> parent_of(const model::CaseId& child);

    const Tools& tools_;
    Transaction& tx_;
    std::vector<model::Command> follow_ups_;  // of the last step
};

}  // namespace jinqiao::engine::runtime
