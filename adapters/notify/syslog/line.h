#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/notify/descriptor.h"
#include "adapters/notify/syslog/options.h"

namespace jinqiao::adapters::notify::syslog {

// The connection to the log server: opened when there is something to say, kept, and opened anew
// when the other side has closed it. Used by one thread.
class Line {
  public:
    using Until = std::chrono::steady_clock::time_point;

    // `stop_fd` is readable when nobody may wait any longer.
    Line(const Options& options, int stop_fd);
    ~Line();
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    // Hands the message to the transport. Empty: done; else what kept it: "resolve", "connect",
    // "refused_address", "tls", "tls_certificate", "timeout", "send", "aborted", "too_long".
    std::string say(std::string_view message, Until until);

  private:
    struct Tls;
    std::string open(Until until);
    std::string open_local();
    std::string open_remote(Until until);
    std::string shake_hands(Until until);
    bool alive();
    std::string write(std::string_view bytes, Until until);
    std::string send_datagram(std::string_view bytes, Until until);
    // Waits until the socket is ready; a word if it does not come to that.
    std::string wait(short events, Until until) const;
    void hang_up();

    const Options& options_;
    int stop_fd_;
    Descriptor socket_;
    std::unique_ptr<Tls> tls_;
};

}  // namespace jinqiao::adapters::notify::syslog
