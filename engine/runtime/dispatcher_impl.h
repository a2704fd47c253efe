#pragma once
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <map>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "engine/runtime/dispatcher.h"
#include "engine/runtime/lane_gate.h"
#include "engine/runtime/wake.h"

// For dispatcher.cc and dispatcher_lanes.cc alone.
namespace jinqiao::engine::runtime {

std::function<double()> random_jitter();

namespace asio = boost::asio;
using ports::Outcome;
using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

struct Dispatcher::Impl : std::enable_shared_from_this<Impl> {
    // Replaced as a whole by a reload.
    struct Ways {
        Notifiers notifiers;
        DeliverySettings settings;
    };
    struct Flight {
        Attempt attempt;
        std::string channel, address, lane;
        ChannelSettings settings;
        std::shared_ptr<ports::Notifier> notifier;  // lives until it has answered
        std::uint64_t token = 0;                    // an answer to an older attempt is nobody's
        Steady::time_point overdue_at{};
        std::optional<DeliveryOutcome> outcome;  // answered: on its way into the store
        bool unwritten = false;                  // where it could not be written so far
        bool sent = true;                        // false: given an outcome without being sent
    };
    // What a channel has under way. An answered one needs no slot, but is in front of those that
    // are ready until its outcome is stored.
    struct Use {
        std::size_t slots = 0, unstored = 0;
        std::unordered_map<std::string, std::size_t> by_address;  // slots
        std::unordered_map<std::string, LaneGate> gates;          // by lane
        std::map<std::string, Steady::time_point> merging;  // addresses left as they are until then
        std::unordered_set<std::string> in_merge;  // deliveries: on their way into one message
        std::unordered_map<std::string, Steady::time_point> asked;  // deliveries with no other way
        Steady::time_point look_at{};  // nothing can be begun before: every lane is shut
    };
    // What one look at a channel found and could not begin.
    struct Waiting {
        std::size_t rows = 0;
        Steady::time_point open_at = Steady::time_point::max();
        std::map<std::string, std::vector<std::string>> by_address;  // deliveries, in order
    };

    Impl(Parts given, DeliverySettings chosen)
        : parts(std::move(given)),
          in_use(std::make_shared<const Ways>(Ways{std::move(parts.notifiers), std::move(chosen)})),
          strand(asio::make_strand(*parts.io)),
          sleep(strand) {
        if (!parts.jitter) parts.jitter = random_jitter();
    }

    std::shared_ptr<const Ways> ways() const {
        std::lock_guard lock(mutex);
        return in_use;
    }

    void wake();
    void tick();
    void collect_overdue();
    bool send_ready();
    bool send_ready_in(const std::string& channel);
    Use& use_of(const std::string& channel) { return busy[channel]; }
    void release(const Flight& flight);
    void wait(const ports::DeliveryRow& row, Steady::time_point open_at,
              const ChannelSettings& settings, Waiting& waiting);
    bool pass_on(const ports::DeliveryRow& row, const ChannelSettings& settings);
    void merge(const std::string& channel, const ChannelSettings& settings, Waiting& waiting);
    void merged(const std::string& channel, const std::string& address,
                const std::vector<std::string>& deliveries, bool some);
    LaneGate& gate_of(const std::string& channel, const std::string& lane) {
        return use_of(channel).gates[lane];
    }
    void send(const Prepared& prepared);
    void answered(const std::string& delivery, std::uint64_t token, Outcome outcome);
    void record(const DeliveryOutcome& outcome);
    void record_unwritten();
    void recorded(const std::string& delivery, bool written);
    void count(const DeliveryOutcome& outcome);
    void sleep_on();
    std::vector<ShutLane> shut_lanes() const;
    void publish();

    Wake woken;
    Parts parts;
    std::mutex beginning;  // held while a transmission is handed over; before mutex
    mutable std::mutex mutex;
    std::shared_ptr<const Ways> in_use;  // guarded by mutex
    DispatcherStats shown;               // guarded by mutex
    asio::strand<asio::io_context::executor_type> strand;
    asio::steady_timer sleep;
    std::unique_ptr<ports::Reader> reader;

    // On the strand.
    bool running = false;
    std::unordered_map<std::string, Flight> flights;
    std::unordered_map<std::string, Use> busy;  // by channel
    std::uint64_t next_token = 1;
    std::string last_first;  // channel that was first in turn the last time
    Steady::time_point paused_until{};
    Steady::time_point lanes_open_at = Steady::time_point::max();  // of those with notices waiting
    DispatcherStats own;

    // A notifier's thread must not post to an io_context that has gone: after stop() the gate is
    // shut, and its answers end here.
    std::mutex gate;
    bool shut = false;  // guarded by gate
};

}  // namespace jinqiao::engine::runtime
