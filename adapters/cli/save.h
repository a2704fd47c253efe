#pragma once
#include <string>

#include "adapters/cli/command.h"

namespace jinqiao::adapters::cli {

// Writes a file whole or not at all: half a signed agreement looks like one. "-" is the standard
// output.
Exit save(const Context& context, const std::string& output, const std::string& bytes);

}  // namespace jinqiao::adapters::cli
