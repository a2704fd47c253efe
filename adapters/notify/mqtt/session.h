#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "adapters/notify/mqtt/options.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::mqtt {

struct Publication {
    std::string topic, payload;
    std::chrono::steady_clock::time_point until;
    std::function<void(engine::ports::Outcome)> done;
};

// What an answer of the broker means: to PUBLISH, and to CONNECT (`version5` tells the numbers).
engine::ports::Outcome published(int reason);
engine::ports::Outcome not_connected(int reason, bool version5);

// The connection to a broker: opened when there is something to publish, kept, opened again after a
// while when it is lost, and at once when there is something to publish.
//
// Threads    One of its own; publish() from any thread, answers from the session's or the caller's.
// Repeats    What had no answer when the connection was lost is sent again by it, with the same
//            packet id, for as long as the session lives.
class Session {
  public:
    explicit Session(const Options& options);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void publish(Publication publication);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::adapters::notify::mqtt
