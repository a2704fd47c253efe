#include "adapters/notify/durable.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "adapters/notify/descriptor.h"

namespace jinqiao::adapters::notify {
namespace {

namespace fs = std::filesystem;

int write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

}  // namespace

int sync_folder(const fs::path& folder) {
    const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd.ok()) return errno;
    return fsync(fd.get()) == 0 ? 0 : errno;
}

// A new folder is a new entry of its parent, which must be durable too.
int make_folder(const fs::path& folder) {
    std::error_code error;
    if (fs::is_directory(folder, error)) return 0;
    fs::path there = folder;  // the nearest that is there already
    while (there.has_relative_path() && !fs::is_directory(there, error))
        there = there.parent_path();
    if (!fs::create_directories(folder, error) && error) return error.value();
    for (fs::path parent = folder.parent_path(); !parent.empty(); parent = parent.parent_path()) {
        if (const int code = sync_folder(parent); code != 0) return code;
        if (parent == there || parent == parent.root_path()) break;
    }
    return 0;
}

int write_whole(const fs::path& folder, const std::string& name, std::string_view text) {
    if (const int code = make_folder(folder); code != 0) return code;
    const fs::path part = folder / ("." + name + ".part");
    int code = 0;
    {
        const Descriptor fd(open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
        if (!fd.ok()) return errno;
        code = write_all(fd.get(), text);
        if (code == 0 && fsync(fd.get()) != 0) code = errno;
    }
    if (code == 0 && rename(part.c_str(), (folder / name).c_str()) != 0) code = errno;
    if (code != 0) unlink(part.c_str());
    return code;
}

int append_line(const fs::path& file, std::string_view line) {
    if (const int code = make_folder(file.parent_path()); code != 0) return code;
    const Descriptor fd(open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0640));
    if (!fd.ok()) return errno;
    const off_t end = lseek(fd.get(), 0, SEEK_END);
    char last = '\n';
    if (end > 0 && pread(fd.get(), &last, 1, end - 1) != 1) return errno;
    const std::string text = (last == '\n' ? "" : "\n") + std::string(line) + "\n";
    if (const int code = write_all(fd.get(), text); code != 0) return code;
    if (fdatasync(fd.get()) != 0) return errno;
    return end == 0 ? sync_folder(file.parent_path()) : 0;
}

engine::ports::Outcome disk_failed(int error) {
    engine::ports::Outcome outcome;
    const char* name = strerrorname_np(error);
    outcome.code = name != nullptr ? name : "errno " + std::to_string(error);
    outcome.detail = "the spool could not be written";
    outcome.concerns_lane =
        error == ENOSPC || error == EDQUOT || error == EROFS || error == EIO || error == EMFILE;
    return outcome;
}

}  // namespace jinqiao::adapters::notify
