#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "adapters/notify/exec/options.h"

namespace jinqiao::adapters::notify::exec {

// What came of one run.
struct Run {
    enum class End {
        exited,       // by itself; `status` is what it exited with
        killed,       // by a signal that was not ours; `status` is its number
        timeout,      // by us, after its time
        flooded,      // by us, for an answer without end
        stopped,      // by us, because the daemon ends
        not_started,  // `status` is the errno
    } end = End::not_started;
    int status = 0;
    std::string output;  // at most most_output
    std::string errors;  // the beginning of it
};

constexpr std::size_t most_output = 64 * 1024;
constexpr std::size_t most_errors = 8 * 1024;

// Starts the program, writes `input` to it and reads what it says meanwhile, until it ends, its
// time is over, or `stop_fd` is readable. What it leaves behind in its process group is killed.
Run run(const Options& options, std::string_view input, std::chrono::steady_clock::time_point until,
        int stop_fd);

}  // namespace jinqiao::adapters::notify::exec
