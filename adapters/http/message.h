#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jinqiao::adapters::http {

// A request as the calls see it: nothing of sockets or parsers in it.
struct Request {
    enum class BodyFault { none, too_large };

    std::string method;
    std::string target;  // as sent: path and query, still encoded
    std::string body;
    BodyFault body_fault = BodyFault::none;  // set: the body was not read

    // The fields somebody here looks at; empty where absent.
    std::string authorization, accept_language, content_type, if_match, idempotency_key;
    std::string last_event_id, content_disposition, if_none_match, accept_encoding;
    std::string cookie, host, origin, fetch_site;
    bool if_match_sent = false;
    bool ahead = false;  // a machine's look ahead of a person's wish: Sec-Purpose: prefetch
    std::string client;  // address of whoever asks: the peer's, or what a trusted proxy says
};

struct Response {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> fields;  // beside the ones every answer has
    std::string body;
    bool close = false;  // the connection cannot go on
};

}  // namespace jinqiao::adapters::http
