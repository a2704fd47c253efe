#include "tests/contract/smtp_peer.h"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <optional>
#include <set>
#include <sstream>
#include <thread>

#include "tests/contract/loopback.h"

namespace jinqiao::tests {
namespace {

namespace fs = std::filesystem;
using Received = SmtpPeer::Received;
using Script = SmtpPeer::Script;

// OpenSSL writes with write(): a client that is gone would end the program. In this thread only, so
// that the product has to look after itself.
void ignore_hang_ups() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

// One line after another of a connection that may turn to TLS.
class Wire {
  public:
    explicit Wire(int fd) : fd_(fd) {}
    ~Wire() {
        SSL_free(ssl_);
        SSL_CTX_free(context_);
    }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    bool encrypt(const SmtpCertificate& certificate) {
        context_ = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate_chain_file(context_, certificate.file().c_str());
        SSL_CTX_use_PrivateKey_file(context_, certificate.key().c_str(), SSL_FILETYPE_PEM);
        ssl_ = SSL_new(context_);
        SSL_set_fd(ssl_, fd_);
        buffer_.clear();
        return SSL_accept(ssl_) == 1;
    }
    bool encrypted() const { return ssl_ != nullptr; }

    std::optional<std::string> line() {
        for (;;) {
            const auto end = buffer_.find("\r\n");
            if (end != std::string::npos) {
                std::string result = buffer_.substr(0, end);
                buffer_.erase(0, end + 2);
                return result;
            }
            char chunk[4096];
            const int got = ssl_ != nullptr ? SSL_read(ssl_, chunk, sizeof chunk)
                                            : static_cast<int>(recv(fd_, chunk, sizeof chunk, 0));
            if (got <= 0) return std::nullopt;
            buffer_.append(chunk, static_cast<std::size_t>(got));
        }
    }
    void say(const std::string& text) {
        if (ssl_ != nullptr)
            (void)SSL_write(ssl_, text.data(), static_cast<int>(text.size()));
        else
            (void)send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
    }

