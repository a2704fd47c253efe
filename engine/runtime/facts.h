#pragma once
#include "engine/kernel/facts.h"
#include "engine/runtime/incidents.h"
#include "engine/runtime/transaction.h"

namespace jinqiao::engine::runtime {

struct FactsQuestion {
    model::CaseId kase;              // itself never counts
    model::EnterpriseId enterprise;  // empty: unknown, no earlier cases
    bool exercise = false;           // earlier exercises count, and nothing else
    const boost::json::object* payload = nullptr;
};

// What other records say, read in the transaction that decides. Facts::directory is borrowed from
// the transaction.
model::Result<kernel::Facts> gather(Transaction& tx, Incidents& incidents,
                                    const FactsQuestion& question);

}  // namespace jinqiao::engine::runtime
