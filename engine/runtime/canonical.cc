#include "engine/runtime/canonical.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <vector>

#include "engine/model/json_writer.h"

namespace jinqiao::engine::runtime {

namespace {

void write(const boost::json::value& value, std::string& out);

void write_object(const boost::json::object& object, std::string& out) {
    std::vector<const boost::json::key_value_pair*> sorted;
    sorted.reserve(object.size());
    for (const auto& member : object) sorted.push_back(&member);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto* left, const auto* right) { return left->key() < right->key(); });
    out += '{';
    for (const auto* member : sorted) {
        if (out.back() != '{') out += ',';
        model::append_json(member->key(), out);
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
    if (const auto* text = value.if_string()) return model::append_json(*text, out);
    if (const auto* number = value.if_int64()) return model::append_json(*number, out);
    out += boost::json::serialize(value);
}

}  // namespace

std::string canonical(const boost::json::value& value) {
    std::string out;
    write(value, out);
    return out;
}

}  // namespace jinqiao::engine::runtime
