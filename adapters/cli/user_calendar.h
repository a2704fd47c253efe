#pragma once
#include "adapters/cli/command.h"

namespace jinqiao::adapters::cli {

// user calendar: the address by which the caller's own deadlines are subscribed to.
void add_user_calendar(CLI::App& user, Context& context, Chosen& chosen);

}  // namespace jinqiao::adapters::cli
