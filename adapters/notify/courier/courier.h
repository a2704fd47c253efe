#pragma once
#include <functional>
#include <memory>

#include "adapters/notify/courier/exchange.h"

namespace jinqiao::adapters::notify::courier {

struct CourierSettings {
    std::size_t in_flight = 200;  // transfers at once; more wait their turn
    // Connections to one host and port. No fewer than a channel may have under way: what waits here
    // has been handed over, and its time runs.
    long per_host = 200;
};

// Carries HTTP requests of all channels: one thread, one curl multi handle, so that hundreds of
// slow departments do not hold each other up.
//
// Ownership  Shared by the channels that send through it; it must outlive none of their callbacks.
// Threads    send() from any thread; callbacks come on the courier's thread and must be short.
// Ending     The destructor answers what is still under way with failure "aborted" and joins.
class Courier {
  public:
    explicit Courier(CourierSettings settings = {});
    ~Courier();
    Courier(const Courier&) = delete;
    Courier& operator=(const Courier&) = delete;

    // `done` is called exactly once.
    void send(Request request, std::function<void(Response)> done);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::adapters::notify::courier
