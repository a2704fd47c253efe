#pragma once
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "adapters/http/api.h"

namespace jinqiao::adapters::http {

// Tells all watchers what has changed, a little later and all at once, so that many changes and
// many watchers cost a bounded share of the server's thread: a tenth at most.
//
// Threads  news() from any thread; everything else on the io_context's one.
class Broadcast {
  public:
    Broadcast(boost::asio::io_context& io, Api& api);
    ~Broadcast();

  private:
    void news();
    void tell();

    boost::asio::io_context& io_;
    Api& api_;
    boost::asio::steady_timer pause_;
    std::chrono::nanoseconds next_pause_;
    std::atomic<bool> due_ = false;  // a tell() is on its way
};

}  // namespace jinqiao::adapters::http
