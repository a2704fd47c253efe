#include "adapters/notify/webhook/webhook.h"

#include <algorithm>
#include <string>
#include <utility>

#include "adapters/notify/cloud_event.h"
#include "adapters/notify/http_outcome.h"
#include "adapters/notify/signature.h"

namespace jinqiao::adapters::notify::webhook {

using engine::ports::Outcome;

Webhook::Webhook(Options options, std::shared_ptr<courier::Courier> courier, Now now)
    : options_(std::move(options)), courier_(std::move(courier)), now_(std::move(now)) {}

std::string Webhook::lane(const std::string& address) const {
    return options_.endpoints.contains(address) ? address : std::string();
}

void Webhook::send(const engine::ports::Transmission& transmission,
                   std::function<void(Outcome)> done) {
    const Endpoint* endpoint = options_.endpoint(transmission.address);
    if (endpoint == nullptr) {
        done({Outcome::Kind::rejected, "no_endpoint", {}, "the channel has no such address", {}});
        return;
    }
    courier::Request request = options_.reaching.request(transmission.patience);
    request.url = endpoint->url;
    request.body = cloud_event(transmission, options_.source);
    const std::int64_t timestamp = now_().time_since_epoch().count();
    request.headers.insert(
        request.headers.end(),
        {"Content-Type: application/cloudevents+json; charset=utf-8",
         "webhook-id: " + transmission.id, "webhook-timestamp: " + std::to_string(timestamp),
         "webhook-signature: " +
             webhook_signature(endpoint->keys, transmission.id, timestamp, request.body)});
    request.most = 4096;  // the answer's body is not read
    courier_->send(std::move(request),
                   [now = now_, done = std::move(done)](const courier::Response& response) {
                       done(http_outcome(response, now()));
                   });
}

}  // namespace jinqiao::adapters::notify::webhook
