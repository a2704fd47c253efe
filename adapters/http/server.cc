#include "adapters/http/server.h"

#include <spdlog/spdlog.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <optional>
#include <thread>

#include "adapters/http/broadcast.h"
#include "adapters/http/session.h"

namespace jinqiao::adapters::http {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Status;

struct Server::Impl {
    Impl(ApiParts parts, HttpSettings chosen)
        : committer(parts.committer),
          api(std::move(parts), std::move(chosen)),
          passwords({api.settings().passwords_at_once, api.settings().passwords_waiting, 0}),
          chores({api.settings().chores_at_once, api.settings().chores_waiting,
                  api.settings().chores_per_account}),
          sessions({api.settings().connections, api.settings().connections_per_address,
                    api.settings().bodies_limit}) {}

    // Every coroutine starts here, so that none can die unheard: a detached one would.
    void spawn(const char* what, asio::awaitable<void> work) {
        asio::co_spawn(io, std::move(work), [what](std::exception_ptr failure) {
            if (!failure) return;
            try {
                std::rethrow_exception(failure);
            } catch (const std::exception& error) {
                spdlog::error("http: {} ended: {}", what, error.what());
            }
        });
    }

    asio::awaitable<void> accept();
    void admit(tcp::socket socket);
    asio::awaitable<void> look_after_tls();
    asio::awaitable<void> cut_later(std::shared_ptr<asio::steady_timer> timer);
    Status listen();
    void close();

    engine::runtime::Committer* committer;
    Api api;
    Workers passwords, chores;
    Sessions sessions;  // outlives the coroutines that `io` holds
    asio::io_context io{1};
    tcp::acceptor acceptor{io};
    Broadcast broadcast{io, api};
    std::optional<Tls> tls;
    asio::steady_timer tls_timer{io};
    std::uint16_t port = 0;
    bool stopping = false;  // of the thread alone
    std::thread thread;
};

Status Server::Impl::listen() {
    const auto& settings = api.settings();
    if (settings.tls.named()) {
        auto loaded = Tls::load(settings.tls);
        if (!loaded) return loaded.error().under("http.tls");
        tls = std::move(*loaded);
    }
    boost::system::error_code ec;
    const auto address = asio::ip::make_address(settings.address, ec);
    if (ec)
        return Error{ErrorCode::invalid, "not an IP address to listen on: " + settings.address,
                     "http.listen"};
    const tcp::endpoint endpoint(address, settings.port);
    const auto failed = [&](const char* step) {
        return Error{ErrorCode::unavailable,
                     std::string("cannot ") + step + " " + settings.address + ":" +
                         std::to_string(settings.port) + ": " + ec.message(),
                     "http.listen"};
    };
    if (acceptor.open(endpoint.protocol(), ec); ec) return failed("open");
    if (acceptor.set_option(tcp::acceptor::reuse_address(true), ec); ec) return failed("reuse");
    if (acceptor.bind(endpoint, ec); ec) return failed("bind");
    if (acceptor.listen(asio::socket_base::max_listen_connections, ec); ec)
        return failed("listen on");
    port = acceptor.local_endpoint(ec).port();
    return engine::model::Done{};
}

asio::awaitable<void> Server::Impl::accept() {
    asio::steady_timer pause(io);
    while (!stopping) {
        boost::system::error_code ec;
        tcp::socket socket(io);
        co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, ec));
        if (stopping || ec == asio::error::operation_aborted) co_return;
        if (ec) {
            // Out of descriptors, mostly: trying again at once would only burn the processor.
            spdlog::warn("http: accepting failed: {}", ec.message());
            pause.expires_after(std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ec));
            continue;
        }
        admit(std::move(socket));
    }
}

void Server::Impl::admit(tcp::socket socket) {
    boost::system::error_code ec;
    const auto remote = socket.remote_endpoint(ec);
    if (ec) return;  // gone again
    const auto address = remote.address();
    const Peer peer{address, limit_key(address),
                    any_holds(api.settings().trusted_proxies, address)};
    if (!sessions.room_for(peer)) return;  // closed here
    auto wire = tls ? tls_wire(std::move(socket), tls->context()) : plain_wire(std::move(socket));
    auto session = std::make_shared<Session>(std::move(wire), peer, api, *committer,
                                             Threads{passwords, chores}, sessions);
    spawn("a connection", session->run(session));
}

// Certificates are renewed every few weeks by a program that knows nothing of us.
asio::awaitable<void> Server::Impl::look_after_tls() {
    boost::system::error_code ec;
    while (!stopping) {
        tls_timer.expires_after(api.settings().tls_look);
        co_await tls_timer.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        if (ec || stopping) co_return;
        tls->look();
    }
}

void Server::Impl::close() {
    stopping = true;
    tls_timer.cancel();
    boost::system::error_code ignored;
    acceptor.close(ignored);
    sessions.finish();
    auto timer = std::make_shared<asio::steady_timer>(io, api.settings().stop_timeout);
    sessions.when_empty([timer] { timer->cancel(); });
    spawn("the stop timer", cut_later(timer));
}

asio::awaitable<void> Server::Impl::cut_later(std::shared_ptr<asio::steady_timer> timer) {
    boost::system::error_code ec;
    if (sessions.count() == 0) co_return;
    co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, ec));
    if (!ec) sessions.cut();
}

Server::Server(ApiParts parts, HttpSettings settings)
    : impl_(std::make_unique<Impl>(std::move(parts), std::move(settings))) {}

Server::~Server() { stop(); }

Status Server::start() {
    if (auto listening = impl_->listen(); !listening) return listening;
    impl_->spawn("accepting", impl_->accept());
    if (impl_->tls) impl_->spawn("the look at the certificate", impl_->look_after_tls());
    impl_->thread = std::thread([this] {
        while (true) {
            try {
                impl_->io.run();
                return;
            } catch (const std::exception& error) {
                // A completion handler of ours threw: the connection it belonged to is lost, the
                // others go on.
                spdlog::critical("http: {}", error.what());
            }
        }
    });
    return engine::model::Done{};
}

std::uint16_t Server::port() const { return impl_->port; }

void Server::use(HttpSettings settings) {
    asio::post(impl_->io, [this, settings = std::move(settings)] { impl_->api.use(settings); });
}

void Server::stop() {
    if (!impl_->thread.joinable()) return;
    asio::post(impl_->io, [this] { impl_->close(); });
    impl_->thread.join();
}

}  // namespace jinqiao::adapters::http
