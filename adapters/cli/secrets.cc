#include "adapters/cli/secrets.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <vector>

namespace jinqiao::adapters::cli {
namespace {

using engine::model::Done;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::model::Status;

Error system_error(const std::filesystem::path& where) {
    return {errno == ENOSPC ? ErrorCode::disk_full : ErrorCode::unavailable, std::strerror(errno),
            where.string()};
}

std::string from_hex(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

void sync_folder(const std::filesystem::path& folder) {
    const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

}  // namespace

std::string random_hex(std::size_t bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::vector<unsigned char> raw(bytes);
    std::size_t filled = 0;
    while (filled < bytes) {
        const ssize_t got = getrandom(raw.data() + filled, bytes - filled, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) std::abort();  // without randomness there is no secret to hand out
        filled += static_cast<std::size_t>(got);
    }
    std::string text;
    for (const unsigned char byte : raw) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

Status write_private(const std::filesystem::path& file, const std::string& text) {
    const std::filesystem::path part = file.string() + ".part";
    const int fd = open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return system_error(file);
    bool written = fchmod(fd, 0600) == 0;  // a leftover of another mode
    for (std::string_view rest = text; written && !rest.empty();) {
        const ssize_t got = write(fd, rest.data(), rest.size());
        written = got > 0;
        if (written) rest.remove_prefix(static_cast<std::size_t>(got));
    }
    written = written && fsync(fd) == 0;
    const Error error = system_error(file);
    close(fd);
    if (written && rename(part.c_str(), file.c_str()) == 0) {
        sync_folder(file.parent_path());
        return Done{};
    }
    unlink(part.c_str());
    return written ? system_error(file) : error;
}

Result<std::string> link_key(const std::filesystem::path& data) {
    const std::filesystem::path file = data / "keys" / "link.key";
    if (std::ifstream in(file); in) {
        std::string hex;
        std::getline(in, hex);
        if (hex.size() != 64 || hex.find_first_not_of("0123456789abcdef") != std::string::npos)
            return Error{ErrorCode::corrupt, "not 32 bytes in hex", file.string()};
        return from_hex(hex);
    }
    if (mkdir(file.parent_path().c_str(), 0700) != 0 && errno != EEXIST)
        return system_error(file.parent_path());
    const std::string hex = random_hex(32);
    if (auto written = write_private(file, hex + "\n"); !written) return written.error();
    return from_hex(hex);
}

Status make_data_folder(const std::filesystem::path& data) {
    std::error_code failed;
    if (std::filesystem::is_directory(data, failed)) return Done{};
    std::filesystem::create_directories(data, failed);
    if (failed) return Error{ErrorCode::unavailable, failed.message(), data.string()};
    if (chmod(data.c_str(), 0700) != 0) return system_error(data);
    return Done{};
}

}  // namespace jinqiao::adapters::cli
