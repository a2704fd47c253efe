#include "adapters/http/disposition.h"

#include <algorithm>
#include <array>

#include "adapters/http/token.h"

namespace jinqiao::adapters::http {

namespace {

constexpr std::size_t longest_name = 150;

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// UTF-8''%e5%b7%a5… (RFC 8187)
std::optional<std::string> extended(std::string_view value) {
    const auto first = value.find('\'');
    const auto second = first == value.npos ? first : value.find('\'', first + 1);
    if (second == value.npos || !same_word(value.substr(0, first), "utf-8")) return {};
    std::string out;
    for (std::size_t i = second + 1; i < value.size(); ++i) {
        if (value[i] != '%') {
            out += value[i];
            continue;
        }
        if (i + 2 >= value.size() || digit(value[i + 1]) < 0 || digit(value[i + 2]) < 0) return {};
        out += static_cast<char>(digit(value[i + 1]) * 16 + digit(value[i + 2]));
        i += 2;
    }
    return out;
}

// One parameter from the front of `rest`: a token or a quoted string.
std::optional<std::string> take_value(std::string_view& rest) {
    std::string out;
    rest = trimmed(rest);
    if (!rest.starts_with('"')) {
        const auto end = std::min(rest.find(';'), rest.size());
        out = trimmed(rest.substr(0, end));
        rest.remove_prefix(end);
        return out;
    }
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == '"') {
            rest = trimmed(rest.substr(i + 1));
            if (!rest.empty() && rest.front() != ';') return {};
            return out;
        }
        if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
        out += rest[i];
    }
    return {};
}

// The character at the front; none if it is not UTF-8.
std::optional<char32_t> take_character(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const std::size_t size = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
    if (size == 0 || text.size() < size) return {};
    char32_t out = size == 1 ? lead : lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return {};
        out = (out << 6U) | (byte(i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (out < least[size] || out > 0x10FFFF || (out >= 0xD800 && out < 0xE000)) return {};
    text.remove_prefix(size);
    return out;
}

// Nobody sees it, and it makes "gpj.exe" read as "exe.jpg".
bool hidden(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

}  // namespace

std::optional<std::string> file_name_of(std::string_view field) {
    auto rest = field.substr(std::min(field.find(';'), field.size()));
    std::string plain;
    std::optional<std::string> better;
    while (!rest.empty()) {
        rest = trimmed(rest.substr(1));
        if (rest.empty()) break;
        const auto equals = rest.find('=');
        if (equals == rest.npos) return {};
        const auto name = trimmed(rest.substr(0, equals));
        rest.remove_prefix(equals + 1);
        const auto value = take_value(rest);
        if (!value) return {};
        if (same_word(name, "filename")) plain = *value;
        if (same_word(name, "filename*")) {
            better = extended(*value);
            if (!better) return {};
        }
    }
    return better ? *better : plain;
}

std::optional<std::string> tidy_file_name(std::string_view name, std::string_view extension) {
    if (const auto slash = name.find_last_of("/\\"); slash != name.npos)
        name.remove_prefix(slash + 1);
    std::string out;
    std::size_t characters = 0;
    while (!name.empty()) {
        const auto before = name;
        const auto c = take_character(name);
        if (!c) return {};
        if (hidden(*c) || characters == longest_name) continue;
        out += before.substr(0, before.size() - name.size());
        ++characters;
    }
    while (!out.empty() && (out.front() == '.' || out.front() == ' ')) out.erase(0, 1);
    while (!out.empty() && (out.back() == '.' || out.back() == ' ')) out.pop_back();
    if (out.empty()) out = "file";
    const bool ends_so =
        out.size() > extension.size() &&
        same_word(std::string_view(out).substr(out.size() - extension.size()), extension);
    const bool jpeg = extension == ".jpg" && out.size() > 5 &&
                      same_word(std::string_view(out).substr(out.size() - 5), ".jpeg");
    return ends_so || jpeg ? out : out + std::string(extension);
}

std::string attachment(std::string_view name) {
    std::string plain;
    std::string encoded;
    static constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                            (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
        if (letter || c == ' ')
            plain += c;
        else if (byte < 0x80 || byte >= 0xC0)
            plain += '_';  // one for each character, however many bytes it has
        if (letter)
            encoded += c;
        else
            encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

}  // namespace jinqiao::adapters::http
