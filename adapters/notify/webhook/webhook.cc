#include "adapters/notify/webhook/webhook.h"

#include <algorithm>
#include <string>
#include <utility>

#include "adapters/notify/courier/retry_after.h"
#include "adapters/notify/signature.h"
#include "adapters/notify/webhook/cloud_event.h"

namespace jinqiao::adapters::notify::webhook {
namespace {

using engine::ports::Outcome;

Outcome without_answer(const courier::Response& response) {
    Outcome outcome;
    outcome.code = response.failure;
    if (response.failure == "refused_address") {
        outcome.kind = Outcome::Kind::rejected;
        outcome.detail = "the address is not public and allow_private is not set";
    } else if (response.sent) {
        outcome.kind = Outcome::Kind::unknown;
        outcome.detail = "the request was sent, no answer came";
    } else {
        outcome.kind = Outcome::Kind::retry;
        outcome.detail = "the request was not sent";
    }
    return outcome;
}

bool worth_repeating(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
}

}  // namespace

Outcome judge(const courier::Response& response, std::chrono::sys_seconds now) {
    if (response.status == 0) return without_answer(response);
    Outcome outcome;
    outcome.code = std::to_string(response.status);
    if (response.status >= 200 && response.status < 300) {
        outcome.kind = Outcome::Kind::delivered;
    } else if (worth_repeating(response.status)) {
        outcome.kind = Outcome::Kind::retry;
        if (const std::string* value = response.header("retry-after"))
            outcome.retry_after = courier::retry_after(*value, now);
    } else {
        outcome.kind = Outcome::Kind::rejected;
        if (response.status == 410) outcome.detail = "the receiver is gone: remove the endpoint";
        if (response.status < 400) outcome.detail = "redirects are not followed";
    }
    return outcome;
}

Webhook::Webhook(Options options, std::shared_ptr<courier::Courier> courier, Now now)
    : options_(std::move(options)), courier_(std::move(courier)), now_(std::move(now)) {}

void Webhook::send(const engine::ports::Transmission& transmission,
                   std::function<void(Outcome)> done) {
    const Endpoint* endpoint = options_.endpoint(transmission.address);
    if (endpoint == nullptr) {
        done({Outcome::Kind::rejected, "no_endpoint", {}, "the channel has no such address", {}});
        return;
    }
    courier::Request request;
    request.url = endpoint->url;
    request.body = cloud_event(transmission, options_.source);
    const std::int64_t timestamp = now_().time_since_epoch().count();
    request.headers = {"Content-Type: application/cloudevents+json; charset=utf-8",
                       "User-Agent: jinqiao", "webhook-id: " + transmission.id,
                       "webhook-timestamp: " + std::to_string(timestamp),
                       "webhook-signature: " + webhook_signature(endpoint->keys, transmission.id,
                                                                 timestamp, request.body)};
    request.timeout = std::min(options_.timeout, transmission.patience);
    request.connect_timeout = options_.connect_timeout;
    request.allow_private = options_.allow_private;
    request.most = 4096;  // the answer's body is not read
    courier_->send(std::move(request),
                   [now = now_, done = std::move(done)](const courier::Response& response) {
                       done(judge(response, now()));
                   });
}

}  // namespace jinqiao::adapters::notify::webhook
