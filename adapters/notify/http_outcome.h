#pragma once
#include <chrono>

#include "adapters/notify/courier/exchange.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify {

// What an answer to a POST, or the lack of one, means for the notice where the status says it all.
//   2xx delivered · 408, 425, 429, 5xx retry (Retry-After honoured) · 3xx and other 4xx rejected
//   no answer: unknown if the whole request had been sent, else retry; refused address: rejected
// Concerns the lane: 401, 403, 407 and 410, an address that is refused, 429, and what is put off by
// Retry-After. `now` reads a Retry-After date.
engine::ports::Outcome http_outcome(const courier::Response& response,
                                    std::chrono::sys_seconds now);

}  // namespace jinqiao::adapters::notify
