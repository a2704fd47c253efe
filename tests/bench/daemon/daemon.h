#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace jinqiao::tests::bench {

// Replaces every `from` in FOLDER/file that comes after the first `after`; there is at least one.
struct Edit {
    std::string file, from, to, after = {};
};

// A copy of the shipped configuration with these changes, at `to`: no limit on requests, notices
// to files without a disk behind them (`spool`, or nowhere if it is empty), and what `edits` say.
void copy_configuration(const std::filesystem::path& config, const std::filesystem::path& to,
                        const std::filesystem::path& spool, const std::vector<Edit>& edits = {});

// Runs the program to its end; ends this one if it fails.
void run_program(const std::vector<std::string>& words);

// The demonstration zone in a new data folder.
void seed(const std::filesystem::path& program, const std::filesystem::path& config,
          const std::filesystem::path& data);
std::string demo_token(const std::filesystem::path& data, const std::string& name);

// `jinqiao serve` as it is shipped, in a process of its own on a free port of 127.0.0.1. The
// constructor returns as soon as it listens; the destructor asks it to stop and waits.
class Daemon {
  public:
    Daemon(const std::filesystem::path& program, const std::filesystem::path& config,
           const std::filesystem::path& data);
    ~Daemon();
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    std::uint16_t port() const { return port_; }
    std::int64_t started_ns() const { return started_ns_; }  // by monotonic_ns(), before fork()
    std::int64_t listening_ns() const { return listening_ns_; }

    struct Memory {
        double resident_mib = 0, anonymous_mib = 0, most_mib = 0;  // most: ever resident
    };
    Memory memory() const;
    double cpu_s() const;
    void stop();  // and waits; once

  private:
    void wait_until_listening(int log);

    pid_t pid_ = -1;
    std::uint16_t port_ = 0;
    std::int64_t started_ns_ = 0, listening_ns_ = 0;
    std::string log_;
};

// One of the daemon's figures, by its name in /metrics.
double figure_of(std::uint16_t port, const std::string& name);

}  // namespace jinqiao::tests::bench
