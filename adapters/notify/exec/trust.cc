#include "adapters/notify/exec/trust.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace jinqiao::adapters::notify::exec {
namespace {

namespace fs = std::filesystem;

std::string fault_of(const fs::path& path, bool sticky_will_do) {
    struct stat found {};
    if (stat(path.c_str(), &found) != 0) return "cannot be looked at";
    if (found.st_uid != 0 && found.st_uid != geteuid()) return "belongs to somebody else";
    const bool open = (found.st_mode & (S_IWGRP | S_IWOTH)) != 0;
    const bool sticky = sticky_will_do && (found.st_mode & S_ISVTX) != 0;
    return open && !sticky ? "writable by others" : "";
}

std::string fault_of_file(const fs::path& path) {
    struct stat found {};
    if (stat(path.c_str(), &found) != 0) return "not there";
    if (!S_ISREG(found.st_mode)) return "not a file";
    if ((found.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) == 0) return "not executable";
    return fault_of(path, false);
}

}  // namespace

std::string distrust(const std::string& command) {
    if (command.empty() || command.front() != '/') return "not an absolute path";
    std::error_code error;
    const fs::path real = fs::canonical(command, error);
    if (error) return "not there";
    if (auto fault = fault_of_file(real); !fault.empty()) return fault;
    // A link is exchanged by whoever may write its folder.
    for (const fs::path& start : {real.parent_path(), fs::path(command).parent_path()}) {
        bool first = true;
        for (fs::path folder = start;; folder = folder.parent_path()) {
            if (auto fault = fault_of(folder, !first); !fault.empty())
                return "in a folder that is " + fault;
            first = false;
            if (folder == folder.root_path() || folder.empty()) break;
        }
    }
    return {};
}

}  // namespace jinqiao::adapters::notify::exec
