#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/runtime/committer.h"
#include "engine/runtime/delivery_plan.h"

namespace boost::asio {
class io_context;
}

namespace jinqiao::engine::runtime {

using Notifiers = std::map<std::string, std::shared_ptr<ports::Notifier>>;  // by channel name

// A lane that is left alone for a while: it failed again and again, or said so itself.
struct ShutLane {
    std::string channel, lane;            // as ports::Notifier::lane has it
    std::chrono::milliseconds reopens{};  // from now; then one notice sees whether it is back
};

struct DispatcherStats {
    std::uint64_t sent = 0, delivered = 0, retried = 0, rejected = 0, dead = 0, unknown = 0;
    std::size_t in_flight = 0;
    std::vector<ShutLane> shut = {};  // as of the last look
};

// Carries pending deliveries to their channels and hands each outcome to the committer. At least
// once, with the same id: what was under way when the program ended is sent again at start. In
// order for each case and address, since the store offers only the oldest of them.
//
// Threads  Runs on a strand of its own on the io_context it is given. wake() and stats() from any
//          thread. Notifiers may answer from any thread, once.
// Time     An attempt that has not answered in twice its patience counts as unknown.
class Dispatcher {
  public:
    struct Parts {
        boost::asio::io_context* io = nullptr;
        ports::Store* store = nullptr;
        const ports::WallClock* clock = nullptr;  // what the core takes for now
        Committer* committer = nullptr;
        Notifiers notifiers;
        std::function<double()> jitter;  // [0, 1); empty: random
    };
    Dispatcher(Parts parts, DeliverySettings settings);
    ~Dispatcher();

    // What is sent from now on goes by these; what is under way ends by those it was begun with.
    // When this returns nothing is begun by the old ones any more. Any thread.
    void use(Notifiers notifiers, DeliverySettings settings);

    model::Status start();
    // Nothing more is sent. Outcomes that come later are dropped: those deliveries are repeated.
    void stop();
    void wake();  // commits made notices
    DispatcherStats stats() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

// The same carried out at once, for replay and tests: everything that is ready is sent, through
// notifiers that answer before send() returns, and recorded through the core. Answers how many were
// sent. An answer that does not come at once counts as unknown.
//
// Threads  the committer's, or the only one there is; the reader is this thread's own.
model::Result<std::size_t> pump(Core& core, ports::Reader& reader, const Notifiers& notifiers,
                                const DeliverySettings& settings,
                                const std::function<double()>& jitter);

// What the notifier is given and how the outcome is judged; shared by both.
struct Prepared {
    Attempt attempt;
    ports::Transmission transmission;
};
model::Result<Prepared> prepare(ports::Reader& reader, const ports::DeliveryRow& row,
                                const ChannelSettings& settings);

}  // namespace jinqiao::engine::runtime
