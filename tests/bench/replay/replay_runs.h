#pragma once
#include <filesystem>
#include <vector>

#include "adapters/cli/replay/simulation.h"
#include "tests/bench/support/bench.h"
#include "tests/bench/support/recording.h"

namespace jinqiao::tests::bench {

struct Run {
    adapters::cli::replay::Report report;
    Spent spent;
};

// The production replay of one file of disputes, as `jinqiao replay` runs it, as often as asked.
class Replay {
  public:
    struct Input {
        std::filesystem::path config = "config";
        std::filesystem::path rows;
        std::size_t most_rows = 0;  // only the first so many; 0: all
        std::uint64_t seed = 1;
    };
    explicit Replay(const Input& input);

    Run in_memory() const;
    // In a file that does not exist yet; closed when this returns. Time: without opening, closing.
    Run on_disk(const std::filesystem::path& file) const;
    // In memory, too: what is written does not depend on the store, which the comparison of the
    // files proves anew each time.
    Run record(Recording& recording) const;

  private:
    Run run(engine::ports::Store& store) const;

    adapters::cli::Setup setup_;
    std::vector<adapters::cli::replay::MappedRow> rows_;
    std::size_t rows_read_ = 0;
    std::uint64_t seed_;
};

}  // namespace jinqiao::tests::bench
