#pragma once
#include <filesystem>

#include "tests/bench/support/bench.h"
#include "tests/bench/support/recording.h"

namespace jinqiao::tests::bench {

// Writes a recording into a fresh file of the store's schema, one transaction for each that was
// recorded, without savepoints. Time: from the first BEGIN to the last COMMIT.
Spent replay_raw(const Recording& recording, const std::filesystem::path& file);

}  // namespace jinqiao::tests::bench
