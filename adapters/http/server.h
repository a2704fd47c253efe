#pragma once
#include <cstdint>
#include <memory>

#include "adapters/http/api.h"
#include "adapters/http/settings.h"
#include "engine/model/result.h"

namespace jinqiao::adapters::http {

// The HTTP/1.1 server: one thread, one coroutine per connection, every call through Api.
//
// Ownership  Borrows the parts. Stop it before the committer: requests under way wait for their
//            commit, and stop() waits for them.
// Threads    start(), stop() and port() from any one thread; everything else runs on its own.
// Limits     A client that is slow, large or idle is cut off by the times and sizes of the
//            settings; what it had submitted by then is carried out all the same.
class Server {
  public:
    Server(ApiParts parts, HttpSettings settings);
    ~Server();  // stop()

    // Listens and starts the thread. Error{unavailable}: the address is taken or not ours.
    engine::model::Status start();
    // The port listened on; differs from the settings where they say 0.
    std::uint16_t port() const;
    // From the next request on; see Api::use. Any thread, after start().
    void use(HttpSettings settings);
    // No new connections, idle ones closed, requests under way answered (at most stop_timeout),
    // thread joined. Idempotent.
    void stop();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::adapters::http
