#include "engine/runtime/transaction.h"

#include "engine/runtime/case_reading.h"

namespace jinqiao::engine::runtime {

using model::Error;
using model::ErrorCode;

bool ends_batch(ErrorCode code) {
    return code == ErrorCode::disk_full || code == ErrorCode::corrupt ||
           code == ErrorCode::unknown || code == ErrorCode::unavailable || code == ErrorCode::busy;
}

Transaction::Transaction(ports::Batch& batch, CaseCache& cache, time::Instant now,
                         std::shared_ptr<const World> world)
    : batch_(batch),
      cache_(cache),
      now_(now),
      world_(std::move(world)),
      kept_world_(world_),
      directory_(world_->directory),
      kept_directory_(directory_) {}

void Transaction::use_directory(std::shared_ptr<const policy::Directory> directory) {
    directory_ = std::move(directory);
}

model::Result<std::optional<Snapshot>> Transaction::find(const model::CaseId& id) {
    for (const Layer* layer : {&own_, &kept_}) {
        const auto found = layer->cases.find(id);
        if (found != layer->cases.end()) return std::optional(found->second);
    }
    if (auto cached = cache_.find(id)) {
        used_.push_back(id);
        return cached;
    }
    auto stored = read_case(batch_, id);
    if (stored && *stored) cache_.put(**stored);
    return stored;
}

void Transaction::offer(const Snapshot& ahead) {
    const auto& id = ahead.kase->id;
    if (changed(id) || cache_.find_case(id) != nullptr) return;
    const auto seq = batch_.case_seq(id);
    if (seq && *seq == ahead.kase->seq) cache_.put(ahead);
}

void Transaction::put(Snapshot snapshot, std::vector<model::Event> events, bool created) {
    own_.changes.push_back({snapshot.kase, std::move(events), created});
    own_.cases[snapshot.kase->id] = std::move(snapshot);
}

model::Status Transaction::open() {
    own_ = {};
    used_.clear();
    writing_ = false;
    return batch_.savepoint();
}

model::Status Transaction::keep() {
    for (auto& [id, snapshot] : own_.cases) kept_.cases[id] = std::move(snapshot);
    for (auto& change : own_.changes) kept_.changes.push_back(std::move(change));
    kept_.policies.merge(own_.policies);
    const CoreCounts& more = own_.tally;
    kept_.tally.commands += more.commands;
    kept_.tally.transitions += more.transitions;
    kept_.tally.notices += more.notices;
    kept_.tally.timers_fired += more.timers_fired;
    if (directory_ != kept_directory_) directory_changed_ = true;
    kept_directory_ = directory_;
    if (world_ != kept_world_) world_changed_ = true;
    kept_world_ = world_;
    own_ = {};
    dirty_ = true;
    return batch_.release();
}

model::Status Transaction::undo() {
    own_ = {};
    directory_ = kept_directory_;
    world_ = kept_world_;
    // Going back leaves the savepoint set.
    auto back = batch_.rollback_to_savepoint();
    return back ? batch_.release() : back;
}

void Transaction::forget_used() {
    for (const auto& id : used_) cache_.drop(id);
}

bool Transaction::changed(const model::CaseId& id) const {
    return own_.cases.contains(id) || kept_.cases.contains(id);
}

void Transaction::each_changed(const std::function<void(const model::Case&)>& visit) const {
    for (const auto& [id, snapshot] : kept_.cases)
        if (own_.cases.empty() || !own_.cases.contains(id)) visit(*snapshot.kase);
    for (const auto& [id, snapshot] : own_.cases) visit(*snapshot.kase);
}

void Transaction::publish_to_cache() {
    for (auto& [id, snapshot] : kept_.cases) cache_.put(snapshot);
}

void Transaction::drop_from_cache() {
    for (const auto* layer : {&kept_, &own_})
        for (const auto& [id, snapshot] : layer->cases) cache_.drop(id);
}

bool Transaction::knows_policy(const model::PolicyId& id) const {
    return kept_.policies.contains(id) || own_.policies.contains(id);
}

}  // namespace jinqiao::engine::runtime
