#include "engine/runtime/clock_alarm.h"

#include <spdlog/spdlog.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <ctime>

namespace jinqiao::engine::runtime {

namespace {

constexpr std::time_t far_away = 365L * 24 * 3600;  // the expiry itself means nothing

}  // namespace

void ClockAlarm::start(std::function<void()> changed) {
    const int fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    if (fd < 0) {
        spdlog::warn("no timer descriptor: a clock that is set is noticed within a second");
        return;
    }
    descriptor_.assign(fd);
    changed_ = std::move(changed);
    if (arm()) wait();
}

void ClockAlarm::stop() {
    boost::system::error_code ignored;
    descriptor_.close(ignored);
    changed_ = nullptr;
}

bool ClockAlarm::arm() {
    itimerspec spec{};
    spec.it_value.tv_sec = std::time(nullptr) + far_away;
    return timerfd_settime(descriptor_.native_handle(), TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET,
                           &spec, nullptr) == 0;
}

void ClockAlarm::wait() {
    descriptor_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                           [this, keep = changed_](const boost::system::error_code& stopped) {
                               if (stopped || !descriptor_.is_open()) return;
                               std::uint64_t expiries = 0;
                               const auto got =
                                   read(descriptor_.native_handle(), &expiries, sizeof expiries);
                               const bool set = got < 0 && errno == ECANCELED;
                               if (!arm()) return;
                               wait();
                               if (set) keep();
                           });
}

}  // namespace jinqiao::engine::runtime
