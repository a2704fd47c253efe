#pragma once
#include <string>
#include <vector>

#include "adapters/cli/command.h"

namespace jinqiao::adapters::cli::channel {

struct EchoSettings {
    std::string listen = "127.0.0.1:0", log, script, folder;
    std::vector<std::string> secrets;  // NAME=FILE or NAME=env:VARIABLE
    int token_life_s = 7200;
};

// Stands for every provider on loopback until SIGTERM or SIGINT; prints where it listens, then one
// line for each request.
Exit serve_echo(const Context& context, const EchoSettings& settings);

}  // namespace jinqiao::adapters::cli::channel
