#pragma once
#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "engine/kernel/decide.h"

namespace jinqiao::engine::kernel {

// How many timers whoever looks ahead lets a case fire. One nobody touches rings some dozen times a
// day; past this a policy has gone wild.
constexpr std::size_t most_timers = 20'000;

// The kernel on a clock of its own: the cases, and what the committer does around a decision. It
// allots numbers, carries out follow-ups in the same step, tells the case that a message arrived,
// and fires the timers a case asked for. No store, no thread, no channel; what would happen, not
// what happens. For previews and proofs.
class Trial {
  public:
    // Borrowed; outlives the trial.
    struct World {
        const Workflow* workflow = nullptr;
        const policy::Policy* policy = nullptr;
        const policy::Directory* directory = nullptr;
        const time::Calendar* calendar = nullptr;
    };
    using Watch = std::function<void(const model::Command&, const Decision&, time::Instant)>;

    // `watch` sees every decision that was carried out, in order. May be empty.
    Trial(World world, time::Instant now, Watch watch = {});

    // A case as it was stored, to be run on from now.
    void take(model::Case kase);
    // Carries out the command and what follows from it, or says why not and changes nothing.
    std::optional<model::Refusal> send(const model::Command& command);

    // The earliest instant at which a case wants its timer fired; empty: nothing is to come.
    std::optional<time::Instant> next() const;
    // Turns the clock on to the next such instant and fires that one timer. False if there is none,
    // or if it did nothing and would ring for ever.
    bool ring();
    // Turns the clock on, past whatever has not been fired. Never back.
    void set(time::Instant now) { now_ = std::max(now_, now); }

    // Whoever looks on from here on.
    void watch(Watch watch) { watch_ = std::move(watch); }

    time::Instant now() const { return now_; }
    const std::map<model::CaseId, model::Case>& cases() const { return cases_; }

  private:
    struct Step {
        model::Command command;
        Decision decision;
    };
    std::optional<model::Refusal> decide_all(const model::Command& command,
                                             std::map<model::CaseId, model::Case>& staged,
                                             std::vector<Step>& steps);
    void deliver(const std::vector<model::Notice>& notices);

    World world_;
    time::Instant now_;
    Watch watch_;
    std::map<model::CaseId, model::Case> cases_;
};

}  // namespace jinqiao::engine::kernel
