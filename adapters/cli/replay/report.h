#pragma once
#include <boost/json/object.hpp>

#include "adapters/cli/command.h"
#include "adapters/cli/replay/tally.h"

namespace jinqiao::adapters::cli::replay {

boost::json::object as_json(const Report& report);
void show(const Context& context, const Report& report);

}  // namespace jinqiao::adapters::cli::replay
