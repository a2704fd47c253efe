#pragma once

#include <vector>

#include "engine/time/due.h"
#include "engine/time/reckon.h"

namespace jinqiao::engine::time {

// Tells how `reckoning` came about by walking the same days once more. The counting itself stays
// free of words; the property tests hold the two together.
std::vector<Line> explain(const Calendar& calendar, const Rule& rule, const Sum& sum, Instant from,
                          const Ledger& ledger, const Reckoning& reckoning);

}  // namespace jinqiao::engine::time
