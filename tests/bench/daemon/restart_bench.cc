// What many open cases cost the daemon as it is shipped: how soon it serves after a start, how much
// memory it holds, how much slower it acknowledges.
//
//   restart_bench [--cases N] [--runs N] [--settle S] [--grow-from N] [--seconds S]
//                 [--program FILE] [--config DIR] [--dir DIR] [--stock DIR]
//
// W4: from exec to the first case read, the first transition acknowledged and the first timer fired
// that came due while nothing ran. Once with the file in the page cache, once without.
// W5: resident memory after `settle` seconds in which nobody came; 0 leaves it out. Then the work
// of W1 beside `grow-from` open cases and beside `cases`; 0 leaves it out. That part is done to a
// copy.
//
// The cases are kept in the folder `stock` for the next run; by default they are made in `dir` and
// gone at the end. A million take some 10 GB.

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

#include "adapters/cli/system.h"
#include "tests/bench/daemon/daemon.h"
#include "tests/bench/daemon/options.h"
#include "tests/bench/daemon/stock.h"
#include "tests/bench/support/bench.h"
#include "tests/bench/support/filer.h"
#include "tests/bench/support/load.h"

namespace {

using namespace jinqiao::tests::bench;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
using jinqiao::adapters::cli::SystemClock;

struct Options {
    Places places;
    fs::path stock;
    std::uint64_t cases = 100'000, grow_from = 10'000;
    int runs = 5, settle_s = 25;
    double seconds = 10;
};

Options parse(int argc, char** argv) {
    Options options;
    read_flags(argc, argv,
               options.places.flags({{"--cases", number(options.cases)},
                                     {"--runs", number(options.runs)},
                                     {"--settle", number(options.settle_s)},
                                     {"--grow-from", number(options.grow_from)},
                                     {"--seconds", number(options.seconds)},
                                     {"--stock", path(options.stock)}}));
    return options;
}

struct Start {
    double listening_ms = 0, read_ms = 0, acted_ms = 0, fired_ms = 0;
};

// Gives the file's pages back to the system, so that the next to read them goes to the disk.
void forget_pages(const fs::path& file) {
    const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) fail("cannot open " + file.string());
    fdatasync(fd);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    close(fd);
}

class Bench {
  public:
    explicit Bench(const Options& options)
        : options_(options),
          folder_(options.places.dir),
          spool_(options.places.memory),
          config_(folder_.path() / "config"),
          stocks_(options.stock.empty() ? folder_.path() : options.stock) {
        copy_configuration(options.places.config, config_, spool_.path());
    }

    fs::path stock(std::uint64_t cases) const {
        auto data = stocks_ / ("stock-" + std::to_string(cases));
        need_stock(options_.places.program, config_, data, cases);
        return data;
    }

    Start start_again(const fs::path& data, bool cold) const {
        const auto [ripe, fresh] = two_cases(data);
        if (cold) forget_pages(data / "jinqiao.db");
        const auto token = demo_token(data, "duty_officer");
        const Daemon daemon(options_.places.program, config_, data);
        const auto since = [&] {
            return static_cast<double>(monotonic_ns() - daemon.started_ns()) / 1e6;
        };
        Start out;
        out.listening_ms = static_cast<double>(daemon.listening_ns() - daemon.started_ns()) / 1e6;
        int step = 0;
        run_clients(
            daemon.port(), {[&](const Reply* last) -> std::string {
                if (last != nullptr && last->status != 200)
                    fail("after the start: " + std::string(last->body));
                if (step == 1) out.read_ms = since();
                if (step == 2) out.acted_ms = since();
                const bool fired =
                    step > 2 && last->body.find("\"seq\":2") != std::string_view::npos;
                if (fired) out.fired_ms = since();
                if (fired) return {};
                switch (step++) {
                    case 0:
                        return request("GET", "/api/v1/cases/" + fresh, token, {});
                    case 1:
                        return request("POST", "/api/v1/cases/" + fresh + "/actions/acknowledge",
                                       token, "{}");
                    default:
                        return request("GET", "/api/v1/cases/" + ripe + "/history", token, {});
                }
            }});
        return out;
    }

    Daemon::Memory at_rest(const fs::path& data) const {
        const Daemon daemon(options_.places.program, config_, data);
        std::this_thread::sleep_for(std::chrono::seconds(options_.settle_s));
        return daemon.memory();
    }

