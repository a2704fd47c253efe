#pragma once
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "engine/policy/policy.h"
#include "engine/runtime/transaction.h"

namespace jinqiao::engine::runtime {

using PolicyPtr = std::shared_ptr<const policy::Policy>;

// The policies that cases have pinned, by the hash of their text. A text never changes, so what was
// read once stays true for good. Threads: the committer's only.
class Policies {
  public:
    using Read = std::function<model::Result<PolicyPtr>(const std::string& text)>;
    explicit Policies(Read read) : read_(std::move(read)) {}

    // Missing or unreadable: Error{internal} with the policy's id; the case stays as it is.
    model::Result<PolicyPtr> pinned(Transaction& tx, const std::string& workflow,
                                    const model::PolicyId& id);
    // What a new case pins.
    static model::Result<PolicyPtr> current(const World& world, const std::string& workflow);
    // Stores the text with the first case that uses it.
    model::Status store(Transaction& tx, const policy::Policy& policy);
    // The texts a committed transaction has stored.
    void committed(const std::unordered_set<model::PolicyId>& ids);

  private:
    Read read_;
    std::unordered_map<model::PolicyId, PolicyPtr> read_once_;
    std::unordered_set<model::PolicyId> stored_;
};

}  // namespace jinqiao::engine::runtime
