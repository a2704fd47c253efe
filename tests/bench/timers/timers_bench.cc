// How late timers fire, with how many pending and how many at a time, and how long people wait
// meanwhile. The engine whole, on SQLite, with the API over a socket; notices are taken at once by
// a channel that does nothing.
//
//   timers_bench [--pending N] [--rate N] [--seconds N] [--at-once N] [--config DIR] [--dir DIR]
//
// One database: `pending` timers of cases of which nothing is due, one case whose timer came due
// before the start, then `rate` timers a second for `seconds`, then, after a restart, `at-once` at
// one instant; all of different cases. 0 leaves a part out.
//
// Every firing is looked up in its case's history: one decided before it was due, or none at all,
// ends the program.
//
// The honest figure on a shared machine is the CPU time for each firing. It is the whole program's:
// the notices sent and their outcomes, and the people who read and write meanwhile, are in it.

#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <thread>

#include "adapters/cli/replay/staff.h"
#include "adapters/cli/system.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "engine/runtime/engine.h"
#include "tests/bench/support/bench.h"
#include "tests/bench/timers/backlog.h"
#include "tests/bench/timers/people.h"

namespace {

using namespace jinqiao;
using namespace jinqiao::tests::bench;
using namespace std::chrono_literals;
namespace model = engine::model;
namespace runtime = engine::runtime;
using engine::time::Instant;
using std::chrono::milliseconds;

struct Options {
    std::uint64_t pending = 100'000, rate = 1'000, seconds = 30, at_once = 20'000;
    std::filesystem::path config = "config", dir = std::filesystem::temp_directory_path();
};

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const char* value = argv[i + 1];
        const auto number = std::strtoull(value, nullptr, 10);
        if (name == "--pending")
            options.pending = number;
        else if (name == "--rate")
            options.rate = number;
        else if (name == "--seconds")
            options.seconds = number;
        else if (name == "--at-once")
            options.at_once = number;
        else if (name == "--config")
            options.config = value;
        else if (name == "--dir")
            options.dir = value;
        else
            fail("there is no option " + name);
    }
    return options;
}

// The system's clock, set so that it shows the chosen instant when it is started.
class ShiftedClock final : public engine::ports::WallClock {
  public:
    explicit ShiftedClock(Instant at) { start(at); }
    void start(Instant at) { shift_ = at - adapters::cli::SystemClock().now(); }
    Instant now() const override { return adapters::cli::SystemClock().now() + shift_; }

  private:
    milliseconds shift_{};
};

class Taker final : public engine::ports::Notifier {
  public:
    void send(const engine::ports::Transmission& transmission,
              std::function<void(engine::ports::Outcome)> done) override {
        done({engine::ports::Outcome::Kind::delivered, "taken", transmission.id, {}, {}});
    }
};

adapters::cli::Setup loaded(const std::filesystem::path& folder) {
    const adapters::cli::Speech speech(model::Language::en);
    auto setup = adapters::cli::load_setup({speech, std::cout, std::cerr}, folder,
                                           adapters::cli::SystemClock().now());
    if (!setup) fail("the configuration in " + folder.string() + " is not fit for use");
    return std::move(*setup);
}

// Resident memory of this program, after what is free was given back.
double resident_mb() {
    malloc_trim(0);
    std::ifstream statm("/proc/self/statm");
    std::uint64_t size = 0, resident = 0;
    statm >> size >> resident;
    return static_cast<double>(resident) * 4096 / 1e6;
}

struct Outcome {
    runtime::TimerStats timers;
    std::vector<double> filed_ms, reads_ms;
    std::vector<double> decided_ms;  // after it was due
    double first_s = 0;              // from start() to the first firing
    double fired_s = 0;              // from the first due instant to the last firing
    double settled_s = 0;            // to the last notice sent and noted
    double grown_mb = 0;
    Spent until_fired, spent;
};

