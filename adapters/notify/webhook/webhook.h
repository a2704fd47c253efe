#pragma once
#include <chrono>
#include <functional>
#include <memory>

#include "adapters/notify/courier/courier.h"
#include "adapters/notify/webhook/options.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::webhook {

// Posts a CloudEvents body signed by Standard Webhooks 1.0. webhook-id is the transmission's id on
// every attempt, webhook-timestamp the time of this attempt, so the signature differs and the body
// does not. Follows no redirect. Neither address nor secret appears in an outcome.
class Webhook : public engine::ports::Notifier {
  public:
    using Now = std::function<std::chrono::sys_seconds()>;

    Webhook(Options options, std::shared_ptr<courier::Courier> courier, Now now);

    void send(const engine::ports::Transmission& transmission,
              std::function<void(engine::ports::Outcome)> done) override;
    // Each endpoint has one of its own.
    std::string lane(const std::string& address) const override;

  private:
    Options options_;
    std::shared_ptr<courier::Courier> courier_;
    Now now_;
};

}  // namespace jinqiao::adapters::notify::webhook
