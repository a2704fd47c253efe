#include "adapters/notify/syslog/message.h"

#include <algorithm>

#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::syslog {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";  // says: this is UTF-8

std::string field(std::string_view text, std::size_t most, std::string_view forbidden = {}) {
    if (text.empty()) return "-";
    std::string result(text.substr(0, most));
    for (char& c : result)
        if (c <= ' ' || c > '~' || forbidden.find(c) != std::string_view::npos) c = '_';
    return result;
}

std::string name(std::string_view text) { return field(text, 32, "= ]\""); }

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : one_line(text)) {
        if (c == '"' || c == '\\' || c == ']') result += '\\';
        result += c;
    }
    return result;
}

std::string structured(const Message& message) {
    if (message.element.empty()) return "-";
    std::string result = "[" + name(message.element);
    for (const auto& [key, value] : message.parameters)
        result += " " + name(key) + "=\"" + escaped(value) + "\"";
    return result + "]";
}

}  // namespace

std::string format(const Message& message, std::size_t most, std::string_view keep) {
    std::string result = "<" + std::to_string(message.facility * 8 + message.severity) + ">1 " +
                         field(message.timestamp, 32) + " " + field(message.host, 255) + " " +
                         field(message.app, 48) + " " + field(message.process, 128) + " " +
                         field(message.id, 32) + " " + structured(message);
    if (message.text.empty()) return result;
    result.append(" ").append(byte_order_mark);
    // The line to keep is found while there are lines.
    const std::string whole = one_line(message.text);
    const std::size_t room = most - std::min(most, result.size());
    return result +
           (whole.size() <= room ? whole : one_line(fit(clean_lines(message.text), room, keep)));
}

std::string framed(std::string_view message) {
    return std::to_string(message.size()) + " " + std::string(message);
}

}  // namespace jinqiao::adapters::notify::syslog
