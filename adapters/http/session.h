#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

#include "adapters/http/api.h"
#include "adapters/http/sessions.h"
#include "adapters/http/wire.h"
#include "adapters/http/workers.h"
#include "engine/runtime/committer.h"

namespace jinqiao::adapters::http {

// Two kinds of work, kept apart: whoever signs in waits for nobody's figures.
struct Threads {
    Workers& passwords;
    Workers& chores;
};

// One connection: reads a request, lets Api answer, writes, and so on until either side has enough.
// Requests sent ahead wait in the socket: one is under way at a time.
class Session final : public Seat {
  public:
    Session(std::unique_ptr<Wire> wire, const Peer& peer, Api& api,
            engine::runtime::Committer& committer, Threads threads, Sessions& sessions);
    ~Session() override;

    // `self` keeps the session alive for as long as it runs.
    boost::asio::awaitable<void> run(std::shared_ptr<Session> self);
    void close_now() override;

  private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

    enum class Heard { request, unreadable, gone };
    using Answered = std::variant<Response, std::unique_ptr<Watcher>>;

    boost::asio::awaitable<bool> serve_one();  // false: this was the last
    boost::asio::awaitable<Heard> read(Parser& parser, Request& request, Problem& fault,
                                       Room& room);
    boost::asio::awaitable<bool> first_byte();
    boost::asio::awaitable<Heard> read_head(Parser& parser, Request& request, Problem& fault);
    boost::asio::awaitable<Answered> answer(const Request& request);
    boost::asio::awaitable<void> stream(std::unique_ptr<Watcher> watcher, unsigned version);
    boost::asio::awaitable<bool> write(Response response, unsigned version, bool keep_alive,
                                       bool head);
    boost::asio::awaitable<void> drain();

    std::unique_ptr<Wire> wire_;
    Peer peer_;
    boost::beast::flat_buffer buffer_;
    Api& api_;
    engine::runtime::Committer& committer_;
    Threads threads_;
    Sessions& sessions_;
    std::function<void()> at_close_;  // of whoever waits for something else than the wire
};

}  // namespace jinqiao::adapters::http
