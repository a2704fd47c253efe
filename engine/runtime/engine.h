#pragma once
#include <functional>
#include <memory>

#include "engine/runtime/audit_service.h"
#include "engine/runtime/committer.h"
#include "engine/runtime/dispatcher.h"
#include "engine/runtime/timer_service.h"

namespace jinqiao::engine::runtime {

struct EngineSettings {
    CoreSettings core;
    CommitterSettings committer;
    TimerSettings timers;
    DeliverySettings deliveries;
    AuditSettings audit;
};

struct EngineStats {
    CoreCounts core;
    TimerStats timers;
    DispatcherStats deliveries;
    AuditorReport audit;
    std::size_t queued = 0;
    bool read_only = false;
};

// The running engine: core, committer, timer service and dispatcher, wired to one store. Two
// threads of its own: the committer's, and one for the io_context on whose strands timers and
// deliveries live.
//
// Ownership  The parts are borrowed and outlive the engine; notifiers are shared, and an answer
//            that comes after stop() is dropped.
// Threads    submit() and the questions from any thread; start() and stop() from one.
class Engine {
  public:
    // `fatal` is called once, from the committer's thread, when the store must not be written to
    // any more; the program is to end with an error. It must not call stop() itself.
    Engine(Core::Parts parts, Notifiers notifiers, EngineSettings settings,
           std::function<void(model::Error)> fatal);
    ~Engine();  // stop()

    // Before start(): who else wants to hear of commits, on the committer's thread.
    void on_commit(std::function<void(std::span<const Accepted>)> listener);

    // Before start(): called after each look of the auditor that found nothing wrong, on the
    // io_context's thread; returns at once.
    void on_content(std::function<void()> sign_of_life);

    // Nothing proportional to the number of cases happens here.
    model::Status start();
    // Timers and deliveries first, then what is queued is finished and answered, then the store's
    // closing maintenance. Idempotent.
    void stop();

    // False: busy or stopping; answer "retry after".
    bool submit(Submission submission);
    time::Instant now() const;
    EngineStats stats() const;
    // For adapters that submit and ask the time themselves; the committer exists once started.
    const Core& core() const;
    Committer* committer();
    void confirm_clock();  // after a jump: the clock is right, go on
    // After start(): another configuration's channels and intervals. See Dispatcher::use and
    // AuditService::use. Any thread.
    void use_channels(Notifiers notifiers, DeliverySettings settings);
    void use_audit(AuditSettings settings);
    // Looks at timers and deliveries at once; for tests that turn the clock by hand.
    void wake();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::engine::runtime
