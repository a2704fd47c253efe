#pragma once
#include <boost/json/value.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/notify/courier/exchange.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify {

// What a provider's answer means for the notice, and for those that wait behind it.
enum class Meaning {
    delivered,
    retry,      // not now
    wait,       // a limit of the provider's: nothing of this lane for a while
    permanent,  // this message never
    channel,    // nothing gets through until somebody mends it: the key is wrong, the robot gone
};

// One code of a provider's table.
struct Said {
    Meaning meaning = Meaning::permanent;
    std::string detail = {};                        // for the ledger, in our words
    std::optional<std::chrono::seconds> wait = {};  // instead of the least
};

// How the answers of one provider are read. Most providers say HTTP 200 and put what they mean into
// the body, so a 2xx without the code is no success.
struct Answers {
    std::vector<int> status = {};    // those that say taken; none: 2xx
    std::string pointer = {};        // to the code in the body (RFC 6901); empty: status alone
    std::string equals = "0";        // the code that says taken; numbers and texts are alike
    std::string id_pointer = {};     // to the provider's id of the message
    std::string error_pointer = {};  // to the code that is shown and looked up; empty: `pointer`
    std::map<std::string, Said> codes = {};
    Meaning other = Meaning::permanent;    // of a code that is not listed
    std::map<int, Meaning> statuses = {};  // else as below
    std::chrono::seconds least_wait{60};   // of Meaning::wait
};

// The codes of the table come first, whatever the status; then the status: 408, 425 and 5xx are
// tried again, 429 is a limit, 401 a wrong key, other 3xx and 4xx are rejected. Retry-After counts.
// A 2xx that does not say what became of the notice is tried again.
engine::ports::Outcome judge(const Answers& answers, const courier::Response& response,
                             std::chrono::sys_seconds now);

// No answer came: unknown if the whole request had left, else worth another attempt. An address
// that may not be reached is rejected.
engine::ports::Outcome without_answer(const courier::Response& response);

// Answers are data of strangers. The body as JSON, if it is JSON of no unusual depth; what a code
// or an id says, if it is a number or a short plain word.
std::optional<boost::json::value> parse_answer(const std::string& body);
std::string word_at(const boost::json::value& body, const std::string& pointer);
bool is_pointer(const std::string& text);

// What a code of this meaning comes to.
engine::ports::Outcome outcome_of(Meaning meaning, std::string code,
                                  std::optional<std::chrono::seconds> wait = {},
                                  std::string detail = {});

}  // namespace jinqiao::adapters::notify
