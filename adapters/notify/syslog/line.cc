#include "adapters/notify/syslog/line.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "adapters/notify/courier/address.h"
#include "adapters/notify/remote.h"
#include "adapters/notify/tls.h"

namespace jinqiao::adapters::notify::syslog {
namespace {

using Steady = std::chrono::steady_clock;
using Transport = Options::Transport;

bool datagrams(const Options& options) {
    return options.transport == Transport::unix_socket || options.transport == Transport::udp;
}

template <class T, void (*release)(T*)>
struct Release {
    void operator()(T* thing) const { release(thing); }
};
template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Release<T, release>>;

using Session = Owned<SSL, SSL_free>;

bool reaches(const Options& options, const sockaddr& address) {
    // What is not encrypted stays within private networks, whatever a name resolves to.
    return courier::within(options.transport == Transport::tls ? courier::Reach::anywhere
                                                               : courier::Reach::private_only,
                           address);
}

// One that went away without a word is noticed before the kernel's quarter of an hour.
void watch_over(int fd) {
    const int on = 1;
    const unsigned int most_ms = 20'000;
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &most_ms, sizeof most_ms);
}

}  // namespace

struct Line::Tls {
    TlsContext context;
    Session session;
    short wanted(int result) const {
        const int error = SSL_get_error(session.get(), result);
        return error == SSL_ERROR_WANT_READ    ? POLLIN
               : error == SSL_ERROR_WANT_WRITE ? POLLOUT
                                               : short{0};
    }
};

Line::Line(const Options& options, int stop_fd) : options_(options), stop_fd_(stop_fd) {
    if (options.transport != Transport::tls) return;
    tls_ = std::make_unique<Tls>();
    tls_->context =
        make_tls_context(options.server, options.authorities, options.certificate, options.key);
}

Line::~Line() {
    // Taking leave of one that is gone would be a broken pipe.
    if (tls_ && socket_.ok() && !alive()) tls_->session.reset();
    hang_up();
}

void Line::hang_up() {
    if (tls_ && tls_->session) {
        SSL_shutdown(tls_->session.get());
        ERR_clear_error();
        tls_->session.reset();
    }
    socket_.reset();
}

std::string Line::say(std::string_view message, Until until) {
    if (socket_.ok() && !alive()) hang_up();
    for (int attempt = 0;; ++attempt) {
        const bool fresh = !socket_.ok();
        if (fresh)
            if (auto fault = open(until); !fault.empty()) {
                hang_up();
                return fault;
            }
        std::string fault =
            datagrams(options_) ? send_datagram(message, until) : write(framed(message), until);
        if (fault.empty()) return fault;
        if (fault == "too_long") return fault;
        hang_up();
        // A local daemon that was started anew has another socket behind the same name. Over TCP
        // part of the message may have gone, so the dispatcher decides.
        if (fresh || !datagrams(options_) || attempt > 0 || fault != "connect") return fault;
    }
}

std::string Line::open(Until until) {
    if (options_.transport == Transport::unix_socket) return open_local();
    if (auto fault = open_remote(until); !fault.empty()) return fault;
    return tls_ ? shake_hands(until) : std::string();
}

std::string Line::open_local() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, options_.path.data(),
                std::min(options_.path.size(), sizeof address.sun_path - 1));
    socket_.reset(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket_.ok()) return "connect";
    const int done =
        connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return done == 0 ? "" : "connect";
}

