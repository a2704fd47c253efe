// W2: how soon sixteen departments have a red alert, and how many they get a second. The daemon as
// it is shipped; sixteen receivers of webhooks and those who file are one thread of this program.
//
//   alarm_bench [--seconds S | --alerts N] [--in-flight N,N] [--program FILE] [--config DIR]
//               [--dir DIR]
//
// An alert is in flight from the first byte of its request until its sixteenth receipt; then the
// next is filed in its place. Each receipt is verified. The other notices of an alert, to people
// and posts, go to files without a disk behind them, and are in the daemon's time.

#include <cstdio>
#include <fstream>
#include <memory>
#include <set>

#include "adapters/cli/system.h"
#include "tests/bench/daemon/daemon.h"
#include "tests/bench/daemon/options.h"
#include "tests/bench/daemon/receivers.h"
#include "tests/bench/daemon/stock.h"
#include "tests/bench/support/bench.h"
#include "tests/bench/support/load.h"

namespace {

using namespace jinqiao::tests::bench;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr int longest_silence_ms = 20'000;

struct Options {
    Places places;
    double seconds = 10;
    double alerts = 0;  // so many instead of so long
    std::vector<int> in_flight = {1, 32};
};

Options parse(int argc, char** argv) {
    Options options;
    const auto list = [&](const char* value) {
        options.in_flight.clear();
        for (const char* at = value; *at != '\0';) {
            char* end = nullptr;
            options.in_flight.push_back(static_cast<int>(std::strtol(at, &end, 10)));
            at = *end == ',' ? end + 1 : end;
        }
    };
    read_flags(argc, argv,
               options.places.flags({{"--seconds", number(options.seconds)},
                                     {"--alerts", number(options.alerts)},
                                     {"--in-flight", list}}));
    return options;
}

// The departments of the configuration as shipped, each reached by an endpoint of its own.
std::vector<std::string> departments(const fs::path& config) {
    std::vector<std::string> out;
    const auto setup = load_configuration(config);
    for (const auto& [id, department] : setup.configuration.organisation.departments)
        out.push_back(id.value);
    return out;
}

// Files one alert after the other; several of them share the receivers.
class Alarms {
  public:
    Alarms(std::uint16_t port, std::string token, Poller& poller, std::size_t endpoints)
        : port_(port), token_(std::move(token)), poller_(poller), endpoints_(endpoints) {}

    void receipt(std::size_t endpoint, const std::string& kase) {
        ++receipts;
        // More may come later: to be urged is no second receipt.
        if (!open_[kase].reached.insert(endpoint).second) return;
        look(kase);
    }

    // `grown` is called once, when half of the alerts have arrived, where their number is given.
    void run(int in_flight, double seconds, std::uint64_t most, std::function<void()> grown) {
        until_ns_ = monotonic_ns() + static_cast<std::int64_t>(seconds * 1e9);
        most_ = most;
        grown_ = std::move(grown);
        const auto began_ns = monotonic_ns();
        for (int i = 0; i < in_flight; ++i) {
            auto& slot = *slots_.emplace_back(std::make_unique<Slot>());
            slot.client = std::make_unique<Client>(
                poller_, port_, [this, &slot](const Reply& reply) { filed(slot, reply); });
            file(slot);
        }
        while (busy_ > 0)
            if (!poller_.wait(longest_silence_ms)) fail("notices are lost: " + missing());
        wall_s = static_cast<double>(monotonic_ns() - began_ns) / 1e9;
        slots_.clear();
    }

    std::vector<double> acked_ms, received_ms;
    std::uint64_t receipts = 0;
    double wall_s = 0;

  private:
    struct Slot {
        std::unique_ptr<Client> client;
        std::int64_t began_ns = 0;
    };
    struct Open {
        std::set<std::size_t> reached;
        Slot* slot = nullptr;  // null: its request is not answered yet
    };

    void file(Slot& slot) {
        ++busy_;
        const auto now = jinqiao::engine::time::to_rfc3339(
            jinqiao::adapters::cli::SystemClock().now() - 1min, std::chrono::minutes{480});
        slot.began_ns = monotonic_ns();
        slot.client->send(request(
            "POST", "/api/v1/alerts", token_,
            R"({"enterprise":{"name":"示例)" + std::to_string(++filed_) +
                R"(","staff":600},"event":{"cause":"wage_arrears","behaviours":["gate_block"],)"
                R"("workers_involved":400,"noticed_at":")" +
                now + R"("}})"));
    }

    void filed(Slot& slot, const Reply& reply) {
        if (reply.status != 201) fail(std::string(reply.body));
        acked_ms.push_back(slot.client->waited_ms());
        const std::string where(reply.field("Location"));
        const auto kase = where.substr(where.rfind('/') + 1);
        open_[kase].slot = &slot;
        look(kase);
    }

    void look(const std::string& kase) {
        const auto found = open_.find(kase);
        if (found->second.slot == nullptr || found->second.reached.size() < endpoints_) return;
        auto& slot = *std::exchange(found->second.slot, nullptr);
        received_ms.push_back(static_cast<double>(monotonic_ns() - slot.began_ns) / 1e6);
        --busy_;
        if (most_ > 0 && received_ms.size() == most_ / 2) grown_();
        if (most_ > 0 ? filed_ < most_ : monotonic_ns() < until_ns_) file(slot);
    }

    std::string missing() const {
        std::size_t cases = 0;
        for (const auto& [kase, one] : open_) cases += one.reached.size() < endpoints_ ? 1U : 0U;
        return std::to_string(cases) + " alerts have not reached all";
    }

    std::uint16_t port_;
    std::string token_;
    Poller& poller_;
    std::size_t endpoints_;
    std::map<std::string, Open> open_;
    std::vector<std::unique_ptr<Slot>> slots_;
    std::int64_t until_ns_ = 0;
    std::uint64_t most_ = 0;
    std::function<void()> grown_;
    std::uint64_t filed_ = 0;
    int busy_ = 0;
};

