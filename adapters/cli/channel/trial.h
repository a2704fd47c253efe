#pragma once
#include <filesystem>
#include <string>

#include "adapters/cli/command.h"

namespace jinqiao::adapters::cli::channel {

struct TrialSettings {
    std::string name, address, folder = "config", data = "./var";
};

// Sends one message, marked as a test and an exercise, by the real path of a configured channel,
// and says each step. Exit code: done if it was delivered, refused if it never will be, could_not
// if it may be worth another attempt or nobody knows.
Exit try_channel(const Context& context, const TrialSettings& settings);

}  // namespace jinqiao::adapters::cli::channel
