#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <string>

#include "adapters/notify/syslog/message.h"
#include "engine/ports/notifier.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::syslog {

// Keys of a channel of kind `syslog`:
//   transport       unix, udp, tcp or tls                               (unix)
//   path            of the socket, with unix                            (/dev/log)
//   server, port    with the others; the server is required             (514; tls: 6514)
//   authorities     {file} or {env}: PEM certificates of those who vouch for the server
//   certificate, key  {file} or {env}: PEM, ours, where the server asks for one
//   hostname        (the machine's)
//   app_name        (jinqiao)
//   facility        a name such as local0                               (local0)
//   severity        {blue, yellow, orange, red}: names such as warning  (notice, warning, err,
//   crit) enterprise      number of the zone's own                            (32473) most bytes of
//   a message           (2048 with unix and udp, else 8192; 480 to 65000) utc_offset_minutes (480)
//   timeout         how long one attempt may take                       (15 s; 1 s to 60 s)
struct Options {
    enum class Transport { unix_socket, udp, tcp, tls } transport = Transport::unix_socket;
    std::string path = "/dev/log";
    std::string server;
    int port = 514;
    std::string authorities, certificate, key;
    std::string hostname;
    std::string app_name = "jinqiao";
    int facility = 16;
    std::array<int, 4> severity{5, 4, 3, 2};  // by grade
    std::string element = "jinqiao@32473";
    std::size_t most = 2048;
    std::chrono::minutes utc_offset{480};
    std::chrono::milliseconds timeout{15000};

    // Notes every fault in the section; what it returns then is not to be used.
    static Options read(engine::ports::Section& section);
    // What goes over the wire; equal for equal transmissions.
    std::string message_of(const engine::ports::Transmission& transmission) const;
};

}  // namespace jinqiao::adapters::notify::syslog
