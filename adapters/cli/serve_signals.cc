#include "adapters/cli/serve_signals.h"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>

namespace jinqiao::adapters::cli {

Signals::Signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    signals_ = signalfd(-1, &set, SFD_CLOEXEC);
    woken_ = eventfd(0, EFD_CLOEXEC);
}

Signals::~Signals() {
    close(signals_);
    close(woken_);
}

int Signals::wait() {
    std::array<pollfd, 2> watched{{{signals_, POLLIN, 0}, {woken_, POLLIN, 0}}};
    while (poll(watched.data(), watched.size(), -1) < 0)
        if (errno != EINTR) return 0;
    if ((watched[0].revents & POLLIN) == 0) return 0;
    signalfd_siginfo info{};
    if (read(signals_, &info, sizeof info) != static_cast<ssize_t>(sizeof info)) return 0;
    return static_cast<int>(info.ssi_signo);
}

void Signals::wake() {
    const std::uint64_t one = 1;
    // Only a full counter could refuse, and then a wake-up is pending anyway.
    [[maybe_unused]] const ssize_t written = write(woken_, &one, sizeof one);
}

void tell_service_manager(const char* state) { sd_notify(0, state); }

}  // namespace jinqiao::adapters::cli
