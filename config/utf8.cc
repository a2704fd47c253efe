#include "config/utf8.h"

#include <algorithm>
#include <cstdint>

namespace jinqiao::config {

namespace {

// Bytes of the sequence that starts here; 0 if there is none.
std::size_t sequence_length(std::string_view rest) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(rest[i]); };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || rest.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    // Overlong forms, surrogates, and beyond U+10FFFF.
    if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F) ||
        (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F))
        return 0;
    return length;
}

}  // namespace

std::optional<int> first_bad_utf8_line(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequence_length(text.substr(at));
        if (length == 0)
            return 1 + static_cast<int>(
                           std::count(text.begin(), text.begin() + static_cast<long>(at), '\n'));
        at += length;
    }
    return {};
}

}  // namespace jinqiao::config
