#include "adapters/notify/mqtt/mqtt.h"

#include <algorithm>
#include <utility>

#include "adapters/notify/cloud_event.h"

namespace jinqiao::adapters::notify::mqtt {

Mqtt::Mqtt(Options options) : options_(std::move(options)), session_(options_) {}

void Mqtt::send(const engine::ports::Transmission& transmission,
                std::function<void(engine::ports::Outcome)> done) {
    session_.publish(
        {options_.topic_of(transmission), cloud_event(transmission, options_.source),
         std::chrono::steady_clock::now() + std::min(options_.timeout, transmission.patience),
         std::move(done)});
}

}  // namespace jinqiao::adapters::notify::mqtt
