#pragma once
#include <memory>
#include <string>
#include <vector>

#include "tests/contract/smtp_peer.h"

namespace jinqiao::tests {

// A log server on loopback that keeps what it is sent: frames of octet counting over TCP and TLS, a
// message a datagram over UDP and a local socket.
class LogPeer {
  public:
    enum class Kind { tcp, tls, udp, local };

    // `certificate` outlives it; `folder` is where a local socket lies.
    LogPeer(Kind kind, const SmtpCertificate* certificate, std::string folder);
    ~LogPeer();
    LogPeer(const LogPeer&) = delete;
    LogPeer& operator=(const LogPeer&) = delete;

    int port() const;
    std::string path() const;
    // What has come, once there are so many or a while has passed.
    std::vector<std::string> wait(std::size_t count) const;
    // All that comes until nothing has come for a moment.
    std::vector<std::string> settled() const;
    std::size_t connections() const;
    void hang_up();  // on whoever is connected
    void stop();     // nobody listens any more
    void start();    // in the same place

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::tests
