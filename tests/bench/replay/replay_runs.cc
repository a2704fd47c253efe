#include "tests/bench/replay/replay_runs.h"

#include <fstream>
#include <iostream>

#include "adapters/store/memory/memory_store.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "tests/bench/support/recording_store.h"

namespace jinqiao::tests::bench {

namespace {

namespace cli = adapters::cli;
namespace store = adapters::store;

cli::Setup loaded(const std::filesystem::path& folder) {
    const cli::Speech speech(engine::model::Language::en);
    auto setup = cli::load_setup({speech, std::cout, std::cerr}, folder, cli::SystemClock().now());
    if (!setup) fail("the configuration in " + folder.string() + " is not fit for use");
    return std::move(*setup);
}

cli::replay::CsvTable table_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) fail("cannot read " + path.string());
    auto table = cli::replay::CsvTable::read(file);
    if (!table) fail(path.string() + ": " + table.error().where + ": " + table.error().what);
    return std::move(table).value();
}

}  // namespace

Replay::Replay(const Input& input) : setup_(loaded(input.config)), seed_(input.seed) {
    const auto table = table_of(input.rows);
    rows_read_ = input.most_rows == 0 ? table.size() : std::min(input.most_rows, table.size());
    for (std::size_t i = 0; i < rows_read_; ++i) {
        auto mapped = cli::replay::map_row(table, i, seed_, *setup_.configuration.calendar);
        if (auto* row = std::get_if<cli::replay::MappedRow>(&mapped))
            rows_.push_back(std::move(*row));
    }
}

Run Replay::run(engine::ports::Store& into) const {
    cli::replay::Simulation simulation(setup_, into, seed_);
    const Stopwatch watch;
    auto report = simulation.run(rows_, [](std::uint64_t, std::uint64_t) {});
    const Spent spent = watch.spent();
    if (!report) fail("the replay: " + report.error().where + ": " + report.error().what);
    report->rows = rows_read_;
    return {std::move(report).value(), spent};
}

Run Replay::in_memory() const {
    store::memory::MemoryStore memory;
    return run(memory);
}

Run Replay::on_disk(const std::filesystem::path& file) const {
    auto disk = store::sqlite::open_sqlite(file);
    if (!disk) fail(disk.error().where + ": " + disk.error().what);
    return run(**disk);
}

Run Replay::record(Recording& recording) const {
    store::memory::MemoryStore memory;
    RecordingStore recorder(memory, recording);
    return run(recorder);
}

}  // namespace jinqiao::tests::bench
