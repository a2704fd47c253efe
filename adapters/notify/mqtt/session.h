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

// The connection to a broker: opened when there is something to publish, kept, opened again after a
// while when it is lost, and at once when there is something to publish.
//
// Threads    One of its own; publish() from any thread, answers from the session's or the caller's.
// Repeats    None of its own: what had no receipt when the connection was lost is unknown, and the
//            dispatcher repeats it.
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
