#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/container/static_vector.hpp>
#include <chrono>
#include <functional>
#include <memory>

namespace jinqiao::adapters::http {

// A connection as Beast's algorithms want it (AsyncStream), with or without TLS beneath. The kind
// is chosen at run time, so that everything above is compiled once: that costs an allocation for
// each read and write, and saves a second copy of the largest unit of the program.
class Wire {
  public:
    using executor_type = boost::asio::any_io_executor;
    using Done = std::function<void(boost::system::error_code, std::size_t)>;
    using Pieces = boost::container::static_vector<boost::asio::const_buffer, 16>;

    virtual ~Wire() = default;
    virtual executor_type get_executor() = 0;
    virtual boost::asio::ip::tcp::socket& socket() = 0;
    virtual bool secure() const = 0;

    // Everything from now on must be over by then; the connection is closed otherwise.
    virtual void expires_after(std::chrono::milliseconds limit) = 0;
    virtual void close() = 0;
    // Ready for the first request; false: the other side speaks no TLS.
    virtual boost::asio::awaitable<bool> open() = 0;
    // Nothing more is sent.
    virtual boost::asio::awaitable<void> finish() = 0;

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [this](auto handler, boost::asio::mutable_buffer room) {
                read(room, erased(std::move(handler)));
            },
            token, first(buffers));
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        Pieces pieces;
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto at = boost::asio::buffer_sequence_begin(buffers);
             at != end && pieces.size() < pieces.capacity(); ++at)
            pieces.emplace_back(*at);
        return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [this](auto handler, const Pieces& parts) { write(parts, erased(std::move(handler))); },
            token, pieces);
    }

  protected:
    virtual void read(boost::asio::mutable_buffer room, Done done) = 0;
    virtual void write(const Pieces& pieces, Done done) = 0;

  private:
    // The first that has room: reading less than asked for is what "some" means.
    template <class Buffers>
    static boost::asio::mutable_buffer first(const Buffers& buffers) {
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto at = boost::asio::buffer_sequence_begin(buffers); at != end; ++at)
            if (boost::asio::mutable_buffer room = *at; room.size() > 0) return room;
        return {};
    }
    template <class Handler>
    static Done erased(Handler handler) {
        auto shared = std::make_shared<Handler>(std::move(handler));
        return
            [shared](boost::system::error_code ec, std::size_t n) { std::move (*shared)(ec, n); };
    }
};

std::unique_ptr<Wire> plain_wire(boost::asio::ip::tcp::socket socket);
std::unique_ptr<Wire> tls_wire(boost::asio::ip::tcp::socket socket,
                               std::shared_ptr<boost::asio::ssl::context> context);

}  // namespace jinqiao::adapters::http
