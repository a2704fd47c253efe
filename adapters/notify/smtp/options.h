#pragma once
#include <chrono>
#include <cstddef>

#include "adapters/notify/courier/mail.h"
#include "adapters/notify/smtp/message.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::smtp {

// Keys of a channel of kind `smtp`:
//   server           name or address of the mail server; required
//   tls              implicit, starttls or none                          (implicit)
//   port             (465, 587 or 25, by tls)
//   authorities      {file} or {env}: PEM certificates of those who vouch for the server, instead
//                    of the system's
//   user, password   {file} or {env}; both or neither; never without TLS
//   from, from_name  who writes; required / may be left out
//   reply_to         (answers go to `from`)
//   reply_to_tokens  duty@zone.example: answers to what asks for a signature go to
//                    duty+TOKEN@zone.example, where `jinqiao mail-in` takes them. At most 10
//                    characters before the @
//   connections      at once                                             (4; 1 to 16)
//   timeout          how long one attempt may take                       (15 s; 1 s to 10 min)
//   connect_timeout  how long reaching the server may take               (5 s)
//   allow_private    true lets it reach loopback and private addresses   (false)
struct Options {
    courier::MailServer server;
    Letterhead head;
    std::size_t connections = 4;
    std::chrono::milliseconds timeout{15000};

    // Notes every fault in the section; what it returns then is not to be used.
    // What an address has to be instead of this one; empty: it can be used.
    static std::string unusable(const std::string& address);
    static Options read(engine::ports::Section& section);
};

}  // namespace jinqiao::adapters::notify::smtp
