#pragma once

#include <boost/json/value.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/fault.h"

namespace jinqiao::config {

// A YAML value with its place and path. All readers work on this rather than on the library's
// nodes: the library keeps duplicate keys and guesses types, and a pinned policy comes as JSON.
struct Tree {
    enum class Kind { nothing, scalar, list, map };

    Kind kind = Kind::nothing;
    std::string text;     // of a scalar, as written
    bool quoted = false;  // "12" is a text, 12 may be a number
    int line = 0, column = 0;
    std::string path;
    std::shared_ptr<const std::string> file;
    std::vector<std::pair<std::string, Tree>> entries;  // of a map, in file order, keys unique
    std::vector<Tree> items;                            // of a list

    const Tree* find(std::string_view key) const;
};

// Reads one document. Strict: duplicate keys, several documents, tags, anchors' merge keys, broken
// UTF-8 and keys that are not plain texts are faults. What could be read is returned even so.
Tree read_yaml(const std::filesystem::path& file, Faults& faults);
Tree read_yaml_text(const std::string& text, const std::string& file_name, Faults& faults);

// Canonical JSON: keys sorted, plain scalars that look like integers or booleans typed, all other
// scalars texts. Comments, order and spacing of the YAML do not show.
boost::json::value to_json(const Tree& tree);
std::string canonical(const boost::json::value& value);
// The way back; places are empty.
Tree tree_of(const boost::json::value& value, const std::string& path = {});

// Notes a fault at the tree's place.
Fault& add(Faults& faults, const Tree& at, engine::model::Message expected,
           engine::model::Message found, std::string_view nearest = {});
// "nothing", "a list", "a map", or the scalar as written.
engine::model::Message found_in(const Tree& tree);
engine::model::Message found_at(const Tree& map, std::string_view key);  // absent: "nothing"

}  // namespace jinqiao::config
