#include "adapters/echo/request.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>

namespace jinqiao::adapters::echo {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string Asked::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

std::string Asked::parameter(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return {};
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

std::string percent_decoded(std::string_view text, bool plus_is_blank) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low >= 0) {
            result += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            result += plus_is_blank && text[i] == '+' ? ' ' : text[i];
        }
    }
    return result;
}

std::vector<std::string> split(std::string_view text, char mark) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = text.find(mark);
        if (end != 0) parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return parts;
}

Parameters read_form(std::string_view text) {
    Parameters result;
    for (const std::string& part : split(text, '&')) {
        const auto equals = part.find('=');
        const auto value = equals == std::string::npos ? std::string() : part.substr(equals + 1);
        result.emplace_back(percent_decoded(part.substr(0, equals), true),
                            percent_decoded(value, true));
    }
    return result;
}

boost::json::value read_json(const std::string& text) {
    boost::json::parse_options options;
    options.max_depth = 32;
    boost::system::error_code wrong;
    auto value = boost::json::parse(text, wrong, {}, options);
    return wrong ? boost::json::value() : value;
}

const boost::json::value* at(const boost::json::value& value, std::string_view key) {
    const auto* object = value.if_object();
    return object != nullptr ? object->if_contains(key) : nullptr;
}

std::string text_at(const boost::json::value& value, std::string_view key) {
    const auto* found = at(value, key);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

bool is_whole_number(std::string_view text) {
    return !text.empty() && text.size() <= 15 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number_or(std::string_view text, int least, int most, int fallback) {
    int value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    const bool good = read.ec == std::errc{} && read.ptr == end && value >= least && value <= most;
    return good ? value : fallback;
}

std::string masked(std::string_view name) {
    if (name.size() <= 4) return "****";
    const std::size_t keep = name.size() >= 11 ? 4 : 1;
    const std::size_t front = name.size() >= 11 ? name.size() - 8 : 1;
    return shown(std::string(name.substr(0, front)) + "****" +
                 std::string(name.substr(name.size() - keep)));
}

std::string shown(std::string_view text, std::size_t most) {
    std::string result;
    for (const char c : text.substr(0, most))
        result += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    // Not half a character at the end.
    while (!result.empty() && (static_cast<unsigned char>(result.back()) & 0xC0) == 0x80 &&
           text.size() > most)
        result.pop_back();
    if (text.size() > most && !result.empty() && static_cast<unsigned char>(result.back()) >= 0xC0)
        result.pop_back();
    return result;
}

}  // namespace jinqiao::adapters::echo
