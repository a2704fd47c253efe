#include "tests/contract/log_peer.h"

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <set>
#include <thread>

namespace jinqiao::tests {
namespace {

// Takes whole frames off the beginning; false if what is there is no frame.
bool take_frames(std::string& buffer, std::vector<std::string>& into) {
    while (true) {
        const auto space = buffer.find(' ');
        if (space == std::string::npos) return buffer.size() < 8;
        if (space == 0 || buffer.find_first_not_of("0123456789") != space) return false;
        const std::size_t length = std::stoul(buffer.substr(0, space));
        if (buffer.size() < space + 1 + length) return true;
        into.push_back(buffer.substr(space + 1, length));
        buffer.erase(0, space + 1 + length);
    }
}

}  // namespace

struct LogPeer::Impl {
    Impl(Kind chosen, const SmtpCertificate* certificate_of, std::string folder)
        : kind(chosen), certificate(certificate_of), path(folder + "/log") {}
    ~Impl() { stop(); }

    bool streams() const { return kind == Kind::tcp || kind == Kind::tls; }

    void start() {
        const bool local = kind == Kind::local;
        listener = socket(local ? AF_UNIX : AF_INET,
                          (streams() ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0);
        if (local) {
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
            unlink(path.c_str());
            if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
                std::abort();
        } else {
            bind_loopback();
        }
        thread = std::thread([this] { streams() ? accept_all() : receive_all(); });
    }

    void bind_loopback() {
        const int on = 1;
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        socklen_t size = sizeof address;
        if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            (streams() && listen(listener, 16) != 0) ||
            getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            std::abort();
        port = ntohs(address.sin_port);
    }

    void stop() {
        if (!thread.joinable()) return;
        shutdown(listener, SHUT_RDWR);
        thread.join();
        close(listener);
        hang_up();
        for (std::thread& worker : workers) worker.join();
        workers.clear();
        if (kind == Kind::local) unlink(path.c_str());
    }

    void hang_up() {
        std::lock_guard lock(mutex);
        for (const int fd : open) shutdown(fd, SHUT_RDWR);
    }

    void accept_all() {
        for (int fd = accept(listener, nullptr, nullptr); fd >= 0;
             fd = accept(listener, nullptr, nullptr)) {
            std::lock_guard lock(mutex);
            ++connections;
            open.insert(fd);
            workers.emplace_back([this, fd] { serve(fd); });
        }
    }

    void receive_all() {
        std::array<char, 65536> room{};
        while (true) {
            const ssize_t got = recv(listener, room.data(), room.size(), 0);
            if (got <= 0) return;
            keep({{room.data(), static_cast<std::size_t>(got)}});
        }
    }

    void serve(int fd) {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        SSL_CTX* context = nullptr;
        SSL* session = nullptr;
        bool good = true;
        if (kind == Kind::tls) {
            context = SSL_CTX_new(TLS_server_method());
            SSL_CTX_use_certificate_chain_file(context, certificate->file().c_str());
            SSL_CTX_use_PrivateKey_file(context, certificate->key().c_str(), SSL_FILETYPE_PEM);
            session = SSL_new(context);
            SSL_set_fd(session, fd);
            good = SSL_accept(session) == 1;
        }
        std::string buffer;
        std::array<char, 4096> room{};
        while (good) {
            const ssize_t got = session != nullptr
                                    ? SSL_read(session, room.data(), static_cast<int>(room.size()))
                                    : recv(fd, room.data(), room.size(), 0);
            if (got <= 0) break;
            buffer.append(room.data(), static_cast<std::size_t>(got));
            std::vector<std::string> whole;
            good = take_frames(buffer, whole);
            keep(whole);
        }
        SSL_free(session);
        SSL_CTX_free(context);
        std::lock_guard lock(mutex);
        open.erase(fd);
        close(fd);
    }

    void keep(const std::vector<std::string>& messages) {
        std::lock_guard lock(mutex);
        received.insert(received.end(), messages.begin(), messages.end());
        changed.notify_all();
    }

    const Kind kind;
    const SmtpCertificate* certificate;
    const std::string path;
    int listener = -1;
    int port = 0;
    mutable std::mutex mutex;
    mutable std::condition_variable changed;
    std::vector<std::string> received;  // guarded by mutex
    std::set<int> open;                 // guarded by mutex
    std::size_t connections = 0;        // guarded by mutex
    std::vector<std::thread> workers;   // accepting thread, and stop() after it
    std::thread thread;
};

LogPeer::LogPeer(Kind kind, const SmtpCertificate* certificate, std::string folder)
    : impl_(std::make_unique<Impl>(kind, certificate, std::move(folder))) {
    impl_->start();
}
LogPeer::~LogPeer() = default;
int LogPeer::port() const { return impl_->port; }
std::string LogPeer::path() const { return impl_->path; }
void LogPeer::hang_up() { impl_->hang_up(); }
void LogPeer::stop() { impl_->stop(); }
void LogPeer::start() { impl_->start(); }

std::size_t LogPeer::connections() const {
    std::lock_guard lock(impl_->mutex);
    return impl_->connections;
}

std::vector<std::string> LogPeer::wait(std::size_t count) const {
    std::unique_lock lock(impl_->mutex);
    impl_->changed.wait_for(lock, std::chrono::seconds{10},
                            [&] { return impl_->received.size() >= count; });
    return impl_->received;
}

std::vector<std::string> LogPeer::settled() const {
    std::unique_lock lock(impl_->mutex);
    auto patience = std::chrono::milliseconds{5000};
    for (std::size_t seen = 0;; seen = impl_->received.size()) {
        if (!impl_->changed.wait_for(lock, patience, [&] { return impl_->received.size() > seen; }))
            return impl_->received;
        patience = std::chrono::milliseconds{150};
    }
}

}  // namespace jinqiao::tests