  private:
    int fd_;
    SSL_CTX* context_ = nullptr;
    SSL* ssl_ = nullptr;
    std::string buffer_;
};

}  // namespace

std::string from_base64(std::string text) {
    std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
    std::string bytes(text.size(), '\0');
    const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                       reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
    if (length < 0) return {};
    const auto padding =
        std::min<std::ptrdiff_t>(std::count(text.begin(), text.end(), '='), length);
    bytes.resize(static_cast<std::size_t>(length - padding));
    return bytes;
}

SmtpCertificate::SmtpCertificate(const std::string& name) {
    std::string pattern = (fs::temp_directory_path() / "jinqiao-smtp-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=" +
        name + " -addext subjectAltName=DNS:" + name + " -keyout " + key() + " -out " + file() +
        " 2>/dev/null";
    if (std::system(command.c_str()) != 0) std::abort();  // NOLINT(cert-env33-c)
}

SmtpCertificate::~SmtpCertificate() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

std::string SmtpCertificate::pem() const {
    std::ostringstream text;
    text << std::ifstream(file()).rdbuf();
    return text.str();
}

struct SmtpPeer::Impl {
    Impl() {
        listener = listen_on_loopback(port);
        thread = std::thread([this] { accept_all(); });
    }

    ~Impl() {
        stopping = true;
        shutdown(listener, SHUT_RDWR);
        thread.join();
        close(listener);
        {
            std::lock_guard lock(mutex);
            for (const int fd : open) shutdown(fd, SHUT_RDWR);
        }
        for (std::thread& worker : workers) worker.join();
    }

    void accept_all() {
        while (!stopping) {
            const int fd = accept(listener, nullptr, nullptr);
            if (fd < 0) continue;
            {
                std::lock_guard lock(mutex);
                open.insert(fd);
                ++accepted;
            }
            workers.emplace_back([this, fd] {
                ignore_hang_ups();
                Script script;
                {
                    std::lock_guard lock(mutex);
                    script = playing;
                }
                Wire wire(fd);
                serve(wire, script);
                std::lock_guard lock(mutex);
                open.erase(fd);
                shutdown(fd, SHUT_RDWR);
                close(fd);
            });
        }
    }

    // False: the connection is over.
    static bool answer(Wire& wire, const Script& script, const std::string& command,
                       const std::string& usual) {
        const auto own = script.answers.find(command);
        const std::string& text = own == script.answers.end() ? usual : own->second;
        if (text.empty()) return false;
        if (text == silence) {
            while (wire.line()) {
            }
            return false;
        }
        wire.say(text);
        return true;
    }
    static bool refused(const Script& script, const std::string& command) {
        const auto own = script.answers.find(command);
        return own != script.answers.end() && (own->second[0] == '4' || own->second[0] == '5');
    }

    void serve(Wire& wire, const Script& script) {
        if (script.tls_at_once && !wire.encrypt(*script.certificate)) return;
        if (!answer(wire, script, "greeting", "220 mail.example.test ESMTP\r\n")) return;
        Received mail;
        while (const auto line = next_command(wire)) {
            const std::string verb = line->substr(0, line->find(' '));
            mail.encrypted = wire.encrypted();
            if (verb == "EHLO") {
                if (!answer(wire, script, verb, capabilities(wire, script))) return;
            } else if (verb == "STARTTLS") {
                if (!answer(wire, script, verb, "220 go\r\n")) return;
                if (!refused(script, verb) && !wire.encrypt(*script.certificate)) return;
            } else if (verb == "AUTH") {
                if (!login(wire, script, *line, mail)) return;
            } else if (verb == "DATA") {
                if (!take(wire, script, mail)) return;
            } else {
                if (verb == "MAIL") mail.from = line->substr(10);
                if (verb == "RCPT") mail.to = line->substr(8);
                if (!answer(wire, script, verb, verb == "QUIT" ? "221 bye\r\n" : "250 ok\r\n"))
                    return;
                if (verb == "QUIT") return;
            }
        }
    }

    std::optional<std::string> next_command(Wire& wire) {
        auto line = wire.line();
        if (!line) return line;
        std::lock_guard lock(mutex);
        said.push_back(*line);
        return line;
    }

    static std::string capabilities(const Wire& wire, const Script& script) {
        std::string text = "250-mail.example.test\r\n";
        if (script.starttls && !wire.encrypted()) text += "250-STARTTLS\r\n";
        if (!script.mechanisms.empty()) text += "250-AUTH " + script.mechanisms + "\r\n";
        return text + "250-8BITMIME\r\n250 SIZE 10485760\r\n";
    }

    bool login(Wire& wire, const Script& script, const std::string& line, Received& mail) {
        if (line.starts_with("AUTH PLAIN")) {
            wire.say("334 \r\n");
            const auto given = wire.line();
            if (!given) return false;
            const std::string bytes = from_base64(*given);
            const auto second = bytes.find('\0', 1);
            mail.login = bytes.substr(1, second - 1) + " " + bytes.substr(second + 1);
        } else {
            wire.say("334 VXNlcm5hbWU6\r\n");
            const auto user = wire.line();
            if (!user) return false;
            wire.say("334 UGFzc3dvcmQ6\r\n");
            const auto password = wire.line();
            if (!password) return false;
            mail.login = from_base64(*user) + " " + from_base64(*password);
        }
        return answer(wire, script, "AUTH", "235 2.7.0 welcome\r\n");
    }

    bool take(Wire& wire, const Script& script, Received& mail) {
        if (!answer(wire, script, "DATA", "354 go on\r\n")) return false;
        if (refused(script, "DATA")) return true;
        mail.message.clear();
        while (auto line = wire.line()) {
            if (*line == ".") {
                if (!script.answers.contains(".")) {
                    std::lock_guard lock(mutex);
                    mails.push_back(mail);
                }
                return answer(wire, script, ".", "250 2.0.0 Ok: queued as 4Zx7Qw1bN2z\r\n");
            }
            mail.message += (line->starts_with('.') ? line->substr(1) : *line) + "\r\n";
        }
        return false;
    }

    int listener = -1;
    int port = 0;
    std::atomic<bool> stopping = false;
    mutable std::mutex mutex;
    Script playing;
    std::vector<Received> mails;
    std::vector<std::string> said;
    std::set<int> open;
    std::size_t accepted = 0;
    std::vector<std::thread> workers;  // accepting thread, then the destructor
    std::thread thread;
};

SmtpPeer::SmtpPeer() : impl_(std::make_unique<Impl>()) {}

SmtpPeer::~SmtpPeer() = default;

int SmtpPeer::port() const { return impl_->port; }

void SmtpPeer::play(Script script) {
    std::lock_guard lock(impl_->mutex);
    impl_->playing = std::move(script);
}

std::vector<SmtpPeer::Received> SmtpPeer::received() const {
    std::lock_guard lock(impl_->mutex);
    return impl_->mails;
}

std::vector<std::string> SmtpPeer::commands() const {
    std::lock_guard lock(impl_->mutex);
    return impl_->said;
}

std::size_t SmtpPeer::connections() const {
    std::lock_guard lock(impl_->mutex);
    return impl_->accepted;
}

}  // namespace jinqiao::tests
