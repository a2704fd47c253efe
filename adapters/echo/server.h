#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "adapters/echo/desk.h"
#include "adapters/echo/fault.h"
#include "engine/model/result.h"

namespace jinqiao::adapters::echo {

// An HTTP server that stands for every provider we send to, for tests and for whoever tries a
// configuration. It sends nothing on to anybody.
//
//   /fault/WORDS/…     the rest of the path, with this fault: /fault/429+retry-after+7/wecom/…
//   POST /echo/script  lines for the script (fault.h); answers how many are to come
//   GET  /echo/count   how many requests came
//
// Threads    One for each connection, at most `connections`; more are turned away. `line` is called
//            with one line for each request, by one thread at a time.
class Server {
  public:
    struct Place {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0;  // 0: any free one
    };
    static constexpr std::size_t connections = 256;
    static constexpr std::size_t body_limit = 1024 * 1024;

    Server(Settings settings, std::shared_ptr<Script> script,
           std::function<void(const std::string&)> line);
    ~Server();  // stop()
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Once: one that was stopped stays so. Error{unavailable}: the address is taken or not ours.
    engine::model::Status start(const Place& place);
    std::uint16_t port() const;
    // Connections are cut, threads joined. Idempotent.
    void stop();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::adapters::echo
