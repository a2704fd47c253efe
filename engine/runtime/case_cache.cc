#include "engine/runtime/case_cache.h"

#include <utility>

namespace jinqiao::engine::runtime {

const Snapshot* CaseCache::used(const model::CaseId& id) {
    const auto found = index_.find(id);
    if (found == index_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return &order_.front();
}

std::optional<Snapshot> CaseCache::find(const model::CaseId& id) {
    std::lock_guard lock(mutex_);
    const auto* held = used(id);
    return held != nullptr ? std::optional(*held) : std::nullopt;
}

std::shared_ptr<const model::Case> CaseCache::find_case(const model::CaseId& id) {
    std::lock_guard lock(mutex_);
    const auto* held = used(id);
    return held != nullptr ? held->kase : nullptr;
}

void CaseCache::put(Snapshot snapshot) {
    if (most_ == 0) return;
    const model::CaseId id = snapshot.kase->id;
    std::lock_guard lock(mutex_);
    erase(id);
    if (index_.size() >= most_) {
        index_.erase(order_.back().kase->id);
        order_.pop_back();
    }
    order_.push_front(std::move(snapshot));
    index_[id] = order_.begin();
}

void CaseCache::drop(const model::CaseId& id) {
    std::lock_guard lock(mutex_);
    erase(id);
}

std::size_t CaseCache::size() const {
    std::lock_guard lock(mutex_);
    return index_.size();
}

void CaseCache::erase(const model::CaseId& id) {
    const auto found = index_.find(id);
    if (found == index_.end()) return;
    order_.erase(found->second);
    index_.erase(found);
}

}  // namespace jinqiao::engine::runtime
