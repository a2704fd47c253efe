#include "adapters/store/sqlite/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace jinqiao::adapters::store::sqlite {

namespace model = engine::model;

namespace {

model::Error cannot_open(const std::filesystem::path& file, int number) {
    return {model::ErrorCode::unavailable, "cannot open: " + std::system_category().message(number),
            file.string()};
}

}  // namespace

model::Result<LockFile> LockFile::take(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return cannot_open(file, errno);
    LockFile lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return model::Error{model::ErrorCode::busy, "another process has this store open",
                            file.string()};
    }
    return lock;
}

LockFile::LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

LockFile::~LockFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

model::Status create_private(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        ::close(descriptor);
        return model::Done{};
    }
    if (errno == EEXIST) return model::Done{};
    return cannot_open(file, errno);
}

}  // namespace jinqiao::adapters::store::sqlite
