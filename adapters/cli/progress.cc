#include "adapters/cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <string>

namespace jinqiao::adapters::cli {

Progress::Progress(std::ostream& err) : err_(err), terminal_(isatty(STDERR_FILENO) == 1) {}

void Progress::show(std::uint64_t done, std::uint64_t all) {
    const auto now = std::chrono::steady_clock::now();
    if (!terminal_ || all == 0 || now < next_) return;
    next_ = now + std::chrono::milliseconds{200};
    constexpr std::uint64_t width = 40;
    const auto filled = static_cast<std::size_t>(std::min(done, all) * width / all);
    err_ << '\r' << '[' << std::string(filled, '#') << std::string(width - filled, ' ') << "] "
         << std::min(done, all) * 100 / all << " %" << std::flush;
    shown_ = true;
}

void Progress::clear() {
    if (shown_) err_ << '\r' << std::string(50, ' ') << '\r' << std::flush;
    shown_ = false;
}

}  // namespace jinqiao::adapters::cli
