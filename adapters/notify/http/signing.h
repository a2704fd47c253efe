#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "adapters/notify/hook.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::http {

// How a request shows whose it is. The secret is the endpoint's.
//   sign: {scheme: none | bearer | basic | hmac_sha256 | standard_webhooks | dingtalk | feishu}
//   basic:       user: {file} or {env}
//   hmac_sha256: header (X-Signature), encoding (hex | base64), over (body | timestamp.body),
//                timestamp_header (X-Timestamp, where the timestamp is signed), prefix ("")
struct Signing {
    enum class Scheme { none, bearer, basic, hmac_sha256, standard_webhooks, dingtalk, feishu };
    Scheme scheme = Scheme::none;
    std::string user;
    std::string header = "X-Signature", timestamp_header = "X-Timestamp", prefix;
    bool base64 = false;
    bool with_timestamp = false;

    // Notes every fault; what it returns then is not to be used.
    static Signing read(engine::ports::Section& section);
    // What the secret has to be instead of this one; empty: it can be used.
    std::string unusable(const std::string& secret) const;
    // Of one attempt: the request is whole otherwise.
    void apply(const std::string& id, const std::string& secret,
               std::chrono::sys_time<std::chrono::milliseconds> now,
               courier::Request& request) const;
};

bool is_header_name(const std::string& text);

}  // namespace jinqiao::adapters::notify::http
