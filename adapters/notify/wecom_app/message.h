#pragma once
#include <string>
#include <vector>

#include "adapters/notify/courier/exchange.h"
#include "adapters/notify/wecom_app/options.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::wecom_app {

constexpr std::size_t most_bytes = 2048;  // of the content

// The request's body. Equal for equal transmissions, so that the service drops a repeat: it
// remembers what it was sent for four hours.
std::string message(const Options& options, const engine::ports::Transmission& transmission,
                    const std::vector<std::string>& members);

// What an answer to it means, for the notice and for each of these members if there are several.
engine::ports::Outcome judge_message(const courier::Response& response,
                                     const std::vector<std::string>& members, bool several,
                                     std::chrono::sys_seconds now);

// Whether it says that the token is not, or no longer, good.
bool refuses_token(const engine::ports::Outcome& outcome);

// An answer to the request for a token: the token and how long it is good, or what became of it.
struct TokenAnswer {
    std::string token;  // empty: `failure` says why
    std::chrono::seconds good_for{0};
    engine::ports::Outcome failure;
};
TokenAnswer judge_token(const courier::Response& response, std::chrono::sys_seconds now);

}  // namespace jinqiao::adapters::notify::wecom_app
