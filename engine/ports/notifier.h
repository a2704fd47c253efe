#pragma once
#include <boost/json/object.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "engine/model/ids.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::ports {

// One transmission to one address.
struct Transmission {
    std::string id;       // the same on every attempt; has no '.'
    std::string key;      // of the (first) notice
    std::string channel;  // configured name
    std::string address;  // within the channel
    std::string subject;  // one line, plain text
    std::string text;     // rendered body, plain text
    boost::json::object
        body;  // {id, key, case, number, grade, event, addressee, text, sign_url, exercise}
    time::Instant at{};  // when the (first) notice was made; the same on every attempt
    int attempt = 1;
    std::chrono::milliseconds patience{15000};  // how long this attempt may take
};

struct Outcome {
    enum class Kind {
        delivered,  // the other side took it
        rejected,   // it never will; do not try again
        retry,      // not now; try again with back-off
        unknown,    // the body was sent, no answer came
    } kind = Kind::retry;
    std::string code;         // provider's or ours: "200", "ENOSPC", "timeout"
    std::string provider_id;  // message id of the provider
    std::string detail;       // for the ledger; no credentials
    std::optional<std::chrono::seconds> retry_after;
};

// Delivers by one configured channel.
//
// Ownership  The runtime owns notifiers and outlives their callbacks.
// Threads    send() is called on the dispatcher's thread and returns at once; `done` is called
//            exactly once, from any thread.
// Errors     Nothing is thrown; every failure is an Outcome.
// Repeats    After a crash or an unknown outcome the same id is sent again, byte for byte.
class Notifier {
  public:
    virtual ~Notifier() = default;
    virtual void send(const Transmission& transmission, std::function<void(Outcome)> done) = 0;
};

}  // namespace jinqiao::engine::ports
