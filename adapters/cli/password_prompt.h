#pragma once
#include <string>

#include "adapters/cli/command.h"

namespace jinqiao::adapters::cli {

// A password from the terminal, without showing it and asked for twice, or from a line of the
// standard input where that is no terminal. Never from the arguments, which everybody on the
// machine can read. Error{invalid}: the two differ, or there is none.
engine::model::Result<std::string> ask_password(const Context& context, const std::string& account);

}  // namespace jinqiao::adapters::cli
