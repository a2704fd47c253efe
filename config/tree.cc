#include "config/tree.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <optional>

namespace jinqiao::config {

namespace json = boost::json;
using engine::model::Message;

namespace {

// 0, 7, -12: what both YAML and JSON would write for the same whole number. "08" stays a text.
std::optional<std::int64_t> whole_number(std::string_view text) {
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || (digits.size() > 1 && digits[0] == '0') || text == "-0") return {};
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

std::string below(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + "." + std::string(key);
}

json::value scalar_to_json(const Tree& tree) {
    if (tree.quoted) return json::value(tree.text);
    if (tree.text == "true") return true;
    if (tree.text == "false") return false;
    if (const auto number = whole_number(tree.text)) return *number;
    return json::value(tree.text);
}

void write_sorted(const json::object& object, std::string& out);

void write(const json::value& value, std::string& out) {
    if (value.is_object()) return write_sorted(value.get_object(), out);
    if (!value.is_array()) {
        out += json::serialize(value);
        return;
    }
    out += '[';
    for (bool first = true; const json::value& item : value.get_array()) {
        if (!first) out += ',';
        first = false;
        write(item, out);
    }
    out += ']';
}

void write_sorted(const json::object& object, std::string& out) {
    std::vector<const json::key_value_pair*> pairs;
    pairs.reserve(object.size());
    for (const auto& pair : object) pairs.push_back(&pair);
    std::sort(pairs.begin(), pairs.end(),
              [](const auto* a, const auto* b) { return a->key() < b->key(); });
    out += '{';
    for (bool first = true; const auto* pair : pairs) {
        if (!first) out += ',';
        first = false;
        out += json::serialize(json::string(pair->key()));
        out += ':';
        write(pair->value(), out);
    }
    out += '}';
}

}  // namespace

const Tree* Tree::find(std::string_view key) const {
    for (const auto& [name, value] : entries)
        if (name == key) return &value;
    return nullptr;
}

json::value to_json(const Tree& tree) {
    switch (tree.kind) {
        case Tree::Kind::nothing:
            return nullptr;
        case Tree::Kind::scalar:
            return scalar_to_json(tree);
        case Tree::Kind::list: {
            json::array list;
            for (const Tree& item : tree.items) list.push_back(to_json(item));
            return list;
        }
        case Tree::Kind::map:
            break;
    }
    json::object map;
    for (const auto& [key, value] : tree.entries) map.emplace(key, to_json(value));
    return map;
}

std::string canonical(const json::value& value) {
    std::string out;
    write(value, out);
    return out;
}

Tree tree_of(const json::value& value, const std::string& path) {
    static const auto nowhere = std::make_shared<const std::string>();
    Tree tree;
    tree.path = path;
    tree.file = nowhere;
    if (value.is_object()) {
        tree.kind = Tree::Kind::map;
        for (const auto& pair : value.get_object())
            tree.entries.emplace_back(pair.key(), tree_of(pair.value(), below(path, pair.key())));
    } else if (value.is_array()) {
        tree.kind = Tree::Kind::list;
        for (const json::value& item : value.get_array())
            tree.items.push_back(tree_of(item, below(path, std::to_string(tree.items.size()))));
    } else if (!value.is_null()) {
        tree.kind = Tree::Kind::scalar;
        tree.quoted = value.is_string();
        tree.text = tree.quoted ? std::string(value.get_string()) : json::serialize(value);
    }
    return tree;
}

Fault& add(Faults& faults, const Tree& at, Message expected, Message found,
           std::string_view nearest) {
    Fault fault;
    fault.file = at.file ? *at.file : std::string();
    fault.line = at.line;
    fault.column = at.column;
    fault.path = at.path;
    fault.expected = std::move(expected);
    fault.found = std::move(found);
    fault.nearest = nearest;
    return faults.emplace_back(std::move(fault));
}

Message found_at(const Tree& map, std::string_view key) {
    const Tree* value = map.find(key);
    return value == nullptr ? Message{"check.found.nothing", {}} : found_in(*value);
}

Message found_in(const Tree& tree) {
    switch (tree.kind) {
        case Tree::Kind::nothing:
            return {"check.found.nothing", {}};
        case Tree::Kind::list:
            return {"check.found.list", {}};
        case Tree::Kind::map:
            return {"check.found.map", {}};
        case Tree::Kind::scalar:
            break;
    }
    return {"check.found.value", {{"value", tree.text}}};
}

}  // namespace jinqiao::config
