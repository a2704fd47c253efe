#pragma once
#include <sys/types.h>

#include <string>
#include <vector>

#include "adapters/notify/descriptor.h"
#include "adapters/notify/exec/options.h"

namespace jinqiao::adapters::notify::exec {

// A program that has been started: our ends of its pipes (non-blocking) and the process itself.
struct Child {
    Descriptor input, output, errors;
    Descriptor process;  // a pidfd: readable once it has ended
    pid_t pid = -1;      // of the program and of its process group
    int fault = 0;       // errno of what kept it from being started; then there is no process
};

// Starts options.command without a shell: an argument vector, a fixed environment (PATH, LANG,
// HOME, TZ, and the secrets), a process group of its own, nothing open but the three pipes, default
// signals, the limits, the other user where there is one. It dies with the thread that started it.
Child start(const Options& options);

}  // namespace jinqiao::adapters::notify::exec