    // W1 beside so many open cases.
    void advance(const fs::path& stock, std::uint64_t cases, int clients) const {
        const auto data = folder_.path() / "copy";
        fs::remove_all(data);
        fs::copy(stock, data, fs::copy_options::recursive);
        sync();
        Daemon daemon(options_.places.program, config_, data);
        const auto until = std::chrono::steady_clock::now() +
                           std::chrono::milliseconds(static_cast<int>(options_.seconds * 1000));
        const auto now = jinqiao::engine::time::to_rfc3339(SystemClock().now() - 1min,
                                                           std::chrono::minutes{480});
        std::vector<Script> scripts;
        for (int i = 0; i < clients; ++i)
            scripts.emplace_back(Filer(demo_token(data, "duty_officer"), i, until, now));
        const double commits = figure_of(daemon.port(), "jinqiao_commits_total");
        const double cpu_s = daemon.cpu_s();
        const auto load = run_clients(daemon.port(), std::move(scripts));
        const auto acks = static_cast<double>(load.waits_ms.size());
        std::printf(
            "W1 beside %8llu open, %2d clients  %6.0f acks/s  p50 %.2f ms, p99 %.2f ms; "
            "CPU per ack %.3f ms, commits per ack %.3f\n",
            static_cast<unsigned long long>(cases), clients, acks / load.wall_s,
            percentile(load.waits_ms, 0.5), percentile(load.waits_ms, 0.99),
            (daemon.cpu_s() - cpu_s) * 1000 / acks,
            (figure_of(daemon.port(), "jinqiao_commits_total") - commits) / acks);
        daemon.stop();
        fs::remove_all(data);
    }

  private:
    // One whose timer came due while nothing ran, and one that nothing has happened to yet.
    std::pair<std::string, std::string> two_cases(const fs::path& data) const {
        const auto setup = load_configuration(config_);
        Stock stock(setup, data);
        const auto now = SystemClock().now();
        const auto n = static_cast<std::uint64_t>(jinqiao::engine::time::to_ms(now)) * 10;
        return {stock.add(n, now - 1s).value, stock.add(n + 1, now + 10min).value};
    }

    const Options& options_;
    Folder folder_, spool_;
    fs::path config_, stocks_;
};

void print_starts(const char* how, const std::vector<Start>& starts) {
    const auto middle = [&](double Start::*part) {
        std::vector<double> values;
        for (const auto& start : starts) values.push_back(start.*part);
        return median(values);
    };
    std::printf(
        "W4 %-18s listening %.0f ms, first read %.0f ms, first transition %.0f ms, first "
        "due timer %.0f ms (medians of %zu)\n",
        how, middle(&Start::listening_ms), middle(&Start::read_ms), middle(&Start::acted_ms),
        middle(&Start::fired_ms), starts.size());
}

}  // namespace

int main(int argc, char** argv) {
    const Options options = parse(argc, argv);
    const Bench bench(options);
    const auto data = bench.stock(options.cases);
    std::printf("%llu open cases, database %.0f MB; WAL, synchronous=FULL, %s in %s; %s\n",
                static_cast<unsigned long long>(options.cases),
                static_cast<double>(fs::file_size(data / "jinqiao.db")) / 1e6,
                file_system_of(data).c_str(), data.c_str(), machine().c_str());
    for (const bool cold : {false, true}) {
        std::vector<Start> starts;
        for (int i = 0; i < options.runs; ++i) starts.push_back(bench.start_again(data, cold));
        print_starts(cold ? "nothing in cache" : "file in page cache", starts);
    }
    if (options.settle_s > 0) {
        const auto held = bench.at_rest(data);
        std::printf(
            "W5 resident after %d s alone: %.1f MiB, of it anonymous %.1f MiB, most ever "
            "%.1f MiB; %.0f bytes for each open case\n",
            options.settle_s, held.resident_mib, held.anonymous_mib, held.most_mib,
            held.resident_mib * 1024 * 1024 / static_cast<double>(options.cases));
    }
    for (const int clients : {1, 32})
        for (const auto cases : {options.grow_from, options.cases})
            if (options.grow_from > 0) bench.advance(bench.stock(cases), cases, clients);
    std::printf("%s\n", machine().c_str());
}