struct Part {
    const char* name;
    Instant start, first;  // what the clock shows at the start; when the first is due
    std::uint64_t count = 0;
    std::uint64_t first_case = 0, cases = 0;  // whose timers come due
    std::chrono::microseconds step{};         // between them
};

class Bench {
  public:
    explicit Bench(const Options& options)
        : options_(options),
          setup_(loaded(options.config)),
          directory_(adapters::cli::replay::staff(setup_.configuration.organisation)),
          folder_(options.dir),
          start_(adapters::cli::SystemClock().now()) {
        auto store = adapters::store::sqlite::open_sqlite(folder_.path() / "timers.db",
                                                          {.reserve_bytes = 0});
        if (!store) fail(store.error().what);
        store_ = std::move(*store);
        fill();
    }

    Part steady() const {
        const auto cases = options_.rate * options_.seconds;
        return {"a second", start_, first_steady(), cases + 1, 1, cases, step()};
    }
    Part burst() const {
        const auto first_case = options_.rate * options_.seconds + 1;
        return {"at one instant",
                first_burst() - 3s,
                first_burst(),
                options_.at_once,
                first_case,
                options_.at_once,
                {}};
    }

    Outcome run(const Part& part) {
        ShiftedClock clock(part.start);
        adapters::cli::TimeOrderedIds ids(adapters::cli::system_random);
        const auto renderer = setup_.renderer();
        runtime::WorldHolder world(setup_.world(directory_));
        const runtime::Notifiers notifiers{
            {adapters::cli::replay::replay_channel, std::make_shared<Taker>()}};
        runtime::EngineSettings settings;
        settings.core = setup_.core(std::string(32, 'b'));
        Outcome out;
        const double before_mb = resident_mb();
        runtime::Engine engine(
            {store_.get(), &clock, &ids, renderer.get(), &world, config::read_policy}, notifiers,
            settings, [](model::Error error) { fail(error.what); });
        clock.start(part.start);
        const Stopwatch watch;
        if (auto up = engine.start(); !up) fail(up.error().what);
        Office office(setup_, *store_, engine, world, clock);
        const Visitors visitors(office, folder_.path());
        Person writer(visitors.filing());
        Person reader(visitors.reading());
        const auto wait_for = [&](auto reached) {
            while (!reached(engine.stats())) std::this_thread::sleep_for(5ms);
        };
        wait_for([](const auto& stats) { return stats.timers.fired > 0; });
        out.first_s = watch.spent().wall_s;
        wait_for([&](const auto& stats) { return stats.timers.fired >= part.count; });
        out.fired_s = std::chrono::duration<double>(clock.now() - part.first).count();
        out.until_fired = watch.spent();
        out.filed_ms = writer.stop();
        out.reads_ms = reader.stop();
        wait_for([&](const auto& stats) {
            return stats.queued == 0 && stats.deliveries.in_flight == 0 &&
                   stats.deliveries.delivered >= stats.core.notices;
        });
        out.settled_s = std::chrono::duration<double>(clock.now() - part.first).count();
        out.timers = engine.stats().timers;
        out.spent = watch.spent();
        out.grown_mb = resident_mb() - before_mb;
        engine.stop();
        out.decided_ms = decided(part);
        return out;
    }

    double bytes_per_case = 0;
    std::uint64_t timers = 0;

  private:
    std::vector<double> decided(const Part& part) const {
        auto reader = store_->reader();
        if (!reader) fail(reader.error().what);
        std::vector<double> out;
        for (std::uint64_t i = 0; i < part.cases; ++i) {
            const auto id = Backlog::id_of(part.first_case + i);
            const auto rows = (*reader)->history(id, 1, 1);
            if (!rows || rows->empty()) fail("the timer of " + id + " is lost");
            const auto due = part.first + std::chrono::duration_cast<milliseconds>(
                                              part.step * static_cast<std::int64_t>(i));
            out.push_back(static_cast<double>((rows->front().at - due).count()));
            if (out.back() < 0) fail("the timer of " + id + " fired early");
        }
        return out;
    }

