#pragma once
#include <cstddef>
#include <functional>
#include <memory>

#include "adapters/notify/courier/mail.h"

namespace jinqiao::adapters::notify::courier {

// Hands mail to one server over a few connections, each with a thread of its own. Not by the
// Courier: curl waits for the answers to the final dot and to QUIT without returning, so one mail
// server that thinks for long would hold up every webhook.
//
// Threads    send() from any thread; callbacks come on the mailer's threads and must be short.
//            Threads are made as they are needed.
// Time       A mail that was not begun in its time is answered with failure "busy".
// Ending     The destructor answers what is still under way with failure "aborted" and joins.
class Mailer {
  public:
    Mailer(MailServer server, std::size_t connections);
    ~Mailer();
    Mailer(const Mailer&) = delete;
    Mailer& operator=(const Mailer&) = delete;

    // `done` is called exactly once.
    void send(Mail mail, std::function<void(MailReport)> done);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::adapters::notify::courier
