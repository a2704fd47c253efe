#include "tests/contract/notifier_peer.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cstdlib>
#include <mutex>
#include <sstream>
#include <thread>

#include "tests/contract/loopback.h"

namespace jinqiao::tests {
namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

Peer::Received parse_head(const std::string& head) {
    Peer::Received result;
    std::istringstream lines(head);
    std::string line;
    std::getline(lines, line);
    std::istringstream(line) >> line >> result.path;
    while (std::getline(lines, line)) {
        const auto colon = line.find(": ");
        if (colon == std::string::npos) continue;
        std::string value = line.substr(colon + 2);
        if (!value.empty() && value.back() == '\r') value.pop_back();
        result.headers[lower(line.substr(0, colon))] = value;
    }
    return result;
}

}  // namespace

struct Peer::Impl {
    Impl() {
        listener = listen_on_loopback(port);
        thread = std::thread([this] { accept_all(); });
    }

    ~Impl() {
        stopping = true;
        shutdown(listener, SHUT_RDWR);
        thread.join();
        close(listener);
        for (std::thread& worker : workers) worker.join();
    }

    void accept_all() {
        while (!stopping) {
            const int fd = accept(listener, nullptr, nullptr);
            if (fd >= 0) workers.emplace_back([this, fd] { serve(fd); });
        }
    }

    // One request a connection: a peer that closes is the harder case for a client.
    void serve(int fd) {
        std::string buffer;
        std::size_t head_end = std::string::npos;
        std::size_t wanted = 0;
        Received request;
        char chunk[4096];
        while (head_end == std::string::npos || buffer.size() < wanted) {
            const ssize_t got = read(fd, chunk, sizeof chunk);
            if (got <= 0) break;
            buffer.append(chunk, static_cast<std::size_t>(got));
            if (head_end != std::string::npos) continue;
            head_end = buffer.find("\r\n\r\n");
            if (head_end == std::string::npos) continue;
            request = parse_head(buffer.substr(0, head_end));
            wanted = head_end + 4 + std::stoul(request.headers["content-length"]);
        }
        if (head_end != std::string::npos && buffer.size() >= wanted) {
            request.body = buffer.substr(head_end + 4);
            std::string reply;
            {
                std::lock_guard lock(mutex);
                reply = response;
                // What is answered with an error was not taken.
                if (reply.starts_with("HTTP/1.1 2")) requests.push_back(request);
            }
            for (std::size_t at = 0; at < reply.size();) {
                const ssize_t sent = send(fd, reply.data() + at, reply.size() - at, MSG_NOSIGNAL);
                if (sent <= 0) break;
                at += static_cast<std::size_t>(sent);
            }
        }
        shutdown(fd, SHUT_RDWR);
        close(fd);
    }

    int listener = -1;
    int port = 0;
    std::atomic<bool> stopping = false;
    mutable std::mutex mutex;
    std::string response =
        "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    std::vector<Received> requests;
    std::vector<std::thread> workers;  // accepting thread, then the destructor
    std::thread thread;
};

Peer::Peer() : impl_(std::make_unique<Impl>()) {}

Peer::~Peer() = default;

int Peer::port() const { return impl_->port; }

std::string Peer::url() const { return "http://127.0.0.1:" + std::to_string(impl_->port) + "/in"; }

std::vector<Peer::Received> Peer::received() const {
    std::lock_guard lock(impl_->mutex);
    return impl_->requests;
}

void Peer::answer_with(std::string response) {
    std::lock_guard lock(impl_->mutex);
    impl_->response = std::move(response);
}

}  // namespace jinqiao::tests
