#pragma once
#include <memory>
#include <string>

#include "engine/ports/store.h"

namespace jinqiao::adapters::store::memory {

// How a commit can go wrong.
enum class CommitFault {
    disk_full,     // rolled back; the next transaction may succeed
    unknown_done,  // reported unknown, and it did happen
    unknown_lost,  // reported unknown, and it did not
};

// A store that keeps everything in memory and forgets it at the end: for replays and tests. It
// means the same as the SQLite store (one contract suite runs against both) but for durability,
// which here lasts as long as the object.
//
// Ownership  Readers and the Batch are destroyed before the store.
// Threads    As engine::ports::Store says.
// Cost       Writes go to one set of tables with a list of what to undo. A second, committed set
//            (sharing the rows) is kept only from the first reader() on: a replay has none.
class MemoryStore final : public engine::ports::Store {
  public:
    MemoryStore();
    ~MemoryStore() override;
    MemoryStore(const MemoryStore&) = delete;
    MemoryStore& operator=(const MemoryStore&) = delete;

    engine::model::Result<std::unique_ptr<engine::ports::Batch>> begin() override;
    engine::model::Result<std::unique_ptr<engine::ports::Reader>> reader() override;
    engine::model::Status maintain(bool idle) override;
    std::string describe() const override;

    // For tests. After an unknown commit begin() fails until crash(), as a real store's does until
    // the program has been started again. Committer's thread.
    void fail_next_commit(CommitFault fault);
    // Leaves what a kill and a restart leave: what was committed. An open Batch fails from then on.
    void crash();

  private:
    struct State;
    std::shared_ptr<State> state_;
    friend class MemoryBatch;
    friend class CommittedReader;
};

}  // namespace jinqiao::adapters::store::memory
