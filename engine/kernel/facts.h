#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/model/kase.h"
#include "engine/policy/directory.h"

namespace jinqiao::engine::kernel {

// What other records say, read in the same transaction as the case and kept with the history row.
struct EarlierCase {
    model::CaseId id;
    std::string number;
    time::Instant filed_at;
    bool open = false;
    bool exercise = false;  // never counts as a real one's earlier incident, nor the reverse
    bool child = false;     // children do not count as a second incident
    std::string state;
    std::string cause;
    std::int64_t workers = 0;
    bool collective = false;
};

struct Facts {
    const policy::Directory* directory = nullptr;  // borrowed; outlives the decision
    std::vector<EarlierCase> earlier;              // same enterprise, last 12 months, newest first
    std::optional<model::Case> other;              // the case named by payload.target, if any
};

}  // namespace jinqiao::engine::kernel
