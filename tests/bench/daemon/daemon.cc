#include "tests/bench/daemon/daemon.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/bench/support/bench.h"
#include "tests/bench/support/load.h"

namespace jinqiao::tests::bench {

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void apply(const fs::path& folder, const Edit& edit) {
    auto text = text_of(folder / edit.file);
    auto at = text.find(edit.from, text.find(edit.after));
    if (at == std::string::npos) fail(edit.file + " does not say " + edit.from);
    for (; at != std::string::npos; at = text.find(edit.from, at + edit.to.size()))
        text.replace(at, edit.from.size(), edit.to);
    std::ofstream(folder / edit.file, std::ios::binary) << text;
}

// `out`: becomes its standard error, or -1.
pid_t begin(const std::vector<std::string>& words, int out) {
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (out >= 0) posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
    pid_t pid = -1;
    if (posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ) != 0)
        fail("cannot run " + words.front());
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

int exit_of(pid_t pid) {
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

}  // namespace

void copy_configuration(const fs::path& config, const fs::path& to, const fs::path& spool,
                        const std::vector<Edit>& edits) {
    fs::remove_all(to);
    fs::create_directories(to);
    for (const char* part : {"calendars", "demo", "texts", "workflows"})
        fs::copy(config / part, to / part, fs::copy_options::recursive);
    for (const auto& entry : fs::directory_iterator(config))
        if (entry.path().extension() == ".yaml") fs::copy(entry.path(), to);
    apply(to, {"service.yaml", "burst: 2000", "burst: 0"});
    apply(to, {"service.yaml", "burst: 4000", "burst: 0"});
    if (!spool.empty())
        apply(to, {"channels.yaml", "folder: spool", "folder: \"" + spool.string() + "\""});
    for (const auto& edit : edits) apply(to, edit);
}

void run_program(const std::vector<std::string>& words) {
    if (const int code = exit_of(begin(words, -1)); code != 0)
        fail(words[1] + " ended with " + std::to_string(code));
}

void seed(const fs::path& program, const fs::path& config, const fs::path& data) {
    run_program({program.string(), "seed", "--config", config.string(), "--data", data.string(),
                 (config / "demo/zone.yaml").string()});
}

std::string demo_token(const fs::path& data, const std::string& name) {
    const auto tokens = boost::json::parse(text_of(data / "demo-tokens.json"));
    const auto* token = tokens.as_object().if_contains(name);
    if (token == nullptr) fail("there is no token " + name);
    return std::string(token->as_string());
}

Daemon::Daemon(const fs::path& program, const fs::path& config, const fs::path& data) {
    int log[2];
    if (pipe2(log, O_CLOEXEC) != 0) fail("cannot make a pipe");
    started_ns_ = monotonic_ns();
    pid_ = begin({program.string(), "serve", "--config", config.string(), "--data", data.string(),
                  "--listen", "127.0.0.1:0"},
                 log[1]);
    close(log[1]);
    wait_until_listening(log[0]);
}

// The pipe stays open, so that what the daemon writes later does not end it; it is a few lines.
void Daemon::wait_until_listening(int log) {
    static constexpr std::string_view words = "listening on 127.0.0.1:";
    char chunk[4096];
    for (ssize_t n = 0; (n = read(log, chunk, sizeof chunk)) > 0;) {
        log_.append(chunk, static_cast<std::size_t>(n));
        const auto at = log_.find(words);
        if (at == std::string::npos || log_.find('\n', at) == std::string::npos) continue;
        listening_ns_ = monotonic_ns();
        std::from_chars(log_.data() + at + words.size(), log_.data() + log_.size(), port_);
        return;
    }
    fail("the daemon does not start: " + log_);
}

Daemon::~Daemon() { stop(); }

void Daemon::stop() {
    if (pid_ < 0) return;
    kill(pid_, SIGTERM);
    const int code = exit_of(std::exchange(pid_, -1));
    if (code != 0) fail("the daemon ended with " + std::to_string(code));
}

Daemon::Memory Daemon::memory() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    Memory out;
    for (std::string line; std::getline(status, line);) {
        std::istringstream words(line);
        std::string name;
        double kib = 0;
        words >> name >> kib;
        if (name == "VmRSS:") out.resident_mib = kib / 1024;
        if (name == "RssAnon:") out.anonymous_mib = kib / 1024;
        if (name == "VmHWM:") out.most_mib = kib / 1024;
    }
    return out;
}

double Daemon::cpu_s() const {
    auto text = text_of("/proc/" + std::to_string(pid_) + "/stat");
    std::istringstream words(text.substr(text.rfind(')') + 2));
    std::string word;
    double ticks = 0;
    for (int field = 3; field <= 15 && words >> word; ++field)
        if (field >= 14) ticks += std::strtod(word.c_str(), nullptr);  // user and system
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double figure_of(std::uint16_t port, const std::string& name) {
    double value = -1;
    run_clients(port, {[&](const Reply* last) -> std::string {
                    if (last == nullptr) return request("GET", "/metrics", "", {});
                    const auto at = last->body.find("\n" + name + " ");
                    if (at == std::string_view::npos) fail("there is no figure " + name);
                    value = std::strtod(last->body.data() + at + name.size() + 2, nullptr);
                    return {};
                }});
    return value;
}

}  // namespace jinqiao::tests::bench
