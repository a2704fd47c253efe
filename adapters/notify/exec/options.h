#pragma once
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::exec {

// What one run may use up; 0: no limit of ours.
struct Limits {
    std::size_t cpu_s = 10;
    std::size_t memory_mb = 1024;  // of addresses, not of memory in use
    std::size_t file_mb = 16;      // of any file it writes
    std::size_t files = 64;        // open at once
    std::size_t processes = 0;     // of that user on the whole machine, so not by default
};

// Keys of a channel of kind `exec`:
//   command      absolute path of the program; required
//   arguments    a list of texts, the same on every run
//   secrets      {<NAME>: {file} or {env}}: variables of the program's environment
//   user         runs it, where the daemon is root                       (whoever runs the daemon)
//   concurrency  runs at once                                            (4; 1 to 64)
//   timeout      how long one run may take                               (15 s; 1 s to 10 min)
//   grace        from SIGTERM to SIGKILL                                 (2 s; up to 30 s)
//   limits       {cpu: 10 s, memory_mb: 1024, file_mb: 16, files: 64, processes: 0}
struct Options {
    std::string command;
    std::vector<std::string> arguments;
    std::vector<std::pair<std::string, std::string>> secrets;
    uid_t uid = static_cast<uid_t>(-1);  // -1: stays
    gid_t gid = static_cast<gid_t>(-1);
    std::size_t concurrency = 4;
    std::chrono::milliseconds timeout{15000};
    std::chrono::milliseconds grace{2000};
    Limits limits;

    // Notes every fault in the section; what it returns then is not to be used.
    static Options read(engine::ports::Section& section);
};

}  // namespace jinqiao::adapters::notify::exec
