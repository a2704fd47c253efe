// How much the store costs beside SQLite's C interface, which is its floor: the same rows, bytes
// and batches, alternating in one process, medians of several rounds.
//
//   store_bench [--dir DIR] [--cases N] [--rounds N] [--seconds S]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>

#include "tests/bench/store/store_paths.h"
#include "tests/bench/support/bench.h"

namespace {

using namespace jinqiao::tests::bench;

struct Options {
    std::filesystem::path dir = std::filesystem::temp_directory_path();
    std::uint64_t cases = 20000;
    int rounds = 6;  // even: each path goes first equally often
    double seconds = 1.0;
};

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const char* value = argv[i + 1];
        if (name == "--dir") options.dir = value;
        if (name == "--cases") options.cases = std::strtoull(value, nullptr, 10);
        if (name == "--rounds") options.rounds = std::atoi(value);
        if (name == "--seconds") options.seconds = std::atof(value);
    }
    if (options.cases < 256) fail("--cases must be at least 256");
    return options;
}

struct Side {
    std::unique_ptr<Path> path;
    std::vector<std::uint64_t> seqs;
    std::map<int, std::vector<Measured>> runs;  // by number in flight
};

double median_of(const std::vector<Measured>& runs,
                 const std::function<double(const Measured&)>& of) {
    std::vector<double> values;
    for (const Measured& measured : runs) values.push_back(of(measured));
    return median(std::move(values));
}

void print_row(int in_flight, const char* name, const std::vector<Measured>& runs) {
    std::printf("%9d  %-6s %12.0f %10.3f %10.3f %12.1f %14.4f %12.1f %10.1f\n", in_flight, name,
                median_of(runs, [](const auto& m) { return m.per_second; }),
                median_of(runs, [](const auto& m) { return m.p50_ms; }),
                median_of(runs, [](const auto& m) { return m.p99_ms; }),
                median_of(runs, [](const auto& m) { return m.per_commit; }),
                median_of(runs, [](const auto& m) { return 1 / m.per_commit; }),
                median_of(runs, [](const auto& m) { return m.written_kib; }),
                median_of(runs, [](const auto& m) { return m.cpu_us; }));
}

// How far the pairs of one round lie apart: on a busy machine, how little a median means.
void print_spread(const std::vector<Measured>& store, const std::vector<Measured>& raw) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < store.size(); ++i) {
        ratios.push_back(store[i].per_second / raw[i].per_second);
    }
    const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
    std::printf("%19s per second, pairs: %.2f to %.2f\n\n", "", *least, *most);
}

void print_ratio(int in_flight, const std::vector<Measured>& store,
                 const std::vector<Measured>& raw) {
    const auto ratio = [&](const std::function<double(const Measured&)>& of) {
        return median_of(store, of) / median_of(raw, of);
    };
    std::printf("%9d  %-6s %12.2f %10.2f %10.2f %51.2f\n", in_flight, "ratio",
                ratio([](const auto& m) { return m.per_second; }),
                ratio([](const auto& m) { return m.p50_ms; }),
                ratio([](const auto& m) { return m.p99_ms; }),
                ratio([](const auto& m) { return m.cpu_us; }));
    print_spread(store, raw);
}

void measure(Side& side, int in_flight, double seconds) {
    side.runs[in_flight].push_back(run(*side.path, side.seqs, in_flight, seconds));
    side.path->maintain(true);  // the next run begins with a short log
}

}  // namespace

int main(int argc, char** argv) {
    const Options options = parse(argc, argv);
    const Folder folder(options.dir);
    const std::filesystem::path& dir = folder.path();
    seed(dir / "store.db", options.cases);
    std::filesystem::copy_file(dir / "store.db", dir / "raw.db");

    Side store{store_path(dir / "store.db"), std::vector<std::uint64_t>(options.cases, 1), {}};
    Side raw{raw_path(dir / "raw.db"), std::vector<std::uint64_t>(options.cases, 1), {}};
    const int in_flights[] = {1, 16, 64, 256};
    for (int round = 0; round < options.rounds; ++round) {
        for (const int in_flight : in_flights) {
            Side& first = round % 2 == 0 ? store : raw;
            Side& second = round % 2 == 0 ? raw : store;
            measure(first, in_flight, options.seconds);
            measure(second, in_flight, options.seconds);
        }
    }

    std::printf(
        "WAL, synchronous=FULL (one sync per commit), %s, %llu open cases, %zu bytes of "
        "values per transition\n5 rows: case update, history, timer moved, notice, "
        "delivery; %d rounds of %.1f s, medians\n\n",
        file_system_of(dir).c_str(), static_cast<unsigned long long>(options.cases),
        bytes_of(transition(0, 1)), options.rounds, options.seconds);
    std::printf("%9s  %-6s %12s %10s %10s %12s %14s %12s %10s\n", "in flight", "path", "per second",
                "p50 ms", "p99 ms", "per commit", "syncs per one", "KiB written", "CPU us");
    for (const int in_flight : in_flights) {
        print_row(in_flight, "store", store.runs[in_flight]);
        print_row(in_flight, "raw", raw.runs[in_flight]);
        print_ratio(in_flight, store.runs[in_flight], raw.runs[in_flight]);
    }
    return 0;
}
