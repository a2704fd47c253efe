// The API as clients see it: alerts filed and advanced over sockets, each answered once it is
// durable, beside what SQLite alone does with the same rows.
//
//   http_bench [--seconds N] [--clients N,N] [--config DIR] [--dir DIR]
//
// W1: each client files an alert and takes six steps with it, one after the other, then the next.
// The load generator is one thread of this program and shares the machine with it. The channel
// takes notices at once.

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "adapters/cli/replay/staff.h"
#include "adapters/cli/system.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "engine/runtime/engine.h"
#include "tests/bench/support/bench.h"
#include "tests/bench/support/filer.h"
#include "tests/bench/support/load.h"
#include "tests/bench/support/office.h"
#include "tests/bench/support/raw_replay.h"
#include "tests/bench/support/recording_store.h"

namespace {

using namespace jinqiao;
using namespace jinqiao::tests::bench;
using namespace std::chrono_literals;
namespace model = engine::model;
namespace runtime = engine::runtime;

struct Options {
    double seconds = 10;
    std::vector<int> clients = {1, 64};
    std::filesystem::path config = "config", dir = std::filesystem::temp_directory_path();
};

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const char* value = argv[i + 1];
        if (name == "--seconds")
            options.seconds = std::strtod(value, nullptr);
        else if (name == "--clients") {
            options.clients.clear();
            for (const char* at = value; *at != '\0';) {
                char* end = nullptr;
                options.clients.push_back(static_cast<int>(std::strtol(at, &end, 10)));
                at = *end == ',' ? end + 1 : end;
            }
        } else if (name == "--config")
            options.config = value;
        else if (name == "--dir")
            options.dir = value;
        else
            fail("there is no option " + name);
    }
    return options;
}

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

struct Outcome {
    Load load;
    std::uint64_t commits = 0, notices = 0, delivered = 0;  // delivered: and on record
    Spent spent;
};

class Bench {
  public:
    explicit Bench(const Options& options)
        : options_(options),
          setup_(loaded(options.config)),
          directory_(adapters::cli::replay::staff(setup_.configuration.organisation)),
          folder_(options.dir) {}

    Outcome run(int clients, double seconds, Recording* recording) {
        const auto file = folder_.path() / ("w1-" + std::to_string(++runs_) + ".db");
        auto opened = adapters::store::sqlite::open_sqlite(file, {.reserve_bytes = 0});
        if (!opened) fail(opened.error().what);
        std::unique_ptr<engine::ports::Store> recorder;
        if (recording != nullptr) recorder = std::make_unique<RecordingStore>(**opened, *recording);
        auto& store = recorder ? *recorder : **opened;
        const adapters::cli::SystemClock clock;
        adapters::cli::TimeOrderedIds ids(adapters::cli::system_random);
        const auto renderer = setup_.renderer();
        runtime::WorldHolder world(setup_.world(directory_));
        const runtime::Notifiers notifiers{
            {adapters::cli::replay::replay_channel, std::make_shared<Taker>()}};
        runtime::EngineSettings settings;
        settings.core = setup_.core(std::string(32, 'b'));
        runtime::Engine engine({&store, &clock, &ids, renderer.get(), &world, config::read_policy},
                               notifiers, settings, [](model::Error error) { fail(error.what); });
        if (auto up = engine.start(); !up) fail(up.error().what);
        Office office(setup_, store, engine, world, clock);
        const auto before = engine.stats().core;
        const auto now = engine::time::to_rfc3339(clock.now() - 1min, std::chrono::minutes{480});
        const auto until = std::chrono::steady_clock::now() +
                           std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
        std::vector<Script> scripts;
        for (int i = 0; i < clients; ++i) scripts.emplace_back(Filer(Office::token, i, until, now));
        const Stopwatch watch;
        Outcome out;
        out.load = run_clients(office.port(), std::move(scripts));
        out.spent = watch.spent();
        const auto after = engine.stats().core;
        out.commits = after.commits - before.commits;
        out.notices = after.notices - before.notices;
        out.delivered = engine.stats().deliveries.delivered;
        office.stop();
        engine.stop();
        return out;
    }

    const std::filesystem::path& folder() const { return folder_.path(); }

  private:
    const Options& options_;
    adapters::cli::Setup setup_;
    engine::policy::Directory directory_;
    Folder folder_;
    int runs_ = 0;
};

void print(int clients, const Outcome& out) {
    const auto acks = static_cast<double>(out.load.waits_ms.size());
    std::printf("W1 %3d clients  %8.0f acks/s  p50 %.2f ms, p99 %.2f ms, most %.1f ms\n", clients,
                acks / out.load.wall_s, percentile(out.load.waits_ms, 0.5),
                percentile(out.load.waits_ms, 0.99), percentile(out.load.waits_ms, 1));
    std::printf(
        "  commits per ack %.3f, notices per ack %.2f, of them delivered meanwhile %.2f, CPU per "
        "ack "
        "%.3f ms\n",
        static_cast<double>(out.commits) / acks, static_cast<double>(out.notices) / acks,
        static_cast<double>(out.delivered) / acks, out.spent.cpu_s * 1000 / acks);
}

}  // namespace

int main(int argc, char** argv) {
    const Options options = parse(argc, argv);
    Bench bench(options);
    std::printf("SQLite, WAL, synchronous=FULL, %s in %s; %s\n",
                file_system_of(options.dir).c_str(), options.dir.c_str(), machine().c_str());
    for (const int clients : options.clients) {
        print(clients, bench.run(clients, options.seconds, nullptr));
        Recording recording;
        const auto recorded = bench.run(clients, options.seconds / 2, &recording);
        const auto acks = static_cast<double>(recorded.load.waits_ms.size());
        const auto raw = replay_raw(recording, bench.folder() / ("raw-" + std::to_string(clients)));
        std::printf("  raw SQLite, same rows and transactions: %.0f acks/s (%.3f ms each)\n",
                    acks / raw.wall_s, raw.wall_s * 1000 / acks);
    }
}
