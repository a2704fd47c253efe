#pragma once
#include <string>
#include <utility>
#include <vector>

#include "adapters/notify/answers.h"
#include "adapters/notify/hook.h"
#include "adapters/notify/http/signing.h"
#include "adapters/notify/http/template.h"

namespace jinqiao::adapters::notify::http {

// Keys of a channel of kind `http`, beside those of Reaching and read_usage. config/channels.yaml
// explains each.
//   url | plain_url, secret, secrets, endpoints      where to, and by what right
//   method, headers, body, body_format, content_type what is said
//   tame                                             whether the text is made fit for a chat
//   sign                                             see Signing
//   success, id_pointer, error_pointer, retry        what an answer means
//   idempotent, merges                               see Usage
struct Options {
    Reaching reaching;
    engine::ports::Usage usage;
    HookEndpoints endpoints;
    std::string method = "POST";
    std::vector<std::pair<std::string, Template>> headers;
    Template body;
    std::string content_type;
    bool tame = true;
    Signing signing;
    Answers answers;

    // Notes every fault in the section; what it returns then is not to be used.
    static Options read(engine::ports::Section& section);
};

// What a template may name: id, key, case, number, grade, event, addressee, subject, text,
// sign_url, exercise, address, timestamp, timestamp_ms, and secret.NAME.
Values values_of(const Options& options, const engine::ports::Transmission& transmission,
                 const HookEndpoint& endpoint,
                 std::chrono::sys_time<std::chrono::milliseconds> now);

}  // namespace jinqiao::adapters::notify::http
