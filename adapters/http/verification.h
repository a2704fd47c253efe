#pragma once
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/ports/clock.h"
#include "engine/ports/store.h"
#include "engine/runtime/audit.h"

namespace jinqiao::adapters::http {

// Whether the history is whole, found out beside everything else: `jinqiao audit verify` from the
// running program. Reads by a reader of its own; writers do not wait for it.
//
// Threads  One of its own while it is under way. start() and state() from any one thread.
class Verification {
  public:
    enum class Phase { never, running, done, failed };
    struct State {
        Phase phase = Phase::never;
        std::uint64_t streams_done = 0, streams = 0;
        engine::time::Instant began, ended;
        std::string account;  // whose wish it was
        engine::runtime::AuditReport report;
        std::string error;  // of `failed`
    };

    Verification() = default;
    ~Verification() { stop(); }
    Verification(const Verification&) = delete;
    Verification& operator=(const Verification&) = delete;

    // False: one is under way already.
    bool start(engine::ports::Store& store, const engine::ports::WallClock& clock,
               const std::string& account);
    State state() const;
    void stop();  // breaks off what is under way

  private:
    void run(engine::ports::Store& store, const engine::ports::WallClock& clock);

    mutable std::mutex mutex_;
    State state_;  // guarded by mutex_
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace jinqiao::adapters::http
