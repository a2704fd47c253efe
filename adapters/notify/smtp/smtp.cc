#include "adapters/notify/smtp/smtp.h"

#include <algorithm>
#include <utility>

#include "adapters/notify/smtp/mailbox.h"
#include "adapters/notify/smtp/message.h"
#include "adapters/notify/smtp/reply.h"

namespace jinqiao::adapters::notify::smtp {

using engine::ports::Outcome;

Smtp::Smtp(Options options)
    : options_(std::move(options)), mailer_(options_.server, options_.connections) {}

void Smtp::send(const engine::ports::Transmission& transmission,
                std::function<void(Outcome)> done) {
    if (!is_mailbox(transmission.address)) {
        done({Outcome::Kind::rejected, "address", {}, "the contact is not an e-mail address", {}});
        return;
    }
    courier::Mail mail;
    mail.from = options_.head.from;
    mail.to = transmission.address;
    mail.message = message(transmission, options_.head);
    mail.timeout = std::min(options_.timeout, transmission.patience);
    mailer_.send(std::move(mail), [done = std::move(done)](const courier::MailReport& report) {
        done(judge(report));
    });
}

}  // namespace jinqiao::adapters::notify::smtp
