#include "engine/runtime/case_cache.h"

#include <utility>

namespace jinqiao::engine::runtime {

const Snapshot* CaseCache::find(const model::CaseId& id) {
    const auto found = index_.find(id);
    if (found == index_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return &order_.front();
}

void CaseCache::put(Snapshot snapshot) {
    if (most_ == 0) return;
    const model::CaseId id = snapshot.kase->id;
    drop(id);
    if (index_.size() >= most_) {
        index_.erase(order_.back().kase->id);
        order_.pop_back();
    }
    order_.push_front(std::move(snapshot));
    index_[id] = order_.begin();
}

void CaseCache::drop(const model::CaseId& id) {
    const auto found = index_.find(id);
    if (found == index_.end()) return;
    order_.erase(found->second);
    index_.erase(found);
}

}  // namespace jinqiao::engine::runtime
