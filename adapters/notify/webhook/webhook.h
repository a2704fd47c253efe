#pragma once
#include <chrono>
#include <functional>
#include <memory>

#include "adapters/notify/courier/courier.h"
#include "adapters/notify/webhook/options.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::webhook {

// What an answer, or the lack of one, means for the notice. `now` reads a Retry-After date.
//   2xx delivered · 408, 425, 429, 5xx retry (Retry-After honoured) · 3xx and other 4xx rejected
//   no answer: unknown if the whole request had been sent, else retry; refused address: rejected
engine::ports::Outcome judge(const courier::Response& response, std::chrono::sys_seconds now);

// Posts a CloudEvents body signed by Standard Webhooks 1.0. webhook-id is the transmission's id on
// every attempt, webhook-timestamp the time of this attempt, so the signature differs and the body
// does not. Follows no redirect. Neither address nor secret appears in an outcome.
class Webhook : public engine::ports::Notifier {
  public:
    using Now = std::function<std::chrono::sys_seconds()>;

    Webhook(Options options, std::shared_ptr<courier::Courier> courier, Now now);

    void send(const engine::ports::Transmission& transmission,
              std::function<void(engine::ports::Outcome)> done) override;

  private:
    Options options_;
    std::shared_ptr<courier::Courier> courier_;
    Now now_;
};

}  // namespace jinqiao::adapters::notify::webhook
