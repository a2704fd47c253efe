#include "engine/runtime/policies.h"

namespace jinqiao::engine::runtime {

using model::Error;
using model::ErrorCode;

model::Result<PolicyPtr> Policies::pinned(Transaction& tx, const std::string& workflow,
                                          const model::PolicyId& id) {
    const auto current = tx.world().policies.find(workflow);
    if (current != tx.world().policies.end() && current->second->id == id) return current->second;
    if (const auto known = read_once_.find(id); known != read_once_.end()) return known->second;

    auto text = tx.batch().policy_text(id);
    if (!text) return text.error();
    if (!*text)
        return Error{ErrorCode::internal, "the policy of this case is not stored", id.value};
    auto policy = read_(**text);
    if (!policy)
        return Error{ErrorCode::internal,
                     "the policy of this case cannot be read: " + policy.error().what, id.value};
    read_once_[id] = *policy;
    return *policy;
}

model::Result<PolicyPtr> Policies::current(const World& world, const std::string& workflow) {
    const auto found = world.policies.find(workflow);
    if (found == world.policies.end() || found->second == nullptr)
        return Error{ErrorCode::internal, "no policy is in force for this workflow", workflow};
    return found->second;
}

model::Status Policies::store(Transaction& tx, const policy::Policy& policy) {
    if (stored_.contains(policy.id) || tx.knows_policy(policy.id)) return model::Done{};
    auto text = tx.batch().policy_text(policy.id);
    if (!text) return text.error();
    if (!*text) {
        auto put = tx.batch().put_policy(policy.id, policy.text);
        if (!put) return put;
    }
    tx.stored_policy(policy.id);
    return model::Done{};
}

void Policies::committed(const std::unordered_set<model::PolicyId>& ids) {
    stored_.insert(ids.begin(), ids.end());
}

}  // namespace jinqiao::engine::runtime
