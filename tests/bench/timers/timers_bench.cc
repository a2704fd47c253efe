// How late timers fire, with how many pending and how many at a time, and how long people wait
// meanwhile. The engine whole, on SQLite; notices are taken at once by a channel that does nothing.
//
//   timers_bench [--pending N] [--rate N] [--seconds N] [--at-once N] [--config DIR] [--dir DIR]
//
// First `rate` timers a second for `seconds`, then `at-once` at one instant; all of different
// cases, over `pending` timers that are not due. 0 leaves a part out.

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <iostream>
#include <thread>

#include "adapters/cli/replay/staff.h"
#include "adapters/cli/system.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "engine/runtime/engine.h"
#include "tests/bench/support/bench.h"
#include "tests/bench/timers/backlog.h"

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

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at),
                     values.end());
    return values[at];
}

// What a person waits for meanwhile: a change of the directory, answered once it is durable.
class Person {
  public:
    explicit Person(runtime::Engine& engine) : engine_(engine), thread_([this] { live(); }) {}
    ~Person() { stop(); }
    std::vector<double> stop() {
        leave_ = true;
        if (thread_.joinable()) thread_.join();
        return std::move(waits_ms_);
    }

  private:
    void live() {
        for (int i = 0; !leave_; ++i) {
            std::promise<void> answered;
            runtime::Submission submission;
            submission.work = runtime::DirectoryChange{
                "put_person",
                {{"id", "somebody"}, {"name", std::to_string(i)}, {"contacts", {}}},
                {}};
            submission.done = [&](const runtime::Answer&) { answered.set_value(); };
            const auto began = std::chrono::steady_clock::now();
            if (engine_.submit(std::move(submission))) {
                answered.get_future().wait();
                waits_ms_.push_back(std::chrono::duration<double, std::milli>(
                                        std::chrono::steady_clock::now() - began)
                                        .count());
            }
            std::this_thread::sleep_for(20ms);
        }
    }

    runtime::Engine& engine_;
    std::atomic<bool> leave_ = false;
    std::vector<double> waits_ms_;
    std::thread thread_;
};

struct Outcome {
    runtime::TimerStats timers;
    std::vector<double> waits_ms;
    double drained_s = 0;
    Spent spent;
};

class Bench {
  public:
    explicit Bench(const Options& options)
        : options_(options),
          setup_(loaded(options.config)),
          directory_(adapters::cli::replay::staff(setup_.configuration.organisation)) {}

    Outcome run(std::uint64_t count, std::chrono::microseconds step) {
        const Folder folder(options_.dir);
        auto store =
            adapters::store::sqlite::open_sqlite(folder.path() / "timers.db", {.reserve_bytes = 0});
        if (!store) fail(store.error().what);
        const Instant start = adapters::cli::SystemClock().now();
        const auto lead = 3s;
        Backlog backlog(setup_, directory_, **store);
        backlog.due(count, start + lead, step);
        if (options_.pending > count) backlog.pending(options_.pending - count, start + 720h);
        bytes_per_case = backlog.bytes_per_case();
        return live(**store, start, start + lead, count);
    }

    double bytes_per_case = 0;

  private:
    Outcome live(engine::ports::Store& store, Instant start, Instant first, std::uint64_t count) {
        ShiftedClock clock(start);
        adapters::cli::TimeOrderedIds ids(adapters::cli::system_random);
        const auto renderer = setup_.renderer();
        runtime::WorldHolder world(setup_.world(directory_));
        const runtime::Notifiers notifiers{
            {adapters::cli::replay::replay_channel, std::make_shared<Taker>()}};
        runtime::EngineSettings settings;
        settings.core = setup_.core(std::string(32, 'b'));
        runtime::Engine engine({&store, &clock, &ids, renderer.get(), &world, config::read_policy},
                               notifiers, settings, [](model::Error error) { fail(error.what); });
        clock.start(start);
        if (auto up = engine.start(); !up) fail(up.error().what);
        const Stopwatch watch;
        Person person(engine);
        // Each case's reminder, and nothing else before it was seen.
        while (engine.stats().timers.fired < count) std::this_thread::sleep_for(5ms);
        Outcome out;
        out.drained_s = std::chrono::duration<double>(clock.now() - first).count();
        out.waits_ms = person.stop();
        out.timers = engine.stats().timers;
        out.spent = watch.spent();
        engine.stop();
        return out;
    }

    const Options& options_;
    adapters::cli::Setup setup_;
    engine::policy::Directory directory_;
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

void print(const char* what, std::uint64_t count, const Outcome& out) {
    const auto& late = out.timers.lateness;
    std::printf("%-26s %8llu  late p50 %-11s p99 %-11s most %6lld ms  last fired after %6.2f s\n",
                what, static_cast<unsigned long long>(count), bound_of(late, 0.50).c_str(),
                bound_of(late, 0.99).c_str(), static_cast<long long>(late.most.count()),
                out.drained_s);
    std::printf("%-26s %8zu  a change meanwhile: p50 %.1f ms, p99 %.1f ms; CPU %.2f s\n", "",
                out.waits_ms.size(), percentile(out.waits_ms, 0.50), percentile(out.waits_ms, 0.99),
                out.spent.cpu_s);
}

}  // namespace

int main(int argc, char** argv) {
    const Options options = parse(argc, argv);
    Bench bench(options);
    std::printf("%llu pending; SQLite, WAL, synchronous=FULL, %s in %s\n",
                static_cast<unsigned long long>(options.pending),
                file_system_of(options.dir).c_str(), options.dir.c_str());
    if (options.rate > 0 && options.seconds > 0) {
        const auto count = options.rate * options.seconds;
        const auto out = bench.run(count, std::chrono::microseconds{1'000'000 / options.rate});
        print((std::to_string(options.rate) + " a second").c_str(), count, out);
    }
    if (options.at_once > 0)
        print("at one instant", options.at_once, bench.run(options.at_once, 0us));
    std::printf("snapshot %.1f kB a case\n", bench.bytes_per_case / 1024);
}
