#pragma once
#include <string>

#include "adapters/cli/shell/tree.h"
#include "adapters/cli/speech.h"

namespace jinqiao::adapters::cli::shell {

// The manual page as roff (man macros), in the language of `speech`: jinqiao(1).
std::string manual(const Command& program, const Speech& speech, const std::string& version);

}  // namespace jinqiao::adapters::cli::shell
