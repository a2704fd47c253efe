#include "engine/runtime/canonical.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <vector>

namespace jinqiao::engine::runtime {

namespace {

void write(const boost::json::value& value, std::string& out);

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

// The library's serializer is made for long texts: to begin one costs more than a word or a number
// is worth, and history rows are made of nothing else.
void write_text(std::string_view text, std::string& out) {
    if (std::any_of(text.begin(), text.end(), needs_escape)) {
        out += boost::json::serialize(boost::json::string_view(text));
        return;
    }
    out += '"';
    out += text;
    out += '"';
}

void write_number(std::int64_t number, std::string& out) {
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    out.append(digits, static_cast<std::size_t>(end - digits));
}

void write_object(const boost::json::object& object, std::string& out) {
    std::vector<const boost::json::key_value_pair*> sorted;
    sorted.reserve(object.size());
    for (const auto& member : object) sorted.push_back(&member);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto* left, const auto* right) { return left->key() < right->key(); });
    out += '{';
    for (const auto* member : sorted) {
        if (out.back() != '{') out += ',';
        write_text(member->key(), out);
        out += ':';
        write(member->value(), out);
    }
    out += '}';
}

void write_array(const boost::json::array& array, std::string& out) {
    out += '[';
    for (const auto& item : array) {
        if (&item != array.data()) out += ',';
        write(item, out);
    }
    out += ']';
}

void write(const boost::json::value& value, std::string& out) {
    if (const auto* object = value.if_object()) return write_object(*object, out);
    if (const auto* array = value.if_array()) return write_array(*array, out);
    if (const auto* text = value.if_string()) return write_text(*text, out);
    if (const auto* number = value.if_int64()) return write_number(*number, out);
    out += boost::json::serialize(value);
}

}  // namespace

std::string canonical(const boost::json::value& value) {
    std::string out;
    write(value, out);
    return out;
}

}  // namespace jinqiao::engine::runtime
