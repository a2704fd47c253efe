#pragma once
#include <boost/json/object.hpp>

#include "adapters/cli/command.h"
#include "adapters/cli/diff/takeover.h"

namespace jinqiao::adapters::cli::diff {

boost::json::object as_json(const Takeover& takeover, Span span);
// Words and names are those of the new configuration.
void show(const Context& context, const Setup& setup, const Takeover& takeover, Span span);

}  // namespace jinqiao::adapters::cli::diff
