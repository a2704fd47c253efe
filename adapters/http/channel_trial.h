#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/command.h"
#include "engine/model/text.h"
#include "engine/time/instant.h"

namespace jinqiao::adapters::http {

// What one attempt came to.
struct ChannelOutcome {
    engine::time::Instant at;
    std::string kind;    // delivered, rejected, retry, unknown
    std::string code;    // provider's or ours
    std::string detail;  // as ports::Outcome has it
    std::chrono::milliseconds took{};
    bool trial = false;  // a message sent by hand
};

// How one channel fares, as far as the running program has seen it.
struct ChannelFacts {
    std::string name, kind;
    std::uint64_t delivered = 0, failed = 0;  // attempts since the program started
    std::vector<ChannelOutcome> last = {};    // the latest first, a few
    // Where a trial goes if nobody says where, masked; empty where the channel needs none.
    std::optional<std::string> address = {};
};

// Somebody wants to see whether a channel works.
struct ChannelTrial {
    std::string channel;
    std::string address;  // empty: the channel's own, as ChannelFacts::address
    engine::model::Language language = engine::model::Language::zh;
    engine::model::Actor actor;  // whose wish it is
};

struct ChannelTried {
    enum class Kind {
        tried,       // sent; `outcome` says what it came to
        unknown,     // no such channel
        no_address,  // none was given, and the channel has none of its own
        unusable,    // the channel cannot use this address: `expected`
        busy,        // it could not be put on record, so nothing was sent
    } kind = Kind::unknown;
    std::string expected;
    std::string id, address;  // of the message; where it went, masked
    ChannelOutcome outcome;
    std::string advice;  // what to do about it, in the language of whoever asked
    std::optional<std::chrono::seconds> retry_after = {};
};

// Puts it on record, sends, and answers exactly once, from any thread.
using TryChannel = std::function<void(ChannelTrial trial, std::function<void(ChannelTried)> done)>;

}  // namespace jinqiao::adapters::http
