#include "adapters/cli/system.h"

#include <sys/random.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <string_view>

namespace jinqiao::adapters::cli {

engine::time::Instant SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string TimeOrderedIds::next(engine::time::Instant at) {
    static constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
    // 48 bits of time and 80 random ones, most significant first, five to a character: 128 bits
    // fill 26 characters with two leading zero bits to spare.
    const auto ms = static_cast<std::uint64_t>(engine::time::to_ms(at)) & 0xFFFFFFFFFFFFULL;
    const std::uint64_t high = (ms << 16) | (random_() & 0xFFFFULL);
    const std::uint64_t low = random_();
    const auto bits = [&](int from) {  // five bits, `from` counted from the least significant one
        std::uint64_t value = 0;
        for (int i = 4; i >= 0; --i) {
            const int at_bit = from + i;
            const std::uint64_t bit = at_bit >= 128  ? 0
                                      : at_bit >= 64 ? (high >> (at_bit - 64)) & 1
                                                     : (low >> at_bit) & 1;
            value = (value << 1) | bit;
        }
        return static_cast<std::size_t>(value);
    };
    std::string id;
    id.reserve(26);
    for (int from = 125; from >= 0; from -= 5) id += digits[bits(from)];
    return id;
}

std::uint64_t system_random() {
    std::uint64_t value = 0;
    while (getrandom(&value, sizeof value, 0) != static_cast<ssize_t>(sizeof value))
        if (errno != EINTR) std::abort();
    return value;
}

}  // namespace jinqiao::adapters::cli
