#include "adapters/store/memory/memory_store.h"

#include <utility>

#include "adapters/store/memory/batch.h"
#include "adapters/store/memory/reader.h"
#include "adapters/store/memory/state.h"

namespace jinqiao::adapters::store::memory {

void undo(Tables& tables, const std::vector<Change>& changes, std::size_t kept) {
    for (std::size_t i = changes.size(); i > kept; --i) {
        const Change& change = changes[i - 1];
        change.apply(tables, change.key, change.before);
    }
}

void MemoryStore::State::soil() {
    if (!clean) return;
    const std::unique_lock lock(reading);
    clean = false;
}

void MemoryStore::State::split() {
    const std::scoped_lock lock(writing, reading);
    if (committed) return;
    committed = std::make_unique<Tables>(working);
    undo(*committed, changes, 0);
}

void MemoryStore::State::undo_down_to(std::size_t kept) {
    const std::lock_guard lock(writing);
    undo(working, changes, kept);
    changes.resize(kept);
    if (kept == 0) clean = true;
}

void MemoryStore::State::publish() {
    const std::scoped_lock lock(writing, reading);
    if (committed) {
        for (const Change& change : changes) change.apply(*committed, change.key, change.after);
    }
    changes.clear();
    clean = true;
}

void MemoryStore::State::end() {
    const std::lock_guard lock(writing);
    changes.clear();
    in_transaction = false;
}

// Looks at what has been committed. Any thread.
class CommittedReader final : public MemoryReader {
  public:
    explicit CommittedReader(std::shared_ptr<MemoryStore::State> state)
        : state_(std::move(state)) {}

  protected:
    Sight sight() const override {
        std::shared_lock lock(state_->reading);
        if (!state_->committed && !state_->clean) {
            lock.unlock();
            state_->split();
            lock.lock();
        }
        const auto& committed = state_->committed;
        return {committed ? committed.get() : &state_->working, std::move(lock)};
    }

  private:
    std::shared_ptr<MemoryStore::State> state_;
};

MemoryStore::MemoryStore() : state_(std::make_shared<State>()) {}
MemoryStore::~MemoryStore() = default;

engine::model::Result<std::unique_ptr<engine::ports::Batch>> MemoryStore::begin() {
    if (state_->broken) return *state_->broken;
    if (state_->in_transaction) {
        return model::Error{model::ErrorCode::internal, "one transaction at a time", "store"};
    }
    state_->in_transaction = true;
    ++state_->transaction;
    return std::unique_ptr<ports::Batch>(std::make_unique<MemoryBatch>(state_));
}

engine::model::Result<std::unique_ptr<engine::ports::Reader>> MemoryStore::reader() {
    return std::unique_ptr<ports::Reader>(std::make_unique<CommittedReader>(state_));
}

engine::model::Status MemoryStore::maintain(bool /*idle*/) {
    if (state_->broken) return *state_->broken;
    return model::Done{};
}

std::string MemoryStore::describe() const { return "in memory, forgotten at the end"; }

void MemoryStore::fail_next_commit(CommitFault fault) { state_->fault = fault; }

void MemoryStore::crash() {
    if (state_->in_transaction) {
        state_->undo_down_to(0);
        state_->end();
    }
    ++state_->transaction;
    state_->fault.reset();
    state_->broken.reset();
}

}  // namespace jinqiao::adapters::store::memory
