#include "tests/bench/support/bench.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/vfs.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <system_error>
#include <thread>

namespace jinqiao::tests::bench {

void fail(const std::string& what) {
    std::fprintf(stderr, "%s: %s\n", program_invocation_short_name, what.c_str());
    std::exit(3);
}

Folder::Folder(const std::filesystem::path& parent) {
    std::string name = (parent / "jinqiao-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) fail("cannot make a folder in " + parent.string());
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string file_system_of(const std::filesystem::path& dir) {
    struct statfs status {};
    if (statfs(dir.c_str(), &status) != 0) return "unknown";
    static const std::map<std::uint32_t, const char*> names{
        {0xEF53U, "ext4"},      {0x01021994U, "tmpfs"},   {0x58465342U, "xfs"},
        {0x9123683EU, "btrfs"}, {0x794C7630U, "overlay"},
    };
    const auto found = names.find(static_cast<std::uint32_t>(status.f_type));
    return found == names.end() ? "unknown" : found->second;
}

double Stopwatch::cpu_s() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

Spent Stopwatch::spent() const {
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began_;
    return {wall.count(), cpu_s() - cpu_began_s_};
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at),
                     values.end());
    return values[at];
}

std::int64_t monotonic_ns() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

std::string machine() {
    double load[3] = {0, 0, 0};
    (void)getloadavg(load, 3);
    char text[80];
    std::snprintf(text, sizeof text, "%u cores, load %.2f %.2f %.2f",
                  std::thread::hardware_concurrency(), load[0], load[1], load[2]);
    return text;
}

}  // namespace jinqiao::tests::bench
