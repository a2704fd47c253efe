#pragma once

namespace jinqiao::adapters::cli {

// Exit codes of the program; scripts depend on them.
enum class Exit {
    done = 0,
    refused = 1,    // refused, or faults found; warnings alone are `done`
    usage = 2,      // called wrongly
    could_not = 3,  // daemon, disk, network
};

}  // namespace jinqiao::adapters::cli