    std::chrono::microseconds step() const {
        return std::chrono::microseconds{1'000'000 / std::max<std::uint64_t>(options_.rate, 1)};
    }
    Instant first_steady() const { return start_ + 3s; }
    // Long after, so that neither meets the other.
    Instant first_burst() const { return start_ + 1h; }

    void fill() {
        Backlog backlog(setup_, directory_, *store_);
        backlog.due_at_once(1, start_ - 1s);
        backlog.due(options_.rate * options_.seconds, first_steady(), step());
        backlog.due_at_once(options_.at_once, first_burst());
        backlog.pending(options_.pending, start_ + 720h);
        bytes_per_case = backlog.bytes_per_case();
        auto reader = store_->reader();
        if (!reader) fail(reader.error().what);
        if (auto known = (*reader)->count("timers")) timers = *known;
    }

    const Options& options_;
    adapters::cli::Setup setup_;
    engine::policy::Directory directory_;
    Folder folder_;
    Instant start_;
    std::unique_ptr<engine::ports::Store> store_;
};

// The upper bound of the bucket in which this share lies.
std::string bound_of(const runtime::Lateness& lateness, double share) {
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < lateness.counts.size(); ++i) {
        seen += lateness.counts[i];
        if (static_cast<double>(seen) < share * static_cast<double>(lateness.total)) continue;
        if (i == lateness.bounds.size()) break;
        return "<= " + std::to_string(lateness.bounds[i].count()) + " ms";
    }
    return "more than " + std::to_string(lateness.bounds.back().count()) + " ms";
}

void print_waits(const char* what, const std::vector<double>& waits_ms) {
    std::printf("  %-24s %6zu  p50 %.1f ms, p99 %.1f ms, most %.1f ms\n", what, waits_ms.size(),
                percentile(waits_ms, 0.50), percentile(waits_ms, 0.99), percentile(waits_ms, 1));
}

void print(const std::string& what, std::uint64_t count, const Outcome& out) {
    const auto& late = out.timers.lateness;
    std::printf("%-24s %8llu  late p50 %s, p99 %s, most %lld ms\n", what.c_str(),
                static_cast<unsigned long long>(count), bound_of(late, 0.50).c_str(),
                bound_of(late, 0.99).c_str(), static_cast<long long>(late.most.count()));
    std::printf("  after the first was due: last fired %.2f s, last notice noted %.2f s\n",
                out.fired_s, out.settled_s);
    const auto each = static_cast<double>(count) / 1000;
    std::printf("  CPU for each firing %.3f ms until the last fired, %.3f ms with its notice\n",
                out.until_fired.cpu_s / each, out.spent.cpu_s / each);
    std::printf("  first firing %.0f ms after the start\n", out.first_s * 1000);

    print_waits("decided after it was due", out.decided_ms);
    print_waits("alerts filed meanwhile", out.filed_ms);
    print_waits("API reads meanwhile", out.reads_ms);
    std::printf("  memory grown by %.1f MB; timers in memory %zu\n", out.grown_mb,
                out.timers.waiting);
}

}  // namespace

int main(int argc, char** argv) {
    const Options options = parse(argc, argv);
    Bench bench(options);
    std::printf(
        "%llu timers pending, snapshot %.1f kB a case; SQLite, WAL, synchronous=FULL, %s in %s\n",
        static_cast<unsigned long long>(bench.timers), bench.bytes_per_case / 1024,
        file_system_of(options.dir).c_str(), options.dir.c_str());
    std::printf("resident before the engine: %.1f MB; %s\n", resident_mb(), machine().c_str());
    if (options.rate > 0 && options.seconds > 0) {
        const auto part = bench.steady();
        print(std::to_string(options.rate) + ' ' + part.name, part.count, bench.run(part));
    }
    if (options.at_once > 0) {
        const auto part = bench.burst();
        print(part.name, part.count, bench.run(part));
    }
}
