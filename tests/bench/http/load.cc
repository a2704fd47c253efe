#include "tests/bench/http/load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <memory>

#include "tests/bench/support/bench.h"

namespace jinqiao::tests::bench {

namespace {

using Steady = std::chrono::steady_clock;

int connected(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) fail("cannot connect");
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

// One connection. Requests are small and the socket's buffer is empty when one is sent.
class Client {
  public:
    Client(std::uint16_t port, Script script) : fd_(connected(port)), script_(std::move(script)) {}
    ~Client() { close(fd_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    int fd() const { return fd_; }
    bool send_next(const Reply* last) {
        const auto text = script_(last);
        if (text.empty()) return false;
        sent_at_ = Steady::now();
        for (std::size_t sent = 0; sent < text.size();) {
            const auto n = write(fd_, text.data() + sent, text.size() - sent);
            if (n <= 0) fail("the server closed a connection");
            sent += static_cast<std::size_t>(n);
        }
        return true;
    }
    // True when a whole reply is there; then take() it.
    bool read_some() {
        std::array<char, 65536> chunk;
        const auto n = read(fd_, chunk.data(), chunk.size());
        if (n <= 0) fail("the server closed a connection");
        in_.append(chunk.data(), static_cast<std::size_t>(n));
        if (head_end_ == std::string::npos) {
            head_end_ = in_.find("\r\n\r\n");
            if (head_end_ == std::string::npos) return false;
            const Reply reply{0, std::string_view(in_).substr(0, head_end_ + 2), {}};
            const auto length = reply.field("Content-Length");
            std::from_chars(length.data(), length.data() + length.size(), length_);
        }
        return in_.size() >= head_end_ + 4 + length_;
    }
    double waited_ms() const {
        return std::chrono::duration<double, std::milli>(Steady::now() - sent_at_).count();
    }
    // Sends the next request; false: it has enough.
    bool go_on() {
        Reply reply;
        const std::string_view all(in_);
        reply.head = all.substr(0, head_end_ + 2);
        reply.body = all.substr(head_end_ + 4, length_);
        std::from_chars(all.data() + 9, all.data() + 12, reply.status);
        const bool more = send_next(&reply);
        in_.clear();
        head_end_ = std::string::npos;
        length_ = 0;
        return more;
    }

  private:
    int fd_;
    Script script_;
    std::string in_;
    std::size_t head_end_ = std::string::npos, length_ = 0;
    Steady::time_point sent_at_{};
};

}  // namespace

std::string_view Reply::field(std::string_view name) const {
    for (auto at = head.find(name); at != std::string_view::npos; at = head.find(name, at + 1)) {
        if (at < 2 || head[at - 1] != '\n' || head.substr(at + name.size(), 2) != ": ") continue;
        const auto from = at + name.size() + 2;
        return head.substr(from, head.find("\r\n", from) - from);
    }
    return {};
}

Load run_clients(std::uint16_t port, std::vector<Script> scripts) {
    const int poll = epoll_create1(0);
    std::vector<std::unique_ptr<Client>> clients;
    for (auto& script : scripts) {
        clients.push_back(std::make_unique<Client>(port, std::move(script)));
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = clients.back().get();
        epoll_ctl(poll, EPOLL_CTL_ADD, clients.back()->fd(), &event);
    }
    Load load;
    const auto began = Steady::now();
    std::size_t busy = 0;
    for (auto& client : clients) busy += client->send_next(nullptr) ? 1 : 0;
    std::array<epoll_event, 64> events;
    while (busy > 0) {
        const int n = epoll_wait(poll, events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < n; ++i) {
            auto& client = *static_cast<Client*>(events[static_cast<std::size_t>(i)].data.ptr);
            if (!client.read_some()) continue;
            load.waits_ms.push_back(client.waited_ms());
            if (!client.go_on()) --busy;
        }
    }
    load.wall_s = std::chrono::duration<double>(Steady::now() - began).count();
    close(poll);
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
