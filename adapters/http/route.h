#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/http/query.h"

namespace jinqiao::adapters::http {

class Api;
struct Call;
struct Reply;

enum class Access { everybody, account };
enum class Secrets { none, inside };
enum class Body { json, file };

// One row of the table of calls. Routing, 404, 405 and the OpenAPI document all come from it.
struct Route {
    std::string_view method;
    std::string_view pattern;  // "/api/v1/cases/{id}": a segment in braces takes any one segment
    std::string_view name;     // operationId; its words are call.<name> of api.yaml
    Access access = Access::account;
    Reply (Api::*handler)(Call&) = nullptr;
    // A password or token in the request or the answer: nothing of either is kept for an
    // Idempotency-Key.
    Secrets secrets = Secrets::none;
    Body body = Body::json;  // a file may be larger, and has a time that grows with it
};

struct Found {
    const Route* route = nullptr;
    std::vector<std::string> args;  // what stood at the braces, in order
};
struct WrongMethod {
    std::string allow;  // "GET, HEAD, POST"
};
struct NoRoute {};

// HEAD is GET without the body. Patterns do not overlap but for literal segments, which win.
std::variant<Found, WrongMethod, NoRoute> find_route(std::span<const Route> table,
                                                     std::string_view method,
                                                     const std::vector<std::string>& segments);

// The segments of a pattern, braces kept.
std::vector<std::string_view> segments_of(std::string_view pattern);

}  // namespace jinqiao::adapters::http
