#pragma once
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "adapters/cli/setup.h"
#include "adapters/http/channel_trial.h"
#include "engine/runtime/engine.h"

namespace jinqiao::adapters::cli::channel {

// Watches what the daemon's channels come to, and sends by one of them when an administrator wants
// to see whether it works.
//
// Threads  Any. Outcomes are noted on the notifiers' threads.
// Memory   The latest few outcomes of each channel since the program started; no addresses.
class Bench {
  public:
    explicit Bench(const engine::ports::WallClock& clock)
        : log_(std::make_shared<Log>()), clock_(clock) {}

    // The same notifiers, watched.
    engine::runtime::Notifiers watched(Notifiers made);
    // What is in force from now on.
    void use(std::shared_ptr<const Setup> setup, engine::runtime::Notifiers notifiers);
    std::vector<http::ChannelFacts> facts() const;

    // `record` puts the wish on the hash-chained record and answers whether it is there; nothing
    // goes out before it is.
    using Record = std::function<void(engine::runtime::DirectoryChange change,
                                      std::function<void(bool kept)> done)>;
    void try_out(const http::ChannelTrial& trial, const Record& record,
                 std::function<void(http::ChannelTried)> done) const;

  private:
    struct Log {
        std::mutex mutex;
        std::map<std::string, http::ChannelFacts> channels;  // guarded by mutex
    };
    class Watched;

    std::shared_ptr<Log> log_;  // outlives us in notifiers that still answer
    const engine::ports::WallClock& clock_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Setup> setup_;    // guarded by mutex_
    engine::runtime::Notifiers notifiers_;  // guarded by mutex_
};

}  // namespace jinqiao::adapters::cli::channel
