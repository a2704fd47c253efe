#include "adapters/notify/http_outcome.h"

#include <string>

#include "adapters/notify/answers.h"
#include "adapters/notify/courier/retry_after.h"

namespace jinqiao::adapters::notify {
namespace {

using engine::ports::Outcome;

bool worth_repeating(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
}

void put_off(Outcome& outcome, const courier::Response& response, std::chrono::sys_seconds now) {
    outcome.kind = Outcome::Kind::retry;
    if (const std::string* value = response.header("retry-after"))
        outcome.retry_after = courier::retry_after(*value, now);
    // Whoever names a time, or counts requests, will not take the next one either.
    outcome.concerns_lane = response.status == 429 || outcome.retry_after.has_value();
}

void refuse(Outcome& outcome, int status) {
    outcome.kind = Outcome::Kind::rejected;
    outcome.concerns_lane = status == 401 || status == 403 || status == 407 || status == 410;
    if (status == 410) outcome.detail = "the receiver is gone: remove the endpoint";
    if (status < 400) outcome.detail = "redirects are not followed";
}

}  // namespace

Outcome http_outcome(const courier::Response& response, std::chrono::sys_seconds now) {
    if (response.status == 0) return without_answer(response);
    Outcome outcome;
    outcome.code = std::to_string(response.status);
    if (response.status >= 200 && response.status < 300)
        outcome.kind = Outcome::Kind::delivered;
    else if (worth_repeating(response.status))
        put_off(outcome, response, now);
    else
        refuse(outcome, response.status);
    return outcome;
}

}  // namespace jinqiao::adapters::notify
