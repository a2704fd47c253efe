#pragma once
#include <list>
#include <unordered_map>
#include <vector>

#include "engine/kernel/facts.h"
#include "engine/runtime/transaction.h"

namespace jinqiao::engine::runtime {

// How far back a case of the same enterprise counts as an earlier incident: twelve months, and the
// day a year ago whatever the year.
inline constexpr std::chrono::days earlier_window{366};
// The newest of them. An enterprise with more is known for it, and what a decision reads and its
// history row repeats stays bounded.
inline constexpr std::size_t most_earlier = 50;

// The cases of each enterprise in short, kept in memory between transactions: reading them afresh
// for every command would cost more than the command. Committed state; the transaction in hand is
// laid over it. Threads: the committer's only.
class Incidents {
  public:
    // Newest first, without `self`. Exercises and real cases have nothing to do with each other:
    // those of one kind are told, and neither crowds out the other.
    model::Result<std::vector<kernel::EarlierCase>> before(Transaction& tx,
                                                           const model::EnterpriseId& enterprise,
                                                           const model::CaseId& self,
                                                           bool exercise);
    // A submission begins; if it is undone, so is what it made this read.
    void open() { read_now_.clear(); }
    void undo();
    // A transaction was committed, or failed.
    void committed(const Transaction& tx);
    void failed() { known_.clear(), used_.clear(); }

  private:
    using Cases = std::vector<kernel::EarlierCase>;
    // A case is read when a decision first asks for it: most enterprises have but one, and it is
    // the case in hand.
    struct Known {
        ports::Filing filing;
        std::optional<kernel::EarlierCase> in_short;
    };
    struct Entry {
        std::vector<Known> cases;  // newest first
        std::list<model::EnterpriseId>::iterator use;
    };
    model::Result<Entry*> entry_of(Transaction& tx, const model::EnterpriseId& enterprise);
    static void put(std::vector<Known>& cases, const model::Case& kase);
    void forget(const model::EnterpriseId& enterprise);

    std::unordered_map<model::EnterpriseId, Entry> known_;
    std::list<model::EnterpriseId> used_;  // most recently used first
    std::vector<model::EnterpriseId> read_now_;
};

}  // namespace jinqiao::engine::runtime
