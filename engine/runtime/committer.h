#pragma once
#include <chrono>
#include <functional>
#include <memory>

#include "engine/runtime/core.h"

namespace jinqiao::engine::runtime {

struct CommitterSettings {
    std::size_t queue = 4096;  // submissions waiting; above: busy
    std::size_t batch = 300;   // most submissions in one transaction
    // What the engine does by itself fills a transaction for so long at most, going by the one
    // before: people wait for the end of one transaction and then for their own.
    std::chrono::milliseconds engine_share{100};
};

// Group commit: one thread takes whatever is queued, lets Core process it, and goes on.
// No artificial delay: batches form by themselves while the disk syncs.
//
// Order    Within a lane, as submitted. What people wait for goes before what the engine does by
//          itself, which keeps a quarter of each transaction all the same.
// Threads  submit() from any thread; callbacks come on the committer's thread and must be short.
class Committer {
  public:
    Committer(Core& core, ports::Store& store, CommitterSettings settings,
              std::function<void(model::Error)> fatal);
    ~Committer();  // stop()

    // False: the queue is full, nothing was taken; answer "busy, retry after".
    bool submit(Submission submission);
    // Finishes what is queued, runs the store's closing maintenance, joins. Idempotent.
    void stop();
    std::size_t queued() const;
    // The disk is full: submissions are answered Error{disk_full} until there is room again, which
    // the committer finds out by itself. Reading goes on.
    bool read_only() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::engine::runtime
