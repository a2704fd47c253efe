#include "tests/contract/notifier_peer.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <chrono>
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
    std::istringstream(line) >> result.method >> result.path;
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
        Received request;
        if (manner == Manner::speaks_first)
            write_all(fd, answer_to(request));
        else if (read_request(fd, request))
            respond(fd, request);
        if (manner != Manner::resets) shutdown(fd, SHUT_RDWR);
        close(fd);
    }

    bool read_request(int fd, Received& request) {
        std::string buffer;
        std::size_t head_end = std::string::npos;
        std::size_t wanted = 0;
        char chunk[4096];
        while (head_end == std::string::npos || buffer.size() < wanted) {
            if (!readable(fd)) return false;
            const ssize_t got = read(fd, chunk, sizeof chunk);
            if (got <= 0) return false;
            buffer.append(chunk, static_cast<std::size_t>(got));
            if (head_end != std::string::npos) continue;
            head_end = buffer.find("\r\n\r\n");
            if (head_end == std::string::npos) continue;
            request = parse_head(buffer.substr(0, head_end));
            const std::string length = request.headers["content-length"];
            wanted = head_end + 4 + (length.empty() ? 0 : std::stoul(length));
        }
        request.body = buffer.substr(head_end + 4);
        return true;
    }

    void respond(int fd, const Received& request) {
        const std::string reply = answer_to(request);
        const Manner now = has_its_own(request) ? Manner::answers : manner.load();
        {
            std::lock_guard lock(mutex);
            all.push_back(request);
            // What is answered with an error was not taken.
            if (reply.starts_with("HTTP/1.1 2") && now == Manner::answers)
                requests.push_back(request);
        }
        if (now == Manner::answers) write_all(fd, reply);
        if (now == Manner::says_nothing) (void)readable(fd);  // until the other side is gone
        if (now == Manner::drips) drip(fd, reply);
        if (now == Manner::resets) {
            const linger at_once{1, 0};
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        }
    }

    void drip(int fd, const std::string& reply) const {
        for (const char byte : reply) {
            if (stopping || send(fd, &byte, 1, MSG_NOSIGNAL) != 1) return;
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        }
    }

    bool has_its_own(const Received& request) const {
        std::lock_guard lock(mutex);
        return std::any_of(by_path.begin(), by_path.end(), [&](const auto& entry) {
            return request.path.starts_with(entry.first);
        });
    }

    std::string answer_to(const Received& request) const {
        std::lock_guard lock(mutex);
        for (const auto& [path, answer] : by_path)
            if (request.path.starts_with(path)) return answer;
        return response;
    }

    static void write_all(int fd, const std::string& text) {
        for (std::size_t at = 0; at < text.size();) {
            const ssize_t sent = send(fd, text.data() + at, text.size() - at, MSG_NOSIGNAL);
            if (sent <= 0) break;
            at += static_cast<std::size_t>(sent);
        }
    }

    // Whether there is something to read, or the other side has closed, before the peer ends.
    bool readable(int fd) const {
        pollfd one{fd, POLLIN, 0};
        while (!stopping)
            if (poll(&one, 1, 20) != 0) return true;
        return false;
    }

    int listener = -1;
    int port = 0;
    std::atomic<bool> stopping = false;
    mutable std::mutex mutex;
    std::string response =
        "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    std::map<std::string, std::string> by_path;
    std::atomic<Manner> manner = Manner::answers;
    std::vector<Received> requests;
    std::vector<Received> all;
    std::vector<std::thread> workers;  // accepting thread, then the destructor
    std::thread thread;
};

Peer::Peer() : impl_(std::make_unique<Impl>()) {}

Peer::~Peer() = default;

int Peer::port() const { return impl_->port; }

std::string Peer::base() const { return "http://127.0.0.1:" + std::to_string(impl_->port); }

std::string Peer::url() const { return base() + "/in"; }

std::vector<Peer::Received> Peer::received() const {
    std::lock_guard lock(impl_->mutex);
    return impl_->requests;
}

std::vector<Peer::Received> Peer::asked() const {
    std::lock_guard lock(impl_->mutex);
    return impl_->all;
}

void Peer::answer_with(std::string response) {
    std::lock_guard lock(impl_->mutex);
    impl_->response = std::move(response);
}

void Peer::answer_at(const std::string& path, std::string response) {
    std::lock_guard lock(impl_->mutex);
    impl_->by_path[path] = std::move(response);
}

void Peer::behave(Manner manner) { impl_->manner = manner; }

std::string http_answer(const std::string& status, const std::string& body,
                        const std::string& extra) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           extra + "Connection: close\r\n\r\n" + body;
}

}  // namespace jinqiao::tests
