#include "tests/contract/mqtt_peer.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/contract/loopback.h"
#include "tests/support/scratch_dir.h"

extern char** environ;

namespace jinqiao::tests {
namespace {

namespace fs = std::filesystem;

std::string program(const char* name) {
    for (const char* folder : {"/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/"})
        if (fs::exists(std::string(folder) + name)) return std::string(folder) + name;
    return {};
}

pid_t spawn(std::vector<std::string> arguments, const std::string& output) {
    std::vector<char*> list;
    for (auto& each : arguments) list.push_back(each.data());
    list.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                     0600);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    pid_t pid = -1;
    if (posix_spawn(&pid, list[0], &actions, nullptr, list.data(), environ) != 0) std::abort();
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

void end(pid_t& pid) {
    if (pid <= 0) return;
    kill(pid, SIGCONT);
    kill(pid, SIGTERM);
    waitpid(pid, nullptr, 0);
    pid = -1;
}

bool accepts(int port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    const bool good = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(fd);
    return good;
}

template <class What>
void eventually(What what) {
    for (int i = 0; i < 1000; ++i) {
        if (what()) return;
        usleep(10'000);
    }
    std::abort();
}

}  // namespace

struct MqttPeer::Impl {
    Impl(std::string more, const SmtpCertificate* certificate) {
        close(listen_on_loopback(port));  // free a moment ago
        std::ofstream config(dir.path() / "config");
        config << "log_type all\nuser root\npersistence true\npersistence_location "
               << dir.path().string() << "/\nlog_dest file " << (dir.path() / "log").string()
               << "\n"
               << "listener " << port << " 127.0.0.1\n";
        if (certificate != nullptr)
            config << "certfile " << certificate->file() << "\nkeyfile " << certificate->key()
                   << "\n";
        if (more.find("allow_anonymous") == std::string::npos) config << "allow_anonymous true\n";
        config << more << "\n";
    }

    void start() {
        broker = spawn({program("mosquitto"), "-c", (dir.path() / "config").string()},
                       (dir.path() / "out").string());
        eventually([this] { return accepts(port); });
    }

    std::vector<std::string> received() const {
        std::vector<std::string> lines;
        std::ifstream in(dir.path() / "received");
        for (std::string line; std::getline(in, line);) lines.push_back(line);
        return lines;
    }

    bool logged(const std::string& text) const {
        std::ifstream in(dir.path() / "log");
        for (std::string line; std::getline(in, line);)
            if (line.find(text) != std::string::npos) return true;
        return false;
    }

    support::ScratchDir dir;
    int port = 0;
    pid_t broker = -1;
    pid_t subscriber = -1;
};

MqttPeer::MqttPeer(std::string more, const SmtpCertificate* certificate, bool subscribed)
    : impl_(std::make_unique<Impl>(std::move(more), certificate)) {
    impl_->start();
    if (!subscribed) return;
    std::vector<std::string> arguments{program("mosquitto_sub"),
                                       "-h",
                                       "localhost",
                                       "-p",
                                       std::to_string(impl_->port),
                                       "-V",
                                       "5",
                                       "-t",
                                       "#",
                                       "-q",
                                       "1",
                                       "-c",
                                       "-i",
                                       "subscriber",
                                       "-x",
                                       "3600",
                                       "-v"};
    if (certificate != nullptr)
        arguments.insert(arguments.end(), {"--cafile", certificate->file()});
    impl_->subscriber = spawn(arguments, (impl_->dir.path() / "received").string());
    eventually([this] { return impl_->logged("subscriber 1 #"); });
}

MqttPeer::~MqttPeer() {
    end(impl_->subscriber);
    end(impl_->broker);
}

int MqttPeer::port() const { return impl_->port; }
void MqttPeer::start() { impl_->start(); }
void MqttPeer::stop() { end(impl_->broker); }
void MqttPeer::freeze() { kill(impl_->broker, SIGSTOP); }
void MqttPeer::thaw() { kill(impl_->broker, SIGCONT); }

std::vector<std::string> MqttPeer::settled() const {
    auto seen = impl_->received();
    for (int quiet = 0, i = 0; quiet < 15 && i < 500; ++i) {
        usleep(20'000);
        auto now = impl_->received();
        quiet = now.size() == seen.size() && !now.empty() ? quiet + 1 : 0;
        seen = std::move(now);
    }
    return seen;
}

}  // namespace jinqiao::tests
