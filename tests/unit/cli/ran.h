#pragma once
#include <sstream>
#include <string>
#include <vector>

#include "adapters/cli/command.h"

namespace jinqiao::adapters::cli {

// The program as a function.
struct Ran {
    int code = 0;
    std::string out, err;
};

inline Ran ran(const std::vector<std::string>& words) {
    std::vector<const char*> arguments{"jinqiao"};
    for (const auto& word : words) arguments.push_back(word.c_str());
    std::ostringstream out, err;
    const int code = run(static_cast<int>(arguments.size()), arguments.data(), out, err);
    return {code, out.str(), err.str()};
}

}  // namespace jinqiao::adapters::cli
