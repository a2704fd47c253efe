#pragma once
#include <functional>
#include <memory>

#include "adapters/notify/syslog/options.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::syslog {

// Writes each transmission into a log as one message of RFC 5424. The protocol knows no receipt:
// "delivered" says that the message was handed to the transport, and so does its code.
//
// Threads    One of its own, with one connection.
// Errors     retry; a datagram that is too long for its transport is rejected.
class Syslog : public engine::ports::Notifier {
  public:
    explicit Syslog(Options options);
    ~Syslog() override;

    void send(const engine::ports::Transmission& transmission,
              std::function<void(engine::ports::Outcome)> done) override;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::adapters::notify::syslog
