#include "adapters/notify/text.h"

#include <algorithm>
#include <cstdint>

namespace jinqiao::adapters::notify {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

std::uint8_t byte(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

bool continues(std::string_view text, std::size_t at) {
    return at < text.size() && (byte(text, at) & 0xC0) == 0x80;
}

std::uint32_t code_point(std::string_view character) {
    if (character.size() == 1) return byte(character, 0);
    std::uint32_t value = byte(character, 0) & (0xFFU >> (character.size() + 1));
    for (std::size_t i = 1; i < character.size(); ++i)
        value = (value << 6) | (byte(character, i) & 0x3FU);
    return value;
}

bool is_control(std::uint32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

// Hands over one character after another; what is malformed as U+FFFD.
template <class Take>
void each_character(std::string_view text, Take take) {
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        take(length == 0 ? replacement : text.substr(0, length));
        text.remove_prefix(length == 0 ? 1 : length);
    }
}

}  // namespace

std::size_t character_length(std::string_view text) {
    if (text.empty()) return 0;
    const std::uint8_t first = byte(text, 0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xC2 && first < 0xE0   ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    for (std::size_t i = 1; i < length; ++i)
        if (!continues(text, i)) return 0;
    if (length < 3) return length;
    const std::uint32_t point = code_point(text.substr(0, length));
    if (length == 3 && (point < 0x800 || (point >= 0xD800 && point < 0xE000))) return 0;
    if (length == 4 && (point < 0x10000 || point > 0x10FFFF)) return 0;
    return length;
}

std::string one_line(std::string_view text) {
    std::string result;
    bool gap = false;
    each_character(text, [&](std::string_view character) {
        if (is_control(code_point(character))) {
            gap = true;
            return;
        }
        if (gap && !result.empty() && result.back() != ' ' && character != " ") result += ' ';
        gap = false;
        result += character;
    });
    return result;
}

std::string crlf_lines(std::string_view text) {
    std::string result;
    bool after_cr = false;
    each_character(text, [&](std::string_view character) {
        const bool second_half = after_cr && character == "\n";
        after_cr = character == "\r";
        if (second_half) return;
        if (character == "\r" || character == "\n")
            result += "\r\n";
        else if (character == "\t" || !is_control(code_point(character)))
            result += character;
    });
    if (!result.ends_with("\r\n")) result += "\r\n";
    return result;
}

std::string clean_lines(std::string_view text) {
    std::string result;
    each_character(text, [&](std::string_view character) {
        if (character == "\n" || character == "\t" || !is_control(code_point(character)))
            result += character;
    });
    return result;
}

std::string calling_nobody(std::string_view text) {
    constexpr std::string_view zero_width_space = "\xE2\x80\x8B";
    std::string result;
    for (const char c : text) {
        result += c;
        if (c == '<' || c == '@') result += zero_width_space;
    }
    return result;
}

}  // namespace jinqiao::adapters::notify
