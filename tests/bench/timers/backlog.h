#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>

#include "adapters/cli/setup.h"
#include "engine/ports/store.h"

namespace jinqiao::tests::bench {

// Cases as the engine itself would have filed them, written in bulk: their first reminder comes due
// at the instants asked for. Blue cases of three workers, each of an enterprise of its own.
class Backlog {
  public:
    // Borrowed; outlive it.
    Backlog(const adapters::cli::Setup& setup, const engine::policy::Directory& directory,
            engine::ports::Store& store);

    static std::string id_of(std::uint64_t n);  // of the n-th case; all of one length

    // `count` cases whose reminders come due at `first`, `first + step`, `first + 2 step`, …
    void due(std::uint64_t count, engine::time::Instant first, std::chrono::microseconds step);
    // `count` cases whose reminders all come due at `at`.
    void due_at_once(std::uint64_t count, engine::time::Instant at);
    // Cases with `timers` timers in all, of which nothing comes due before `at`.
    void pending(std::uint64_t timers, engine::time::Instant at);

    double bytes_per_case() const;  // snapshot; 0 before there is one

  private:
    std::chrono::milliseconds until_reminder() const;  // from filing
    void copies(std::uint64_t count, engine::time::Instant filed_at);
    engine::model::Case filed(const std::string& id, engine::time::Instant at) const;
    void write(const engine::model::Case& kase);
    void write(engine::ports::CaseRow row, const std::vector<engine::ports::TimerRow>& timers);
    void open();
    void close();

    const adapters::cli::Setup& setup_;
    const engine::policy::Directory& directory_;
    engine::ports::Store& store_;
    std::unique_ptr<engine::ports::Batch> batch_;
    std::uint64_t in_batch_ = 0, cases_ = 0, bytes_ = 0;
};

}  // namespace jinqiao::tests::bench
