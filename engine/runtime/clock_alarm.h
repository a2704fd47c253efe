#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <memory>

namespace jinqiao::engine::runtime {

// Tells when somebody sets the wall clock: a Linux timerfd on CLOCK_REALTIME that is cancelled by
// the setting (TFD_TIMER_CANCEL_ON_SET). Where the kernel has none, nothing is told, and the
// one-second look at the clock has to do.
//
// Threads  All on the executor given.
class ClockAlarm {
  public:
    explicit ClockAlarm(const boost::asio::any_io_executor& executor) : descriptor_(executor) {}
    void start(std::function<void()> changed);
    void stop();

  private:
    bool arm();
    void wait();

    boost::asio::posix::stream_descriptor descriptor_;
    std::function<void()> changed_;
};

}  // namespace jinqiao::engine::runtime
