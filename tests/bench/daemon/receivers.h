#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/support/load.h"

namespace jinqiao::tests::bench {

// Endpoints of webhooks, each on a port of its own of 127.0.0.1. What comes is answered 204 once
// its signature (Standard Webhooks 1.0) was worked out anew and is right; any other ends the
// program. On the poller's thread.
class Receivers {
  public:
    // Which of the endpoints, and the case that its event names.
    using Taken = std::function<void(std::size_t endpoint, const std::string& kase)>;

    Receivers(Poller& poller, std::size_t count, std::string key, Taken taken);
    ~Receivers();
    Receivers(const Receivers&) = delete;
    Receivers& operator=(const Receivers&) = delete;

    std::uint16_t port(std::size_t endpoint) const { return ports_[endpoint]; }
    std::size_t connections() const { return connections_.size(); }

  private:
    struct Connection {
        std::size_t endpoint;
        std::string in;
    };
    void accept_one(int listener, std::size_t endpoint);
    void read_some(int fd);
    bool take_one(int fd, Connection& connection);
    void verify(const Reply& request) const;

    Poller& poller_;
    std::string key_;
    Taken taken_;
    std::vector<int> listeners_;
    std::vector<std::uint16_t> ports_;
    std::map<int, Connection> connections_;
};

}  // namespace jinqiao::tests::bench
