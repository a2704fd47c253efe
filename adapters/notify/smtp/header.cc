#include "adapters/notify/smtp/header.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "adapters/notify/base64.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::smtp {
namespace {

constexpr std::size_t longest_line = 76;  // RFC 2047, 2: of a line that holds an encoded word
constexpr std::size_t longest_word = 75;
constexpr std::string_view opening = "=?UTF-8?B?";
constexpr std::string_view closing = "?=";

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// As many whole characters as fit into `most` bytes, one at least.
std::string_view whole_characters(std::string_view text, std::size_t most) {
    std::size_t end = 0;
    while (end < text.size()) {
        const std::size_t length = character_length(text.substr(end));
        if (end > 0 && end + length > most) break;
        end += length;
    }
    return text.substr(0, end);
}

// Encoded words after a line that has `used` characters already. White space between two of them
// is not part of the text.
std::string encoded_words(std::string_view text, std::size_t used) {
    std::string result;
    while (!text.empty()) {
        const std::size_t room =
            std::min(longest_word, longest_line - used) - opening.size() - closing.size();
        const auto part = whole_characters(text, room / 4 * 3);
        if (!result.empty()) result += "\r\n ";
        result.append(opening).append(base64(part)).append(closing);
        text.remove_prefix(part.size());
        used = 1;
    }
    return result;
}

std::string put_in_quotes(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

std::string opened(std::string_view name) { return std::string(name) + ": "; }

bool fits(std::string_view text, std::size_t used) { return used + text.size() <= longest_line; }

// "=?" in plain text would be read as an encoded word; blanks at an end would be lost.
bool stands_for_itself(std::string_view text) {
    return is_plain(text) && text.find("=?") == std::string_view::npos && !text.starts_with(' ') &&
           !text.ends_with(' ');
}

}  // namespace

std::string text_header(std::string_view name, std::string_view text) {
    std::string line = opened(name);
    const std::string value = one_line(text);
    if (stands_for_itself(value) && fits(value, line.size()))
        line += value;
    else
        line += encoded_words(value, line.size());
    return line + "\r\n";
}

std::string address_header(std::string_view name, std::string_view display,
                           std::string_view mailbox) {
    std::string line = opened(name);
    const std::string shown = one_line(display);
    if (shown.empty()) return line.append(mailbox) + "\r\n";
    const std::string in_quotes = put_in_quotes(shown);
    if (stands_for_itself(shown) && fits(in_quotes, line.size()))
        line += in_quotes;
    else
        line += encoded_words(shown, line.size());
    return line.append("\r\n <").append(mailbox).append(">\r\n");
}

std::string date_header(engine::time::Instant at) {
    static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed",
                                                     "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                  days.at(std::chrono::weekday(day).c_encoding()),
                  static_cast<unsigned>(date.day()),
                  months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return opened("Date") + text.data() + "\r\n";
}

std::string message_id(std::string_view identifier, std::string_view domain) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    static constexpr std::string_view marks = "-_+";
    std::string result = "<";
    for (const char c : identifier) {
        const auto byte = static_cast<unsigned char>(c);
        const bool stays = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') || marks.find(c) != std::string_view::npos;
        if (stays)
            result += c;
        else
            result.append({'=', digits[byte >> 4], digits[byte & 15]});
    }
    return result.append("@").append(domain).append(">");
}

}  // namespace jinqiao::adapters::notify::smtp
