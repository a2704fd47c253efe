#include "tests/bench/daemon/receivers.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>

#include "tests/bench/support/bench.h"

namespace jinqiao::tests::bench {

Receivers::Receivers(Poller& poller, std::size_t count, std::string key, Taken taken)
    : poller_(poller), key_(std::move(key)), taken_(std::move(taken)) {
    for (std::size_t i = 0; i < count; ++i) {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        auto* address = reinterpret_cast<sockaddr*>(&at);
        if (bind(fd, address, size) != 0 || listen(fd, 128) != 0 ||
            getsockname(fd, address, &size) != 0)
            fail("cannot listen");
        listeners_.push_back(fd);
        ports_.push_back(ntohs(at.sin_port));
        poller_.watch(fd, [this, fd, i] { accept_one(fd, i); });
    }
}

Receivers::~Receivers() {
    for (const auto& [fd, connection] : connections_) {
        poller_.forget(fd);
        close(fd);
    }
    for (const int fd : listeners_) {
        poller_.forget(fd);
        close(fd);
    }
}

void Receivers::accept_one(int listener, std::size_t endpoint) {
    const int fd = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) fail("cannot accept");
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connections_[fd] = {endpoint, {}};
    poller_.watch(fd, [this, fd] { read_some(fd); });
}

void Receivers::read_some(int fd) {
    std::array<char, 65536> chunk;
    const auto n = read(fd, chunk.data(), chunk.size());
    if (n <= 0) {
        poller_.forget(fd);
        close(fd);
        connections_.erase(fd);
        return;
    }
    auto& connection = connections_[fd];
    connection.in.append(chunk.data(), static_cast<std::size_t>(n));
    while (take_one(fd, connection)) {
    }
}

// False: there is no whole request yet.
bool Receivers::take_one(int fd, Connection& connection) {
    const auto head_end = connection.in.find("\r\n\r\n");
    if (head_end == std::string::npos) return false;
    Reply request;  // read alike
    request.head = std::string_view(connection.in).substr(0, head_end + 2);
    const auto length = request.field("Content-Length");
    std::size_t bytes = 0;
    std::from_chars(length.data(), length.data() + length.size(), bytes);
    if (connection.in.size() < head_end + 4 + bytes) return false;
    request.body = std::string_view(connection.in).substr(head_end + 4, bytes);
    verify(request);
    static constexpr std::string_view name = "\"case\":\"";
    const auto at = request.body.find(name);
    if (at == std::string_view::npos) fail("an event names no case");
    const auto from = at + name.size();
    const std::string kase(request.body.substr(from, request.body.find('"', from) - from));
    connection.in.erase(0, head_end + 4 + bytes);
    static constexpr std::string_view answer = "HTTP/1.1 204 No Content\r\n\r\n";
    if (write(fd, answer.data(), answer.size()) != static_cast<ssize_t>(answer.size()))
        fail("cannot answer");
    taken_(connection.endpoint, kase);
    return true;
}

void Receivers::verify(const Reply& request) const {
    std::string content(request.field("webhook-id"));
    content.append(".").append(request.field("webhook-timestamp")).append(".");
    content.append(request.body);
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned int size = 0;
    HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
         reinterpret_cast<const unsigned char*>(content.data()), content.size(), mac.data(), &size);
    std::array<unsigned char, EVP_MAX_MD_SIZE * 2> text{};
    const int length = EVP_EncodeBlock(text.data(), mac.data(), static_cast<int>(size));
    const std::string wanted = "v1," + std::string(reinterpret_cast<const char*>(text.data()),
                                                   static_cast<std::size_t>(length));
    if (request.field("webhook-signature") != wanted) fail("a signature is wrong");
}

}  // namespace jinqiao::tests::bench