class Bench {
  public:
    explicit Bench(const Options& options)
        : options_(options),
          folder_(options.places.dir),
          spool_(options.places.memory),
          names_(departments(options.places.config)),
          receivers_(poller_, names_.size(), std::string(32, 'b'),
                     [this](auto endpoint, const auto& kase) {
                         if (alarms_ != nullptr) alarms_->receipt(endpoint, kase);
                     }) {
        copy_configuration(
            options.places.config, config(), spool_.path(),
            {{"channels.yaml", "channels:\n", "channels:\n" + channel()},
             {"organisation.yaml", "channel: file", "channel: city", "\ndepartments:\n"}});
    }

    void run(int in_flight) {
        const auto data = folder_.path() / ("data-" + std::to_string(in_flight));
        seed(options_.places.program, config(), data);
        Daemon daemon(options_.places.program, config(), data);
        Alarms alarms(daemon.port(), demo_token(data, "duty_officer"), poller_, names_.size());
        alarms_ = &alarms;
        const double commits = figure_of(daemon.port(), "jinqiao_commits_total");
        const double notices = figure_of(daemon.port(), "jinqiao_notices_total");
        const double cpu_s = daemon.cpu_s();
        double early_mib = 0;
        alarms.run(in_flight, options_.seconds, static_cast<std::uint64_t>(options_.alerts),
                   [&] { early_mib = daemon.memory().resident_mib; });
        const auto alerts = static_cast<double>(alarms.received_ms.size());
        const auto receipts = static_cast<double>(alarms.receipts);
        std::printf(
            "W2 %2d in flight  %6.0f receipts/s of %.0f alerts; to the last receipt p50 "
            "%.2f ms, p99 %.2f ms; to the answer p50 %.2f ms, p99 %.2f ms\n",
            in_flight, receipts / alarms.wall_s, alerts, percentile(alarms.received_ms, 0.5),
            percentile(alarms.received_ms, 0.99), percentile(alarms.acked_ms, 0.5),
            percentile(alarms.acked_ms, 0.99));
        std::printf(
            "   for each receipt: CPU %.3f ms, commits %.3f; notices for each alert %.1f; "
            "connections opened %zu\n",
            (daemon.cpu_s() - cpu_s) * 1000 / receipts,
            (figure_of(daemon.port(), "jinqiao_commits_total") - commits) / receipts,
            (figure_of(daemon.port(), "jinqiao_notices_total") - notices) / alerts,
            receivers_.connections());
        if (early_mib > 0)
            std::printf("   resident after half of them %.1f MiB, after all %.1f MiB\n", early_mib,
                        daemon.memory().resident_mib);
        daemon.stop();
        alarms_ = nullptr;
    }

    std::size_t endpoints() const { return names_.size(); }

  private:
    fs::path config() const { return folder_.path() / "config"; }

    std::string channel() const {
        std::string secret = "whsec_";  // of the key given to the receivers
        for (int i = 0; i < 10; ++i) secret += "YmJi";
        std::ofstream(folder_.path() / "secret") << secret << "YmI=";
        std::string out = "  city:\n    kind: webhook\n    allow_private: true\n    endpoints:\n";
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const auto url = folder_.path() / (names_[i] + ".url");
            std::ofstream(url) << "http://127.0.0.1:" << receivers_.port(i) << "/";
            out += "      " + names_[i] + ":\n        url: {file: " + url.string() +
                   "}\n        secret: {file: " + (folder_.path() / "secret").string() + "}\n";
        }
        return out;
    }

    const Options& options_;
    Folder folder_, spool_;
    std::vector<std::string> names_;
    Poller poller_;
    Alarms* alarms_ = nullptr;
    Receivers receivers_;
};

}  // namespace

int main(int argc, char** argv) {
    const Options options = parse(argc, argv);
    Bench bench(options);
    std::printf(
        "%zu receivers over HTTP on loopback; SQLite, WAL, synchronous=FULL, %s in %s; %s\n",
        bench.endpoints(), file_system_of(options.places.dir).c_str(), options.places.dir.c_str(),
        machine().c_str());
    for (const int in_flight : options.in_flight) bench.run(in_flight);
    std::printf("%s\n", machine().c_str());
}
