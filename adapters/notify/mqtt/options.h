#pragma once
#include <chrono>
#include <string>

#include "engine/ports/notifier.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::mqtt {

// Keys of a channel of kind `mqtt`:
//   server, port     the broker; the server is required                   (8883; without TLS 1883)
//   tls              false: in plain text, to private addresses only      (true)
//   authorities      {file} or {env}: PEM certificates of those who vouch for the broker
//   certificate, key {file} or {env}: PEM, ours, where the broker asks for one
//   user, password   {file} or {env}
//   version          "5" or "3.1.1"                                       (5)
//   client_id        (another one each time)
//   topic            with {{grade}}, {{case}}, {{number}}, {{event}}, {{address}}, {{channel}},
//                    {{exercise}}                             (jinqiao/{{grade}}/{{case}})
//   source           CloudEvents source                                   (/jinqiao)
//   expires          how long a broker keeps it for somebody who is away; 0 s: for ever  (1 d)
//   keep_alive       (60 s; 5 s to 18 h)
//   timeout          how long one attempt may take                        (15 s; 1 s to 60 s)
//   connect_timeout  how long a connection may take                       (5 s; 1 s to 60 s)
struct Options {
    std::string server;
    int port = 8883;
    bool tls = true;
    std::string authorities, certificate, key;
    std::string user, password;
    bool version5 = true;
    std::string client_id;
    std::string topic = "jinqiao/{{grade}}/{{case}}";
    std::string source = "/jinqiao";
    std::chrono::seconds expires{86400};
    std::chrono::seconds keep_alive{60};
    std::chrono::milliseconds timeout{15000};
    std::chrono::milliseconds connect_timeout{5000};

    // Notes every fault in the section; what it returns then is not to be used.
    static Options read(engine::ports::Section& section);
    // What is put into the template has neither "/", "+", "#" nor control characters, is never
    // empty and never begins with "$": nobody writes to another topic.
    std::string topic_of(const engine::ports::Transmission& transmission) const;
};

}  // namespace jinqiao::adapters::notify::mqtt
