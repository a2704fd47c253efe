#include "adapters/echo/server.h"

#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <exception>
#include <list>
#include <optional>
#include <thread>
#include <utility>

#include "adapters/echo/wire.h"

namespace jinqiao::adapters::echo {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using engine::model::Error;
using engine::model::ErrorCode;
using Request = http::request<http::string_body>;

namespace {

using Kind = Fault::Kind;

constexpr std::size_t longest_line = 600;

}  // namespace

struct Server::Impl {
    Impl(Settings settings, std::shared_ptr<Script> played,
         std::function<void(const std::string&)> tell)
        : desk(std::move(settings)), script(std::move(played)), line(std::move(tell)) {}

    struct Connection {
        explicit Connection(tcp::socket from) : socket(std::move(from)) {}
        tcp::socket socket;
        std::thread thread;
        bool over = false;  // guarded by mutex
    };

    void accept_all();
    void reap();
    void serve(Connection& connection);
    bool handle(Connection& connection, const Request& request);
    bool answer(Connection& connection, const Reply& reply, const Fault& fault, bool keep);
    bool write(Connection& connection, std::string_view bytes);
    bool drip(Connection& connection, std::string_view bytes, std::chrono::milliseconds pause);
    bool flood(Connection& connection, std::size_t mebibytes);
    bool wait_for(std::chrono::milliseconds span);  // false: it is stopping
    void tell(const std::string& words);
    std::optional<Reply> control(const Asked& asked);

    asio::io_context io;
    tcp::acceptor acceptor{io};
    Desk desk;
    std::shared_ptr<Script> script;
    std::function<void(const std::string&)> line;
    std::uint16_t port = 0;
    std::mutex mutex;
    std::condition_variable stopped;
    bool stopping = false;              // guarded by mutex
    std::size_t count = 0;              // of requests; guarded by mutex
    std::list<Connection> connections;  // the list is the accepting thread's
    std::thread thread;
    std::mutex line_mutex;
};

void Server::Impl::accept_all() {
    while (true) {
        boost::system::error_code ec;
        tcp::socket socket(io);
        acceptor.accept(socket, ec);
        std::lock_guard lock(mutex);
        if (stopping) return;
        if (ec) continue;
        reap();
        if (connections.size() >= Server::connections) continue;  // closed here
        auto& connection = connections.emplace_back(std::move(socket));
        connection.thread = std::thread([this, &connection] { serve(connection); });
    }
}

// Under the mutex: what is over has nothing left to do but to end.
void Server::Impl::reap() {
    for (auto at = connections.begin(); at != connections.end();) {
        if (!at->over) {
            ++at;
            continue;
        }
        at->thread.join();
        at = connections.erase(at);
    }
}

void Server::Impl::serve(Connection& connection) {
    boost::beast::flat_buffer buffer;
    while (true) {
        http::request_parser<http::string_body> parser;
        parser.body_limit(Server::body_limit);
        boost::system::error_code ec;
        http::read(connection.socket, buffer, parser, ec);
        if (ec) break;
        try {
            if (!handle(connection, parser.get())) break;
        } catch (const std::exception& error) {
            tell(std::string("a request could not be answered: ") + error.what());
            break;  // the others go on
        }
    }
    boost::system::error_code ignored;
    std::lock_guard lock(mutex);
    connection.socket.shutdown(tcp::socket::shutdown_both, ignored);
    connection.socket.close(ignored);
    connection.over = true;
}

// False: the connection is not kept.
bool Server::Impl::handle(Connection& connection, const Request& request) {
    Asked asked = taken_apart(request);
    const bool keep = request.keep_alive();
    if (const auto reply = control(asked)) return answer(connection, *reply, {}, keep);
    const auto of_path = fault_of_path(asked);
    const std::string provider = Desk::provider_of(asked);
    std::string number;
    {
        std::lock_guard lock(mutex);
        number = std::to_string(++count);
    }
    if (!of_path) {
        tell(number + " " + provider + " 400 no such fault");
        return answer(connection, {400, R"({"error":"no such fault"})"}, {}, keep);
    }
    const Fault fault = of_path->has_value() ? **of_path : script->next(provider);
    const Reply reply = desk.answer(provider, asked, fault);
    const bool whole =
        fault.kind == Kind::none || fault.kind == Kind::errcode || fault.kind == Kind::refuse;
    tell(number + " " + provider + " " +
         (fault.kind == Kind::none ? "" : "[" + describe(fault) + "] ") +
         (whole || fault.kind == Kind::slow ? std::to_string(reply.status) + " " : "") +
         reply.verdict);
    return answer(connection, reply, fault, keep);
}

std::optional<Reply> Server::Impl::control(const Asked& asked) {
    if (asked.path == "/echo/count" && asked.method == "GET") {
        std::lock_guard lock(mutex);
        return Reply{200, std::to_string(count) + "\n", {}, "text/plain"};
    }
    if (asked.path != "/echo/script" || asked.method != "POST") return std::nullopt;
    const auto added = script->add(asked.body);
    if (!added)
        return Reply{400, added.error().where + ": " + added.error().what + "\n", {}, "text/plain"};
    return Reply{200, std::to_string(script->left()) + "\n", {}, "text/plain"};
}

bool Server::Impl::answer(Connection& connection, const Reply& reply, const Fault& fault,
                          bool keep) {
    switch (fault.kind) {
        case Kind::none:
        case Kind::errcode:
        case Kind::refuse:
            break;
        case Kind::status:
            return write(connection, on_the_wire({fault.status, ""}, fault.retry_after_s, keep)) &&
                   keep;
        case Kind::slow:
            if (!wait_for(fault.span)) return false;
            break;
        case Kind::hang:
            wait_for(std::chrono::hours{1});
            return false;
        case Kind::reset: {
            boost::system::error_code ignored;
            std::lock_guard lock(mutex);
            connection.socket.set_option(asio::socket_base::linger(true, 0), ignored);
            connection.socket.close(ignored);
            return false;
        }
        case Kind::drip:
            drip(connection, on_the_wire(reply, {}, false), fault.span);
            return false;
        case Kind::huge:
            flood(connection, fault.mebibytes);
            return false;
        case Kind::malformed: {
            Reply half = reply;
            half.body.resize(half.body.size() / 2);
            return write(connection, on_the_wire(half, {}, keep)) && keep;
        }
    }
    return write(connection, on_the_wire(reply, {}, keep)) && keep;
}

bool Server::Impl::write(Connection& connection, std::string_view bytes) {
    boost::system::error_code ec;
    asio::write(connection.socket, asio::buffer(bytes.data(), bytes.size()), ec);
    return !ec;
}

bool Server::Impl::drip(Connection& connection, std::string_view bytes,
                        std::chrono::milliseconds pause) {
    for (const char& c : bytes)
        if (!write(connection, {&c, 1}) || !wait_for(pause)) return false;
    return true;
}

bool Server::Impl::flood(Connection& connection, std::size_t mebibytes) {
    const std::string block(1024 * 1024, 'x');
    if (!write(connection,
               "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
               "Connection: close\r\n\r\n{\"pad\":\""))
        return false;
    for (std::size_t i = 0; i < mebibytes; ++i)
        if (!write(connection, block)) return false;
    return write(connection, "\"}");
}

bool Server::Impl::wait_for(std::chrono::milliseconds span) {
    std::unique_lock lock(mutex);
    return !stopped.wait_for(lock, span, [this] { return stopping; });
}

void Server::Impl::tell(const std::string& words) {
    std::lock_guard lock(line_mutex);
    if (line) line(shown(words, longest_line));
}

Server::Server(Settings settings, std::shared_ptr<Script> script,
               std::function<void(const std::string&)> line)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(script), std::move(line))) {}

