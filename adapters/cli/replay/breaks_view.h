#pragma once
#include <boost/json/object.hpp>

#include "adapters/cli/command.h"
#include "adapters/cli/replay/tally.h"
#include "engine/policy/directory.h"

namespace jinqiao::adapters::cli::replay {

boost::json::object as_json(const Findings& findings);
// Where the policy broke, in words; posts and departments by their names.
void show(const Context& context, const Report& report,
          const engine::policy::Directory& organisation);

}  // namespace jinqiao::adapters::cli::replay
