#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/cli/replay/breaks.h"
#include "adapters/cli/replay/conduct.h"
#include "adapters/cli/replay/watch.h"
#include "engine/ports/store.h"
#include "engine/runtime/core.h"

namespace jinqiao::adapters::cli::replay {

// What a replay came to.
struct Report {
    std::uint64_t seed = 0;
    std::uint64_t rows = 0, filed = 0, refused_rows = 0;
    Counts unmapped;  // by reason
    std::uint64_t cases = 0, open = 0;
    Counts by_grade, by_cause, by_end;
    std::uint64_t notices = 0;
    Counts notices_by_department;
    std::uint64_t deadlines_met = 0, deadlines_missed = 0;
    Counts missed_by_clock;
    std::uint64_t escalations = 0;
    Counts escalations_by_level;            // rungs run, by kind of step
    std::vector<std::int64_t> first_ack_s;  // seconds from filing, one for each case taken
    std::vector<Watch::Forgotten> forgotten;
    std::uint64_t looks = 0;
    engine::runtime::CoreCounts core;
    double wall_seconds = 0;
    Conduct conduct;  // the dead department named
    Findings findings;
    std::string digest;
};

// Counts what passes by while a replay runs, and adds up the stored cases at its end.
class Tally {
  public:
    void see(std::span<const engine::runtime::Accepted> changes, engine::time::Instant now);
    void sent(const boost::json::object& notice);
    engine::model::Status close(engine::ports::Reader& reader, Report& report);

  private:
    void count(const engine::model::Case& kase, const engine::model::Event& event);
    void add_case(const engine::ports::CaseRow& row, Report& report);

    std::set<std::string> taken_;
    std::vector<std::int64_t> first_ack_s_;
    std::uint64_t notices_ = 0, met_ = 0;
    Counts departments_, levels_, missed_;
};

// SHA-256 over the last hash of every history stream, in the order of their names: each vouches for
// all rows before it. Equal seed and input, equal digest.
engine::model::Result<std::string> digest_of(engine::ports::Reader& reader);

}  // namespace jinqiao::adapters::cli::replay
