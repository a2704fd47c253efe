#pragma once
#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <functional>

namespace jinqiao::adapters::http {

// Threads for what takes long and would keep everybody waiting on the server's own: checking
// passwords. What waits is bounded, for each of them costs memory while it runs and time before.
//
// Threads  post() from any; the work runs on one of ours.
class Workers {
  public:
    Workers(std::size_t threads, std::size_t most_waiting);
    ~Workers();  // what was posted is finished first

    // False: too much is waiting, nothing was taken.
    bool post(std::function<void()> work);

  private:
    boost::asio::thread_pool pool_;
    const std::size_t most_;  // running and waiting
    std::atomic<std::size_t> held_{0};
};

}  // namespace jinqiao::adapters::http
