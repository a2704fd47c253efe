#include "engine/time/ledger.h"

#include <algorithm>

namespace jinqiao::engine::time {

bool suspended_at(const Ledger& ledger, Instant at) {
    return std::any_of(ledger.begin(), ledger.end(), [at](const Suspension& suspension) {
        return suspension.from <= at && (!suspension.until || at < *suspension.until);
    });
}

bool is_well_formed(const Ledger& ledger) {
    for (std::size_t i = 0; i < ledger.size(); ++i) {
        const Suspension& suspension = ledger[i];
        const bool last = i + 1 == ledger.size();
        if (!suspension.until) return last;
        if (*suspension.until < suspension.from) return false;
        if (!last && ledger[i + 1].from < *suspension.until) return false;
    }
    return true;
}

}  // namespace jinqiao::engine::time
