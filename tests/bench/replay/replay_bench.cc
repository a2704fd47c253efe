// How fast a replay is in memory and on disk, and how much of its time on disk SQLite's C interface
// needs for the same rows, bytes and batches: that share is the floor, whatever the engine does.
//
//   replay_bench --input FILE.csv [--config DIR] [--dir DIR] [--rounds N] [--rows N] [--seed N]

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tests/bench/replay/replay_runs.h"
#include "tests/bench/support/raw_replay.h"
#include "tests/bench/support/same_rows.h"

namespace {

using namespace jinqiao::tests::bench;

constexpr double aim = 0.60;

struct Options {
    Replay::Input input;
    std::filesystem::path dir = std::filesystem::temp_directory_path();
    int rounds = 4;  // even: each path goes first equally often
};

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; i += 2) {
        const std::string name = argv[i];
        if (i + 1 == argc) fail(name + " lacks its value");
        const char* value = argv[i + 1];
        if (name == "--config") {
            options.input.config = value;
        } else if (name == "--input") {
            options.input.rows = value;
        } else if (name == "--rows") {
            options.input.most_rows = std::strtoull(value, nullptr, 10);
        } else if (name == "--seed") {
            options.input.seed = std::strtoull(value, nullptr, 10);
        } else if (name == "--dir") {
            options.dir = value;
        } else if (name == "--rounds") {
            options.rounds = std::max(1, std::atoi(value));
        } else {
            fail("there is no option " + name);
        }
    }
    if (options.input.rows.empty()) {
        fail("--input FILE.csv is missing; made-up rows: sh tests/e2e/cli/make_rows.sh 40 >FILE");
    }
    return options;
}

struct Rounds {
    std::vector<Spent> memory, disk, raw;
    Same same;
};

void expect_alike(const Run& run, const Run& recorded) {
    if (run.report.digest != recorded.report.digest) fail("two replays of one seed differ");
}

Rounds measure(const Options& options, const Replay& replay, const Recording& recording,
               const Run& recorded) {
    Rounds rounds;
    for (int round = 0; round < options.rounds; ++round) {
        const Folder folder(options.dir);
        const auto disk_file = folder.path() / "disk.db";
        const auto raw_file = folder.path() / "raw.db";
        const auto raw = [&] { rounds.raw.push_back(replay_raw(recording, raw_file)); };
        const bool raw_first = round % 2 == 1;
        if (raw_first) raw();
        const Run disk = replay.on_disk(disk_file);
        expect_alike(disk, recorded);
        rounds.disk.push_back(disk.spent);
        if (!raw_first) raw();
        rounds.same = expect_same_rows(disk_file, raw_file);
        const Run memory = replay.in_memory();
        expect_alike(memory, recorded);
        rounds.memory.push_back(memory.spent);
        std::fprintf(stderr, "round %d of %d\n", round + 1, options.rounds);
    }
    return rounds;
}

double median_of(const std::vector<Spent>& runs, double Spent::*of) {
    std::vector<double> values;
    for (const Spent& spent : runs) values.push_back(spent.*of);
    return median(std::move(values));
}

void print_row(const char* name, const std::vector<Spent>& runs,
               const jinqiao::engine::runtime::CoreCounts& counts) {
    const double wall = median_of(runs, &Spent::wall_s);
    const double cpu = median_of(runs, &Spent::cpu_s);
    const auto commits = static_cast<double>(counts.commits);
    std::printf("%-10s %10.2f %10.2f %12.0f %14.0f %10.0f %15.2f\n", name, wall, cpu,
                static_cast<double>(counts.commands) / wall,
                static_cast<double>(counts.transitions) / wall, commits / wall,
                1000 * std::max(0.0, wall - cpu) / commits);
}

// Also how far the pairs of one round lie apart: on a busy machine, how little a median means. Both
// ways wait for the same syncs, so a slow disk brings the ratio up; the ratio of CPU time is what
// the disk leaves alone.
void print_ratio(const Rounds& rounds) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < rounds.raw.size(); ++i)
        ratios.push_back(rounds.raw[i].wall_s / rounds.disk[i].wall_s);
    const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
    const double ratio =
        median_of(rounds.raw, &Spent::wall_s) / median_of(rounds.disk, &Spent::wall_s);
    std::printf(
        "\nraw / on disk, wall: %.1f %% (pairs: %.1f to %.1f %%); aim: %.0f %% or more: %s\n",
        100 * ratio, 100 * *least, 100 * *most, 100 * aim, ratio >= aim ? "met" : "missed");
    std::printf("raw / on disk, CPU: %.1f %%; a slow disk (idle per commit) brings the first up\n",
                100 * median_of(rounds.raw, &Spent::cpu_s) / median_of(rounds.disk, &Spent::cpu_s));
}

void print(const Options& options, const Run& run, const Size& size, const Rounds& rounds) {
    const auto& report = run.report;
    const auto& counts = report.core;
    const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf(
        "%s, seed %llu: %llu rows, %llu cases, %llu commands, %llu transitions, "
        "%llu commits\n",
        options.input.rows.c_str(), number(options.input.seed), number(report.rows),
        number(report.cases), number(counts.commands), number(counts.transitions),
        number(counts.commits));
    std::printf("WAL, synchronous=FULL (one sync per commit), %s in %s\n",
                file_system_of(options.dir).c_str(), options.dir.c_str());
    std::printf("raw: %llu writes with %.1f MiB of values; %llu tables with %llu rows are alike\n",
                number(size.writes), static_cast<double>(size.bytes) / (1 << 20),
                number(rounds.same.tables), number(rounds.same.rows));
    std::printf("%d rounds, medians\n\n", options.rounds);
    std::printf("%-10s %10s %10s %12s %14s %10s %15s\n", "", "wall s", "CPU s", "commands/s",
                "transitions/s", "commits/s", "ms idle/commit");
    print_row("in memory", rounds.memory, counts);
    print_row("on disk", rounds.disk, counts);
    print_row("raw", rounds.raw, counts);
    print_ratio(rounds);
}

}  // namespace

int main(int argc, char** argv) {
    const Options options = parse(argc, argv);
    const Replay replay(options.input);
    Recording recording;
    const Run recorded = replay.record(recording);
    const Size size = size_of(recording);
    if (size.commits != recorded.report.core.commits) fail("not every commit was recorded");
    print(options, recorded, size, measure(options, replay, recording, recorded));
    return 0;
}
