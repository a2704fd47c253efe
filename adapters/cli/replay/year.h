#pragma once
#include <vector>

#include "adapters/cli/replay/mapping.h"

namespace jinqiao::adapters::cli::replay {

// A year as a zone of some hundreds of enterprises has it, made up: causes, sizes, behaviours and
// courses are drawn by `seed`, the filing times spread over the year, nights and holidays included.
// The same arguments give the same cases.
std::vector<MappedRow> made_up_year(int year, int cases, std::uint64_t seed,
                                    const engine::time::Calendar& calendar);

}  // namespace jinqiao::adapters::cli::replay
