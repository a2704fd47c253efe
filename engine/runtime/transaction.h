#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/model/result.h"
#include "engine/ports/store.h"
#include "engine/runtime/case_cache.h"
#include "engine/runtime/core.h"

namespace jinqiao::engine::runtime {

// The effective now of the last transaction, in milliseconds.
inline constexpr const char* last_now_meta = "last_now_ms";

// Errors of the store that no submission of the batch survives. Everything the runtime itself finds
// wrong with one case (unreadable snapshot, unknown workflow) has another code and fails alone.
bool ends_batch(model::ErrorCode code);

// One transaction of the store with what the batch has made of cases and directory so far, in two
// layers like the savepoint beneath: what earlier submissions left, and what this one is doing.
//
// Threads  the committer's only.
class Transaction {
  public:
    Transaction(ports::Batch& batch, CaseCache& cache, time::Instant now,
                std::shared_ptr<const World> world);

    ports::Batch& batch() { return batch_; }
    time::Instant now() const { return now_; }
    const World& world() const { return *world_; }
    const policy::Directory& directory() const { return *directory_; }
    void use_directory(std::shared_ptr<const policy::Directory> directory);
    // What follows is decided under another configuration; its directory is use_directory's affair.
    void use_world(std::shared_ptr<const World> world) { world_ = std::move(world); }

    // The case as this submission sees it; empty if there is none. A stored case that cannot be
    // read is Error{internal} naming it: it stays as it is until somebody looks.
    model::Result<std::optional<Snapshot>> find(const model::CaseId& id);
    // A case somebody has read ahead, with a reader of their own: taken instead of reading it here
    // unless it has changed since.
    void offer(const Snapshot& ahead);
    // What was just written for a case.
    void put(Snapshot snapshot, std::vector<model::Event> events, bool created);

    // One submission: open, then keep or undo.
    model::Status open();
    model::Status keep();
    model::Status undo();
    // Set before the first write of a command, so that nobody carries on after half of one.
    void writing(bool value) { writing_ = value; }
    bool half_written() const { return writing_; }
    // Forgets cached snapshots this submission has used: the store knew better.
    void forget_used();

    bool changed(const model::CaseId& id) const;  // by this transaction, and not undone
    // The latest of each case this transaction has changed and not undone.
    void each_changed(const std::function<void(const model::Case&)>& visit) const;

    bool dirty() const { return dirty_; }
    CoreCounts& tally() { return own_.tally; }

    // After the commit.
    void publish_to_cache();
    void drop_from_cache();  // after a failed one
    const std::vector<Accepted>& changes() const { return kept_.changes; }
    const CoreCounts& counts() const { return kept_.tally; }
    bool directory_changed() const { return directory_changed_; }
    bool world_changed() const { return world_changed_; }
    std::shared_ptr<const policy::Directory> current_directory() const { return directory_; }
    bool knows_policy(const model::PolicyId& id) const;
    void stored_policy(const model::PolicyId& id) { own_.policies.insert(id); }
    const std::unordered_set<model::PolicyId>& stored_policies() const { return kept_.policies; }

  private:
    struct Layer {
        std::unordered_map<model::CaseId, Snapshot> cases;
        std::vector<Accepted> changes;
        std::unordered_set<model::PolicyId> policies;
        CoreCounts tally;
    };
    ports::Batch& batch_;
    CaseCache& cache_;
    time::Instant now_;
    std::shared_ptr<const World> world_;
    std::shared_ptr<const World> kept_world_;
    std::shared_ptr<const policy::Directory> directory_;
    std::shared_ptr<const policy::Directory> kept_directory_;
    Layer kept_, own_;
    std::vector<model::CaseId> used_;
    bool dirty_ = false;
    bool writing_ = false;
    bool directory_changed_ = false;
    bool world_changed_ = false;
};

}  // namespace jinqiao::engine::runtime
