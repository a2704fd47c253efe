#pragma once
#include <functional>
#include <string>
#include <vector>

namespace jinqiao::adapters::http {

// What this server asks of another one: the keys of whoever vouches for people who sign in. Carried
// by whoever wires it, because here is nothing that opens connections outwards.
struct FetchRequest {
    std::string method = "GET";
    std::string url;
    std::vector<std::string> headers;  // "name: value"; may hold credentials
    std::string body;
};

struct FetchResponse {
    int status = 0;  // 0: no answer
    std::string body;
};

// Called on the server's thread; `done` is called exactly once, from any thread.
using Fetch = std::function<void(FetchRequest, std::function<void(FetchResponse)> done)>;

}  // namespace jinqiao::adapters::http
