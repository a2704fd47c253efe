#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "adapters/notify/courier/courier.h"
#include "adapters/notify/sms/options.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::sms {

// Sends a short message by an approved template, to one number or to several. The notice's own
// text and its link cannot be sent: providers take variables of a few characters and no links.
// Delivered means that the provider has taken it.
//
// Repeats    The provider knows none: after an unknown outcome a repeat may arrive twice.
// Secrecy    Neither key, nor number, nor anything the provider wrote appears in an outcome but
//            plain codes and ids; the recipients of an address are named as it names them.
class Sms : public engine::ports::Notifier {
  public:
    using Now = std::function<std::chrono::sys_seconds()>;
    using Nonce = std::function<std::string()>;  // never the same twice

    Sms(Options options, std::shared_ptr<courier::Courier> courier, Now now,
        Nonce nonce = random_nonce);

    void send(const engine::ports::Transmission& transmission,
              std::function<void(engine::ports::Outcome)> done) override;

    static std::string random_nonce();  // 32 hex digits

  private:
    Options options_;
    std::shared_ptr<courier::Courier> courier_;
    Now now_;
    Nonce nonce_;
};

}  // namespace jinqiao::adapters::notify::sms
