#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace jinqiao::tests::bench {

struct Reply {
    int status = 0;
    std::string_view head, body;  // until the client's next request is asked for

    std::string_view field(std::string_view name) const;  // empty: not there; names as we send them
};

// What one client does: the next request, whole, from the reply to the last one (null at first).
// Empty: it has enough.
using Script = std::function<std::string(const Reply* last)>;

struct Load {
    std::vector<double> waits_ms;  // of every request, in the order of the replies
    double wall_s = 0;
};

// Runs all clients at once, each over a connection of its own to 127.0.0.1, one request after
// another, all of them on the calling thread: what the generator costs is one thread's time.
// Ends when every client has enough. A reply that cannot be read ends the program.
Load run_clients(std::uint16_t port, std::vector<Script> clients);

std::string request(std::string_view method, std::string_view target, std::string_view token,
                    std::string_view body);

}  // namespace jinqiao::tests::bench
