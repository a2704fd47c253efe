#pragma once
#include <functional>

#include "adapters/notify/courier/mailer.h"
#include "adapters/notify/smtp/options.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::smtp {

// Sends a notice as mail, one message for one address. Delivered means that the mail server has
// taken it; what comes back later (a bounce) goes to `from` and is not read by the program.
//
// Errors     An address that is none is rejected before anything is sent. See reply.h for the rest.
// Repeats    The same bytes under the same Message-ID.
// Secrecy    Neither address, nor user, nor password, nor anything the server wrote appears in an
//            outcome, but numbers and the name its queue gave the message.
class Smtp : public engine::ports::Notifier {
  public:
    explicit Smtp(Options options);

    void send(const engine::ports::Transmission& transmission,
              std::function<void(engine::ports::Outcome)> done) override;

  private:
    Options options_;
    courier::Mailer mailer_;
};

}  // namespace jinqiao::adapters::notify::smtp
