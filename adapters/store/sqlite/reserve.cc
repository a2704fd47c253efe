#include "adapters/store/sqlite/reserve.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>
#include <utility>

namespace jinqiao::adapters::store::sqlite {

Reserve::Reserve(std::filesystem::path file, std::uint64_t bytes)
    : file_(std::move(file)), bytes_(bytes) {}

void Reserve::fill() {
    if (full_ || bytes_ == 0) return;
    std::error_code failed;
    if (std::filesystem::file_size(file_, failed) == bytes_ && !failed) {
        full_ = true;
        return;
    }
    const auto space = std::filesystem::space(file_.parent_path(), failed);
    if (failed || space.available / 4 < bytes_) return;
    const int descriptor = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return;
    full_ = ::posix_fallocate(descriptor, 0, static_cast<off_t>(bytes_)) == 0;
    ::close(descriptor);
    if (!full_) std::filesystem::remove(file_, failed);
}

void Reserve::give_up() {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
    full_ = false;
}

}  // namespace jinqiao::adapters::store::sqlite
