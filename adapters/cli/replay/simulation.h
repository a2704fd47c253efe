#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "adapters/cli/replay/mapping.h"
#include "adapters/cli/replay/people.h"
#include "adapters/cli/replay/tally.h"
#include "adapters/cli/replay/turnover.h"
#include "adapters/cli/replay/watch.h"
#include "adapters/cli/setup.h"
#include "adapters/cli/system.h"
#include "engine/runtime/dispatcher.h"

namespace jinqiao::adapters::cli::replay {

// Years of disputes through the production engine in minutes: real rows, the engine's own core,
// timers and deliveries, a clock that jumps to whatever happens next, and simulated people. Single-
// threaded and deterministic.
class Simulation {
  public:
    // The setup and the store are borrowed and outlive the simulation.
    Simulation(const Setup& setup, engine::ports::Store& store, std::uint64_t seed,
               Conduct conduct = {});
    ~Simulation();

    // Files the rows in order of time and goes on until every case has ended or was followed for
    // as long as the conduct says, at the latest two years after the last row.
    engine::model::Result<Report> run(
        std::vector<MappedRow> rows,
        const std::function<void(std::uint64_t done, std::uint64_t all)>& progress);

  private:
    class Recorder;

    std::optional<engine::time::Instant> next_instant();
    engine::model::Status step(engine::time::Instant now);
    engine::model::Status fire(engine::time::Instant now);
    engine::model::Status deliver();
    engine::model::Status file(const MappedRow& row);
    engine::model::Status change_people(engine::time::Instant now);
    engine::model::Status set_aside(engine::time::Instant now);
    engine::model::Status drop_timers(const engine::model::CaseId& id);
    void adopt();
    void committed(std::span<const engine::runtime::Accepted> changes);

    const Setup& setup_;
    engine::ports::Store& store_;
    std::uint64_t seed_;
    Conduct conduct_;
    std::shared_ptr<const engine::policy::Policy> policy_;
    ManualClock clock_;
    TimeOrderedIds ids_;
    std::unique_ptr<config::MustacheRenderer> renderer_;
    engine::runtime::WorldHolder world_;
    std::shared_ptr<const engine::policy::Directory> directory_;
    std::unique_ptr<engine::runtime::Core> core_;
    std::unique_ptr<engine::ports::Reader> reader_;
    Tally tally_;
    Breaks breaks_;
    std::unique_ptr<Watch> watch_;
    std::unique_ptr<People> people_;
    engine::runtime::Notifiers notifiers_;
    std::vector<MappedRow> rows_;
    std::size_t next_row_ = 0;
    std::vector<Leaving> leavings_;
    std::size_t next_leaving_ = 0;
    struct Horizon {
        engine::time::Instant at;
        engine::model::CaseId kase;
    };
    std::deque<Horizon> horizons_;               // in order of time
    std::set<engine::model::CaseId> aside_;      // open, and followed no further
    std::set<engine::model::CaseId> disturbed_;  // of these, moved by something since
    Report report_;
    std::uint64_t commits_ = 0;
    engine::model::Status watching_ = engine::model::Done{};  // first error of the reader
};

}  // namespace jinqiao::adapters::cli::replay
