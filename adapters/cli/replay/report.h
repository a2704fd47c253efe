#pragma once
#include <boost/json/object.hpp>

#include "adapters/cli/command.h"
#include "adapters/cli/replay/tally.h"

namespace jinqiao::adapters::cli::replay {

boost::json::object as_json(const Report& report);
void show(const Context& context, const Report& report);
// Of a sorted list; 0 if it is empty.
std::int64_t quantile(const std::vector<std::int64_t>& sorted, double share);

}  // namespace jinqiao::adapters::cli::replay
