#include "engine/model/json_writer.h"

#include <array>
#include <boost/json/serialize.hpp>
#include <charconv>

namespace jinqiao::engine::model {

namespace json = boost::json;

namespace {

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

void append_escape(char c, std::string& out) {
    static constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
        case '"':
        case '\\':
            (out += '\\') += c;
            return;
        case '\n':
            out += "\\n";
            return;
        case '\t':
            out += "\\t";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        default:
            const auto code = static_cast<unsigned char>(c);
            ((out += "\\u00") += digits[code >> 4U]) += digits[code & 0x0fU];
    }
}

}  // namespace

void append_json(std::string_view text, std::string& out) {
    out += '"';
    std::size_t plain = 0;  // from here on nothing had to be escaped
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!needs_escape(text[i])) continue;
        out.append(text, plain, i - plain);
        append_escape(text[i], out);
        plain = i + 1;
    }
    out.append(text, plain);
    out += '"';
}

void append_json(std::int64_t number, std::string& out) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

// A text ends in a quote whatever it holds, so the last character says what stands before.
void JsonWriter::separate() {
    if (text_.empty()) return;
    const char last = text_.back();
    if (last != '{' && last != '[' && last != ':') text_ += ',';
}

JsonWriter& JsonWriter::begin(char bracket) {
    separate();
    text_ += bracket;
    return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
    text_ += bracket;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    append_json(name, text_);
    text_ += ':';
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    append_json(text, text_);
    return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
    separate();
    append_json(number, text_);
    return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
    separate();
    text_ += flag ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::value(const json::object& tree) {
    begin_object();
    for (const auto& [name, content] : tree) member(name, content);
    return end_object();
}

JsonWriter& JsonWriter::value(const json::value& tree) {
    if (const auto* object = tree.if_object()) return value(*object);
    if (const auto* array = tree.if_array()) {
        begin_array();
        for (const auto& item : *array) value(item);
        return end_array();
    }
    if (const auto* text = tree.if_string()) return value(std::string_view(*text));
    if (const auto* number = tree.if_int64()) return value(*number);
    if (const auto* flag = tree.if_bool()) return value(*flag);
    separate();
    text_ += json::serialize(tree);
    return *this;
}

}  // namespace jinqiao::engine::model
