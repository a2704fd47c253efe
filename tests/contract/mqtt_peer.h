#pragma once
#include <memory>
#include <string>
#include <vector>

#include "tests/contract/smtp_peer.h"

namespace jinqiao::tests {

// A mosquitto of our own on a free port of 127.0.0.1, and a subscriber that keeps what it gets. The
// subscriber's session outlives the broker's restarts.
class MqttPeer {
  public:
    // `more` are further lines of its configuration. With a certificate it speaks TLS.
    explicit MqttPeer(std::string more = {}, const SmtpCertificate* certificate = nullptr,
                      bool subscribed = true);
    ~MqttPeer();
    MqttPeer(const MqttPeer&) = delete;
    MqttPeer& operator=(const MqttPeer&) = delete;

    int port() const;
    // "topic payload" of each message, once nothing has come for a moment.
    std::vector<std::string> settled() const;
    void start();
    void stop();
    void freeze();  // takes connections, and says nothing any more
    void thaw();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::tests
