#include "adapters/notify/exec/options.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "adapters/notify/exec/trust.h"

namespace jinqiao::adapters::notify::exec {
namespace {

using engine::ports::Section;
using std::chrono::milliseconds;

bool is_variable(const std::string& name) {
    const auto plain = [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; };
    return !name.empty() && plain(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return plain(c) || (c >= '0' && c <= '9'); });
}

bool holds_nul(const std::string& text) { return text.find('\0') != std::string::npos; }

void read_secrets(Section& section, Options& options) {
    const auto named = section.section("secrets");
    for (const std::string& name : named->keys()) {
        const std::string value = named->secret(name, true);
        // What the loader obeys would be a way around every other rule here.
        if (!is_variable(name) || name == "PATH" || name.starts_with("LD_"))
            named->fault(name, "a name of A-Z, 0-9 and _, not PATH and not LD_…", name);
        if (holds_nul(value)) named->fault(name, "a text", "another form");
        options.secrets.emplace_back(name, value);
    }
}

void read_user(Section& section, Options& options) {
    const std::string name = section.text("user", {});
    if (name.empty()) return;
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> room{};
    getpwnam_r(name.c_str(), &entry, room.data(), room.size(), &found);
    if (found == nullptr) {
        section.fault("user", "a user of this machine", name);
        return;
    }
    if (found->pw_uid == geteuid()) return;
    if (geteuid() != 0) section.fault("user", "no other user, as the daemon is not root", name);
    options.uid = found->pw_uid;
    options.gid = found->pw_gid;
}

void read_limits(Section& section, Limits& limits) {
    const auto part = section.section("limits");
    const auto number = [&part](std::string_view key, std::int64_t most, std::size_t& into) {
        into =
            static_cast<std::size_t>(part->integer(key, 0, most, static_cast<std::int64_t>(into)));
    };
    const auto cpu = part->span("cpu", std::chrono::seconds{limits.cpu_s});
    if (cpu < milliseconds{0} || cpu > std::chrono::hours{1})
        part->fault("cpu", "0 s to 1 h", std::to_string(cpu.count()) + " ms");
    limits.cpu_s = static_cast<std::size_t>(std::chrono::ceil<std::chrono::seconds>(cpu).count());
    number("memory_mb", 1 << 20, limits.memory_mb);
    number("file_mb", 1 << 20, limits.file_mb);
    number("files", 1 << 16, limits.files);
    number("processes", 1 << 16, limits.processes);
    if (limits.files > 0 && limits.files < 8)
        part->fault("files", "0, or 8 and more", std::to_string(limits.files));
}

}  // namespace

Options Options::read(Section& section) {
    Options options;
    options.command = section.required_text("command");
    if (!options.command.empty())
        if (const auto fault = distrust(options.command); !fault.empty())
            section.fault("command",
                          "the absolute path of a program that only its owner, root or the "
                          "daemon's user, can change",
                          options.command + ": " + fault);
    options.arguments = section.texts("arguments");
    for (const auto& argument : options.arguments)
        if (holds_nul(argument)) section.fault("arguments", "texts", "another form");
    read_secrets(section, options);
    read_user(section, options);
    options.concurrency = static_cast<std::size_t>(
        section.integer("concurrency", 1, 64, static_cast<std::int64_t>(options.concurrency)));
    options.timeout = section.span("timeout", options.timeout);
    if (options.timeout < milliseconds{1000} || options.timeout > milliseconds{600'000})
        section.fault("timeout", "1 s to 10 min", std::to_string(options.timeout.count()) + " ms");
    options.grace = section.span("grace", options.grace);
    if (options.grace < milliseconds{0} || options.grace > milliseconds{30'000})
        section.fault("grace", "0 s to 30 s", std::to_string(options.grace.count()) + " ms");
    read_limits(section, options.limits);
    return options;
}

}  // namespace jinqiao::adapters::notify::exec
