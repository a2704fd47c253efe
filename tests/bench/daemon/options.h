#pragma once
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "tests/bench/support/bench.h"

namespace jinqiao::tests::bench {

// NAME VALUE pairs of a command line; what each name does.
using Flags = std::map<std::string, std::function<void(const char* value)>>;

inline void read_flags(int argc, char** argv, const Flags& flags) {
    for (int i = 1; i < argc; i += 2) {
        const auto flag = flags.find(argv[i]);
        if (flag == flags.end()) fail(std::string("there is no option ") + argv[i]);
        if (i + 1 == argc) fail(std::string(argv[i]) + " wants a value");
        flag->second(argv[i + 1]);
    }
}

template <class Number>
std::function<void(const char*)> number(Number& to) {
    return [&to](const char* value) { to = static_cast<Number>(std::strtod(value, nullptr)); };
}

inline std::function<void(const char*)> path(std::filesystem::path& to) {
    return [&to](const char* value) { to = value; };
}

// Where every program of this folder finds the daemon and its configuration.
struct Places {
    std::filesystem::path program = "build/dev/jinqiao", config = "config",
                          dir = std::filesystem::temp_directory_path();
    // For spools: notices are not what is measured. Without a disk behind it where there is such.
    std::filesystem::path memory = std::filesystem::exists("/dev/shm") ? "/dev/shm" : dir;

    Flags flags(Flags more) {
        more.merge(
            Flags{{"--program", path(program)}, {"--config", path(config)}, {"--dir", path(dir)}});
        return more;
    }
};

}  // namespace jinqiao::tests::bench
