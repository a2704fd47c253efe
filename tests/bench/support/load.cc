#include "tests/bench/support/load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>

#include "tests/bench/support/bench.h"

namespace jinqiao::tests::bench {

namespace {

int connected(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) fail("cannot connect");
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

}  // namespace

Poller::Poller() : poll_(epoll_create1(EPOLL_CLOEXEC)) {}

Poller::~Poller() { close(poll_); }

void Poller::watch(int fd, std::function<void()> readable) {
    watched_[fd] = std::make_shared<std::function<void()>>(std::move(readable));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    if (epoll_ctl(poll_, EPOLL_CTL_ADD, fd, &event) != 0) fail("cannot wait for a socket");
}

void Poller::forget(int fd) {
    epoll_ctl(poll_, EPOLL_CTL_DEL, fd, nullptr);
    watched_.erase(fd);
}

bool Poller::wait(int at_most_ms) {
    std::array<epoll_event, 64> events;
    const int n = epoll_wait(poll_, events.data(), static_cast<int>(events.size()), at_most_ms);
    for (int i = 0; i < n; ++i) {
        const auto found = watched_.find(events[static_cast<std::size_t>(i)].data.fd);
        if (found == watched_.end()) continue;
        const auto readable = found->second;  // it may forget itself
        (*readable)();
    }
    return n > 0;
}

Client::Client(Poller& poller, std::uint16_t port, Taken taken)
    : poller_(poller), fd_(connected(port)), taken_(std::move(taken)) {
    poller_.watch(fd_, [this] { read_some(); });
}

Client::~Client() {
    poller_.forget(fd_);
    close(fd_);
}

void Client::send(std::string_view request) {
    in_.clear();
    head_end_ = std::string::npos;
    length_ = 0;
    sent_at_ns_ = monotonic_ns();
    for (std::size_t sent = 0; sent < request.size();) {
        const auto n = write(fd_, request.data() + sent, request.size() - sent);
        if (n <= 0) fail("the server closed a connection");
        sent += static_cast<std::size_t>(n);
    }
}

void Client::read_some() {
    std::array<char, 65536> chunk;
    const auto n = read(fd_, chunk.data(), chunk.size());
    if (n <= 0) fail("the server closed a connection");
    in_.append(chunk.data(), static_cast<std::size_t>(n));
    if (head_end_ == std::string::npos) {
        head_end_ = in_.find("\r\n\r\n");
        if (head_end_ == std::string::npos) return;
        const Reply reply{0, std::string_view(in_).substr(0, head_end_ + 2), {}};
        const auto length = reply.field("Content-Length");
        std::from_chars(length.data(), length.data() + length.size(), length_);
    }
    if (in_.size() >= head_end_ + 4 + length_) reply_is_there();
}

void Client::reply_is_there() {
    waited_ms_ = static_cast<double>(monotonic_ns() - sent_at_ns_) / 1e6;
    // Out of the way of the next request, which may be sent before this returns.
    const std::string whole = std::move(in_);
    const std::string_view all(whole);
    Reply reply;
    reply.head = all.substr(0, head_end_ + 2);
    reply.body = all.substr(head_end_ + 4, length_);
    std::from_chars(all.data() + 9, all.data() + 12, reply.status);
    taken_(reply);
}

std::string_view Reply::field(std::string_view name) const {
    for (auto at = head.find(name); at != std::string_view::npos; at = head.find(name, at + 1)) {
        if (at < 2 || head[at - 1] != '\n' || head.substr(at + name.size(), 2) != ": ") continue;
        const auto from = at + name.size() + 2;
        return head.substr(from, head.find("\r\n", from) - from);
    }
    return {};
}

Load run_clients(std::uint16_t port, std::vector<Script> scripts) {
    Poller poller;
    std::vector<std::unique_ptr<Client>> clients(scripts.size());
    Load load;
    std::size_t busy = scripts.size();
    const auto go_on = [&](std::size_t i, const Reply* last) {
        const auto text = scripts[i](last);
        if (text.empty())
            --busy;
        else
            clients[i]->send(text);
    };
    for (std::size_t i = 0; i < scripts.size(); ++i)
        clients[i] = std::make_unique<Client>(poller, port, [&, i](const Reply& reply) {
            load.waits_ms.push_back(clients[i]->waited_ms());
            go_on(i, &reply);
        });
    const auto began_ns = monotonic_ns();
    for (std::size_t i = 0; i < scripts.size(); ++i) go_on(i, nullptr);
    while (busy > 0) poller.wait(-1);
    load.wall_s = static_cast<double>(monotonic_ns() - began_ns) / 1e9;
    return load;
}

std::string request(std::string_view method, std::string_view target, std::string_view token,
                    std::string_view body) {
    std::string text;
    text.reserve(256 + body.size());
    text.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: bench\r\n");
    text.append("Authorization: Bearer ").append(token).append("\r\n");
    if (method == "POST")
        text.append("Content-Type: application/json\r\nContent-Length: ")
            .append(std::to_string(body.size()))
            .append("\r\n");
    return text.append("\r\n").append(body);
}

}  // namespace jinqiao::tests::bench