std::string Line::open_remote(Until until) {
    const bool udp = options_.transport == Transport::udp;
    addrinfo hints{};
    hints.ai_socktype = udp ? SOCK_DGRAM : SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    // Blocks this channel's own thread, and nobody else, for as long as the resolver waits.
    if (getaddrinfo(options_.server.c_str(), std::to_string(options_.port).c_str(), &hints,
                    &found) != 0)
        return "resolve";
    const Owned<addrinfo, freeaddrinfo> all(found);
    std::string fault = "refused_address";
    for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
        if (!reaches(options_, *each->ai_addr)) continue;
        socket_.reset(socket(each->ai_family, each->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (!socket_.ok()) continue;
        fault = "connect";
        if (connect(socket_.get(), each->ai_addr, each->ai_addrlen) != 0) {
            if (errno != EINPROGRESS) continue;
            if (auto late = wait(POLLOUT, until); !late.empty()) return late;
            int error = 0;
            socklen_t size = sizeof error;
            getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &size);
            if (error != 0) continue;
        }
        if (!udp) watch_over(socket_.get());
        return {};
    }
    return fault;
}

std::string Line::shake_hands(Until until) {
    if (!tls_->context) return "tls";
    tls_->session.reset(SSL_new(tls_->context.get()));
    SSL* session = tls_->session.get();
    if (session == nullptr || SSL_set_fd(session, socket_.get()) != 1) return "tls";
    if (!is_ip(options_.server)) SSL_set_tlsext_host_name(session, options_.server.c_str());
    while (true) {
        ERR_clear_error();
        const int result = SSL_connect(session);
        if (result == 1) return {};
        const short wanted = tls_->wanted(result);
        if (wanted == 0) {
            const bool refused = SSL_get_verify_result(session) != X509_V_OK;
            ERR_clear_error();
            tls_->session.reset();  // after a failure there is nothing to take leave of
            return refused ? "tls_certificate" : "tls";
        }
        if (auto fault = wait(wanted, until); !fault.empty()) return fault;
    }
}

// A log server says nothing. What can be read is the end, or is thrown away.
bool Line::alive() {
    if (datagrams(options_)) return true;
    std::array<char, 1024> room{};
    for (int i = 0; i < 16; ++i) {
        if (tls_) {
            ERR_clear_error();
            const int got = SSL_read(tls_->session.get(), room.data(), room.size());
            if (got <= 0) return tls_->wanted(got) == POLLIN;
        } else {
            const ssize_t got = recv(socket_.get(), room.data(), room.size(), MSG_DONTWAIT);
            if (got == 0) return false;
            if (got < 0) return errno == EAGAIN || errno == EINTR;
        }
    }
    return false;
}

std::string Line::write(std::string_view bytes, Until until) {
    while (!bytes.empty()) {
        short wanted = POLLOUT;
        ssize_t done = 0;
        if (tls_) {
            ERR_clear_error();
            done = SSL_write(tls_->session.get(), bytes.data(), static_cast<int>(bytes.size()));
            if (done <= 0) wanted = tls_->wanted(static_cast<int>(done));
        } else {
            done = send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (done < 0 && errno != EAGAIN && errno != EINTR) wanted = 0;
        }
        if (done > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(done));
            continue;
        }
        if (wanted == 0) {
            if (tls_) tls_->session.reset();
            return "send";
        }
        if (auto fault = wait(wanted, until); !fault.empty()) return fault;
    }
    return {};
}

std::string Line::send_datagram(std::string_view bytes, Until until) {
    while (send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) {
        if (errno == EMSGSIZE) return "too_long";
        // Of the datagram before: nobody listened.
        if (errno == ECONNREFUSED || errno == ENOTCONN || errno == ECONNRESET) return "connect";
        if (errno != EAGAIN && errno != EINTR && errno != ENOBUFS) return "send";
        if (auto fault = wait(POLLOUT, until); !fault.empty()) return fault;
    }
    return {};
}

std::string Line::wait(short events, Until until) const {
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Steady::now());
        if (left.count() <= 0) return "timeout";
        std::array<pollfd, 2> both{{{socket_.get(), events, 0}, {stop_fd_, POLLIN, 0}}};
        const int ready = poll(both.data(), both.size(), static_cast<int>(left.count()));
        if (ready < 0 && errno != EINTR) return "send";
        if (both[1].revents != 0) return "aborted";
        if (ready > 0 && both[0].revents != 0) return {};
    }
}

}  // namespace jinqiao::adapters::notify::syslog
