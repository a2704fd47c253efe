#pragma once
#include <boost/json/object.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/grade.h"
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
    model::GradeLevel grade = model::GradeLevel::blue;
    bool exercise = false;
    // Of an address that is several recipients: those an earlier attempt settled, delivered or
    // rejected. They are not to be sent to again.
    std::vector<std::string> settled = {};
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
    // Not this notice alone: nothing sent by this channel's lane gets through now (a revoked key,
    // an empty account, a limit that is used up). The others wait, for retry_after where it is
    // given.
    bool concerns_lane = false;

    // Of an address that is several recipients, what became of each that was tried. `kind` above is
    // then retry while one of them is, delivered if anybody has it, else rejected.
    struct Recipient {
        std::string name;  // as it stands in the address
        Kind kind = Kind::retry;
        std::string code, provider_id;
    };
    std::vector<Recipient> recipients = {};
};

// How a kind of channel wants to be used, where channels.yaml does not say otherwise.
struct Usage {
    std::size_t concurrency = 8;  // transmissions at once
    std::size_t each = 0;         // of them, to one address; 0: no limit
    // A token bucket for each lane: `burst` at once, then one each `every`. 0: no limit.
    std::size_t burst = 0;
    std::chrono::milliseconds every{1000};
    // The other side recognises the same id, or a repeat does no harm there: an outcome nobody
    // knows is worth repeating whatever the grade.
    bool recognises_repeats = false;
    std::size_t text_limit = 0;  // bytes of UTF-8 the text of one message may have; 0: any
    bool merges = false;         // several notices to one address may arrive as one message
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
    // What shares one provider's limits and faults: addresses with endpoints of their own have a
    // lane each, where there is one account for all it is "". Pure; any thread.
    virtual std::string lane(const std::string& /*address*/) const { return {}; }
};

}  // namespace jinqiao::engine::ports
