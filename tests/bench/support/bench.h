#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace jinqiao::tests::bench {

// Ends the program: there is nothing to measure then. Files are left for whoever looks into it.
[[noreturn]] void fail(const std::string& what);

// A fresh folder below `parent`, gone with everything in it at the end.
class Folder {
  public:
    explicit Folder(const std::filesystem::path& parent);
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

std::string file_system_of(const std::filesystem::path& dir);

struct Spent {
    double wall_s = 0, cpu_s = 0;  // cpu: of the whole program
};

class Stopwatch {
  public:
    Spent spent() const;

  private:
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    double cpu_began_s_ = cpu_s();

    static double cpu_s();
};

double median(std::vector<double> values);                    // at least one value
double percentile(std::vector<double> values, double share);  // of no values: 0

std::int64_t monotonic_ns();

// How busy the machine is, for a line of figures: "2 cores, load 1.52 1.10 0.98".
std::string machine();

}  // namespace jinqiao::tests::bench
