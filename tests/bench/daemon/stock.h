#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>

#include "adapters/cli/setup.h"
#include "engine/ports/store.h"

namespace jinqiao::tests::bench {

// A database with many open cases, written in bulk. The rows are as the engine leaves them: a few
// hundred different cases (causes, grades, names, up to six steps taken) are filed and advanced by
// it in memory, and written again and again under other ids, numbers and enterprises. Of their
// history only the chain is there, and no notices.
class Stock {
  public:
    // The database of a data folder that was seeded; nobody else has it open. Borrows the setup.
    Stock(const adapters::cli::Setup& setup, const std::filesystem::path& data);
    ~Stock();

    // Cases number `first`, `first + 1`, … Nothing of them comes due before `filed_at`.
    void fill(std::uint64_t first, std::uint64_t count, engine::time::Instant filed_at);

    // One case more, blue and untouched; its first timer comes due at `due`.
    engine::model::CaseId add(std::uint64_t n, engine::time::Instant due);

    std::uint64_t open_cases() const;
    double bytes_per_case() const { return bytes_per_case_; }  // of fill(): the snapshot's

  private:
    struct Pattern;
    class Office;
    void write(const Pattern& pattern, std::uint64_t n);
    void begin();
    void commit();

    const adapters::cli::Setup& setup_;
    engine::policy::Directory directory_;
    std::unique_ptr<engine::ports::Store> store_;
    std::unique_ptr<engine::ports::Batch> batch_;
    double bytes_per_case_ = 0;
};

// DATA with `count` open cases, of which nothing comes due for weeks: made if it is not there, kept
// for the next run, made anew once the first of them would come due. Prints what it does.
void need_stock(const std::filesystem::path& program, const std::filesystem::path& config,
                const std::filesystem::path& data, std::uint64_t count);

adapters::cli::Setup load_configuration(const std::filesystem::path& folder);

}  // namespace jinqiao::tests::bench
