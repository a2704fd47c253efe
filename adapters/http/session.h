#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <memory>
#include <set>

#include "adapters/http/api.h"
#include "adapters/http/workers.h"
#include "engine/runtime/committer.h"

namespace jinqiao::adapters::http {

class Session;

// The connections there are. Of the server's thread alone.
class Sessions {
  public:
    void add(Session* session);
    void remove(Session* session);
    std::size_t count() const { return open_.size(); }
    bool finishing() const { return finishing_; }
    void finish();  // idle ones close now, busy ones after their answer
    void cut();     // all of them now
    void when_empty(std::function<void()> done);  // called when the last one goes

  private:
    std::set<Session*> open_;
    bool finishing_ = false;
    std::function<void()> empty_;
};

// One connection: reads a request, lets Api answer, writes, and so on until either side has enough.
class Session {
  public:
    Session(boost::asio::ip::tcp::socket socket, Api& api, engine::runtime::Committer& committer,
            Workers& workers, Sessions& sessions);
    ~Session();

    // `self` keeps the session alive for as long as it runs.
    boost::asio::awaitable<void> run(std::shared_ptr<Session> self);
    void close_if_idle();
    void close_now();

  private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

    enum class Heard { request, unreadable, gone };
    using Answered = std::variant<Response, std::unique_ptr<Watcher>>;

    boost::asio::awaitable<Heard> read(Parser& parser, Request& request, Problem& fault);
    boost::asio::awaitable<Answered> answer(const Request& request);
    boost::asio::awaitable<void> stream(std::unique_ptr<Watcher> watcher, unsigned version);
    boost::asio::awaitable<bool> write(Response response, unsigned version, bool keep_alive,
                                       bool head);
    boost::asio::awaitable<void> drain();

    boost::beast::tcp_stream stream_;
    boost::beast::flat_buffer buffer_;
    Api& api_;
    engine::runtime::Committer& committer_;
    Workers& workers_;
    Sessions& sessions_;
    bool idle_ = true;
    std::function<void()> at_close_;  // of whoever waits for something else than the socket
};

}  // namespace jinqiao::adapters::http
