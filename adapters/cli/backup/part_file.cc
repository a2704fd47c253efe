#include "adapters/cli/backup/part_file.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "engine/runtime/digest.h"

namespace jinqiao::adapters::cli::backup {
namespace {

using engine::model::Done;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::model::Status;

constexpr std::size_t at_once = std::size_t{256} * 1024;

Error system_error(int number, const std::filesystem::path& where) {
    const ErrorCode code = number == ENOSPC || number == EDQUOT ? ErrorCode::disk_full
                           : number == ENOENT                   ? ErrorCode::not_found
                           : number == EEXIST                   ? ErrorCode::conflict
                                                                : ErrorCode::unavailable;
    return {code, std::strerror(number), where.string()};
}

EVP_MD_CTX* of(void* context) { return static_cast<EVP_MD_CTX*>(context); }

// A crypto library that fails leaves nothing to trust (engine/runtime/digest.h).
void must(int outcome) {
    if (outcome != 1) std::abort();
}

}  // namespace

void Sum::End::operator()(void* context) const { EVP_MD_CTX_free(of(context)); }

Sum::Sum() : context_(EVP_MD_CTX_new()) {
    must(EVP_DigestInit_ex(of(context_.get()), EVP_sha256(), nullptr));
}

void Sum::add(std::string_view bytes) {
    must(EVP_DigestUpdate(of(context_.get()), bytes.data(), bytes.size()));
}

std::string Sum::hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int size = 0;
    must(EVP_DigestFinal_ex(of(context_.get()), bytes.data(), &size));
    return engine::runtime::to_hex(std::span<const unsigned char>(bytes.data(), size));
}

File::File(int descriptor, std::filesystem::path path)
    : descriptor_(descriptor), path_(std::move(path)) {}

File::File(File&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      buffer_(std::move(other.buffer_)) {}

File& File::operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(path_, other.path_);
    std::swap(buffer_, other.buffer_);
    return *this;
}

File::~File() {
    if (descriptor_ >= 0) close(descriptor_);
}

Result<File> File::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return system_error(errno, path);
    return File(descriptor, path);
}

Result<File> File::create(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return system_error(errno, path);
    return File(descriptor, path);
}

Result<std::uint64_t> File::size() const {
    struct stat found {};
    if (fstat(descriptor_, &found) != 0) return system_error(errno, path_);
    return static_cast<std::uint64_t>(found.st_size);
}

Result<std::string_view> File::read(std::uint64_t limit) {
    buffer_.resize(at_once);
    const std::size_t most = limit < at_once ? static_cast<std::size_t>(limit) : at_once;
    for (;;) {
        const ssize_t got = ::read(descriptor_, buffer_.data(), most);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_error(errno, path_);
        return std::string_view(buffer_.data(), static_cast<std::size_t>(got));
    }
}

Status File::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(descriptor_, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return system_error(errno, path_);
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return Done{};
}

Status File::sync() {
    if (fsync(descriptor_) != 0) return system_error(errno, path_);
    return Done{};
}

Result<WorkFolder> WorkFolder::make(const std::filesystem::path& stem) {
    std::string name = stem.string() + "XXXXXX";
    if (mkdtemp(name.data()) == nullptr) return system_error(errno, stem);
    return WorkFolder(name);
}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

WorkFolder& WorkFolder::operator=(WorkFolder&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
}

WorkFolder::~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Status put_in_place(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (std::rename(from.c_str(), to.c_str()) != 0) return system_error(errno, to);
    const auto parent = std::filesystem::absolute(to).parent_path();
    const int folder = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return system_error(errno, parent);
    const bool synced = fsync(folder) == 0 || errno == EINVAL;  // some file systems cannot
    const int number = errno;
    close(folder);
    if (!synced) return system_error(number, parent);
    return Done{};
}

}  // namespace jinqiao::adapters::cli::backup
