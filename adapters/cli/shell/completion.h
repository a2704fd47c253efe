#pragma once
#include <string>

#include "adapters/cli/shell/tree.h"

namespace jinqiao::adapters::cli::shell {

// A script that completes commands, options and closed lists of values; files elsewhere. It asks
// nobody: neither the program nor the daemon runs while somebody types.
std::string bash_completion(const Command& program);
std::string zsh_completion(const Command& program);
std::string fish_completion(const Command& program);

}  // namespace jinqiao::adapters::cli::shell
