#pragma once
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "engine/model/kase.h"

namespace jinqiao::engine::runtime {

// A decoded case as of its last history row.
struct Snapshot {
    std::shared_ptr<const model::Case> kase;
    std::string chain;  // hash of that row
};

// The most recently used snapshots, committed state only. The committer is the only writer, so an
// entry stays true until it is replaced; put_case's seq check notices if that is ever not so.
// Threads  any may ask; what is held is the committer's thread's affair.
class CaseCache {
  public:
    explicit CaseCache(std::size_t most) : most_(most) {}

    std::optional<Snapshot> find(const model::CaseId& id);
    std::shared_ptr<const model::Case> find_case(const model::CaseId& id);  // null if not held
    void put(Snapshot snapshot);
    void drop(const model::CaseId& id);
    std::size_t size() const;

  private:
    const Snapshot* used(const model::CaseId& id);
    void erase(const model::CaseId& id);

    const std::size_t most_;
    mutable std::mutex mutex_;   // guards what follows
    std::list<Snapshot> order_;  // most recently used first
    std::unordered_map<model::CaseId, std::list<Snapshot>::iterator> index_;
};

}  // namespace jinqiao::engine::runtime
