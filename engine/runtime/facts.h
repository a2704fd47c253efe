#pragma once
#include "engine/kernel/facts.h"
#include "engine/runtime/transaction.h"

namespace jinqiao::engine::runtime {

// How far back a case of the same enterprise counts as an earlier incident.
inline constexpr std::chrono::days earlier_window{366};

struct FactsQuestion {
    const kernel::Workflow* workflow = nullptr;
    model::CaseId kase;               // itself never counts
    model::EnterpriseId enterprise;   // empty: unknown, no earlier cases
    const boost::json::object* payload = nullptr;
};

// What other records say, read in the transaction that decides. Facts::directory is borrowed from
// the transaction.
model::Result<kernel::Facts> gather(Transaction& tx, const FactsQuestion& question);

}  // namespace jinqiao::engine::runtime