Server::~Server() { stop(); }

engine::model::Status Server::start(const Place& place) {
    if (impl_->stopping || impl_->thread.joinable())
        return Error{ErrorCode::conflict, "it has been started before", place.address};
    boost::system::error_code ec;
    const auto address = asio::ip::make_address(place.address, ec);
    if (ec) return Error{ErrorCode::invalid, "not an IP address to listen on", place.address};
    auto& acceptor = impl_->acceptor;
    const tcp::endpoint endpoint(address, place.port);
    if (!acceptor.open(endpoint.protocol(), ec) &&
        !acceptor.set_option(tcp::acceptor::reuse_address(true), ec) &&
        !acceptor.bind(endpoint, ec))
        acceptor.listen(asio::socket_base::max_listen_connections, ec);
    if (ec)
        return Error{ErrorCode::unavailable, "cannot listen: " + ec.message(),
                     place.address + ":" + std::to_string(place.port)};
    impl_->port = acceptor.local_endpoint(ec).port();
    impl_->thread = std::thread([this] { impl_->accept_all(); });
    return engine::model::Done{};
}

std::uint16_t Server::port() const { return impl_->port; }

void Server::stop() {
    if (!impl_->thread.joinable()) return;
    {
        std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
        for (auto& connection : impl_->connections)
            if (!connection.over) ::shutdown(connection.socket.native_handle(), SHUT_RDWR);
    }
    impl_->stopped.notify_all();
    // Wakes the accepting thread, which closing alone would not.
    ::shutdown(impl_->acceptor.native_handle(), SHUT_RDWR);
    impl_->thread.join();
    for (auto& connection : impl_->connections) connection.thread.join();
    impl_->connections.clear();
    boost::system::error_code ignored;
    impl_->acceptor.close(ignored);
}

}  // namespace jinqiao::adapters::echo
