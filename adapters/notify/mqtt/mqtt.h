#pragma once
#include <functional>

#include "adapters/notify/mqtt/options.h"
#include "adapters/notify/mqtt/session.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::mqtt {

// Publishes each transmission as a CloudEvent with QoS 1: delivered when the broker has given its
// receipt. Consumers recognise a repeat by the event's id.
class Mqtt : public engine::ports::Notifier {
  public:
    explicit Mqtt(Options options);

    void send(const engine::ports::Transmission& transmission,
              std::function<void(engine::ports::Outcome)> done) override;

  private:
    Options options_;
    Session session_;
};

}  // namespace jinqiao::adapters::notify::mqtt
