#include "adapters/http/wire.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>

namespace jinqiao::adapters::http {

namespace asio = boost::asio;
using boost::beast::tcp_stream;
using boost::system::error_code;

namespace {

class PlainWire final : public Wire {
  public:
    explicit PlainWire(asio::ip::tcp::socket socket) : stream_(std::move(socket)) {}

    executor_type get_executor() override { return stream_.get_executor(); }
    asio::ip::tcp::socket& socket() override { return stream_.socket(); }
    bool secure() const override { return false; }
    void expires_after(std::chrono::milliseconds limit) override { stream_.expires_after(limit); }
    void close() override { stream_.close(); }
    asio::awaitable<bool> open() override { co_return true; }
    asio::awaitable<void> finish() override {
        error_code ignored;
        stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        co_return;
    }

  protected:
    void read(asio::mutable_buffer room, Done done) override {
        stream_.async_read_some(room, std::move(done));
    }
    void write(const Pieces& pieces, Done done) override {
        stream_.async_write_some(pieces, std::move(done));
    }

  private:
    tcp_stream stream_;
};

class TlsWire final : public Wire {
  public:
    TlsWire(asio::ip::tcp::socket socket, std::shared_ptr<asio::ssl::context> context)
        : context_(std::move(context)), stream_(tcp_stream(std::move(socket)), *context_) {}

    executor_type get_executor() override { return stream_.get_executor(); }
    asio::ip::tcp::socket& socket() override { return stream_.next_layer().socket(); }
    bool secure() const override { return true; }
    void expires_after(std::chrono::milliseconds limit) override {
        stream_.next_layer().expires_after(limit);
    }
    void close() override { stream_.next_layer().close(); }
    asio::awaitable<bool> open() override {
        error_code ec;
        co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                         asio::redirect_error(asio::use_awaitable, ec));
        co_return !ec;
    }
    asio::awaitable<void> finish() override {
        error_code ignored;
        co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
        socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    }

  protected:
    void read(asio::mutable_buffer room, Done done) override {
        stream_.async_read_some(room, std::move(done));
    }
    void write(const Pieces& pieces, Done done) override {
        stream_.async_write_some(pieces, std::move(done));
    }

  private:
    std::shared_ptr<asio::ssl::context> context_;  // of the certificate it began with
    asio::ssl::stream<tcp_stream> stream_;
};

}  // namespace

std::unique_ptr<Wire> plain_wire(asio::ip::tcp::socket socket) {
    return std::make_unique<PlainWire>(std::move(socket));
}

std::unique_ptr<Wire> tls_wire(asio::ip::tcp::socket socket,
                               std::shared_ptr<asio::ssl::context> context) {
    return std::make_unique<TlsWire>(std::move(socket), std::move(context));
}

}  // namespace jinqiao::adapters::http
