#pragma once
#include <filesystem>
#include <memory>

#include "tests/bench/store/store_load.h"

namespace jinqiao::tests::bench {

// Through ports::Store, each transition in a savepoint of its own, as the committer does it.
std::unique_ptr<Path> store_path(const std::filesystem::path& file);

// The same rows through SQLite's C interface with nothing around it: prepared statements, bound
// without copies, no savepoints, the same settings and the same rule for checkpoints.
std::unique_ptr<Path> raw_path(const std::filesystem::path& file);

// Makes the file of `cases` open cases, each with a timer.
void seed(const std::filesystem::path& file, std::uint64_t cases);

}  // namespace jinqiao::tests::bench
