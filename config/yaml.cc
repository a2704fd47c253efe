// The only unit that includes the YAML library.

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "config/tree.h"
#include "config/utf8.h"

namespace jinqiao::config {

namespace {

// A file of ours has a few thousand nodes. The limit stops aliases that multiply one another.
constexpr int node_limit = 200'000;
constexpr int depth_limit = 32;

// The library counts bytes; people and their editors count characters.
class Columns {
  public:
    explicit Columns(const std::string& text) : text_(text) {
        for (std::size_t at = 0; at < text.size(); ++at)
            if (text[at] == '\n') starts_.push_back(at + 1);
    }
    int of(const YAML::Mark& mark) const {
        if (mark.line < 0 || static_cast<std::size_t>(mark.line) >= starts_.size())
            return mark.column + 1;
        const auto line =
            std::string_view(text_).substr(starts_[static_cast<std::size_t>(mark.line)],
                                           static_cast<std::size_t>(std::max(mark.column, 0)));
        return 1 + static_cast<int>(std::count_if(line.begin(), line.end(), [](char c) {
                   return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
               }));
    }

  private:
    const std::string& text_;
    std::vector<std::size_t> starts_{0};  // of each line
};

class Walk {
  public:
    Walk(std::shared_ptr<const std::string> file, const Columns& columns, Faults& faults)
        : file_(std::move(file)), columns_(columns), faults_(faults) {}

    Tree convert(const YAML::Node& node, const std::string& path, int depth = 0) {
        Tree tree = empty(node.Mark(), path);
        if (++nodes_ > node_limit || depth > depth_limit) {
            if (!refused_) add(faults_, tree, {"check.yaml_size", {}}, {"check.found.larger", {}});
            refused_ = true;
            return tree;
        }
        check_tag(node, tree);
        if (node.IsScalar()) {
            tree.kind = Tree::Kind::scalar;
            tree.text = node.Scalar();
            tree.quoted = node.Tag() == "!";
        } else if (node.IsSequence()) {
            tree.kind = Tree::Kind::list;
            for (const YAML::Node& item : node) {
                if (refused_) break;
                tree.items.push_back(
                    convert(item, join(path, std::to_string(tree.items.size())), depth + 1));
            }
        } else if (node.IsMap()) {
            tree.kind = Tree::Kind::map;
            for (const auto& pair : node) {
                if (refused_) break;
                entry(tree, pair.first, pair.second, depth);
            }
        }
        return tree;
    }

  private:
    static std::string join(const std::string& path, const std::string& key) {
        return path.empty() ? key : path + "." + key;
    }

    Tree empty(const YAML::Mark& mark, const std::string& path) const {
        Tree tree;
        tree.file = file_;
        tree.path = path;
        tree.line = mark.line + 1;
        tree.column = columns_.of(mark);
        return tree;
    }

    void check_tag(const YAML::Node& node, const Tree& tree) {
        const std::string& tag = node.Tag();
        if (!tag.empty() && tag != "?" && tag != "!")
            add(faults_, tree, {"check.no_tag", {}}, {"check.found.value", {{"value", tag}}});
    }

    void entry(Tree& map, const YAML::Node& key, const YAML::Node& value, int depth) {
        if (!key.IsScalar()) {
            add(faults_, empty(key.Mark(), map.path), {"check.key", {}}, {"check.found.map", {}});
            return;
        }
        const std::string name = key.Scalar();
        const std::string path = join(map.path, name);
        if (const Tree* first = map.find(name)) {
            add(faults_, empty(key.Mark(), path), {"check.once", {}},
                {"check.found.again", {{"line", std::to_string(first->line)}}});
            return;
        }
        Tree converted = convert(value, path, depth + 1);
        // A fault about an entry is looked for where its key stands, not on the line below.
        converted.line = key.Mark().line + 1;
        converted.column = columns_.of(key.Mark());
        map.entries.emplace_back(name, std::move(converted));
    }

    std::shared_ptr<const std::string> file_;
    const Columns& columns_;
    Faults& faults_;
    int nodes_ = 0;
    bool refused_ = false;
};

class Ignore final : public YAML::EventHandler {
  public:
    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  const std::string&) override {}
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}
};

// How many documents there are, at most two. The library's own loop over them (LoadAll) never ends
// on a file that begins with a stray comma: it goes on without moving forward.
int count_documents(const std::string& text) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    Ignore ignore;
    int count = 0;
    while (count < 2 && parser.HandleNextDocument(ignore)) ++count;
    return count;
}

Tree of_file(const std::string& name) {
    Tree tree;
    tree.file = std::make_shared<const std::string>(name);
    return tree;
}

}  // namespace

Tree read_yaml_text(const std::string& text, const std::string& file_name, Faults& faults) {
    Tree nowhere = of_file(file_name);
    if (const auto bad = first_bad_utf8_line(text)) {
        nowhere.line = *bad;
        nowhere.column = 1;
        add(faults, nowhere, {"check.utf8", {}}, {"check.found.bytes", {}});
        return nowhere;
    }
    const Columns columns(text);
    try {
        const int documents = count_documents(text);
        const YAML::Node root = documents == 1 ? YAML::Load(text) : YAML::Node();
        if (!root.IsMap()) {
            const char* found = documents == 0   ? "check.found.nothing"
                                : documents == 1 ? "check.found.no_map"
                                                 : "check.found.documents";
            add(faults, nowhere, {"check.one_map", {}}, {found, {}});
            return nowhere;
        }
        return Walk(nowhere.file, columns, faults).convert(root, "");
    } catch (const YAML::Exception& error) {
        nowhere.line = error.mark.line + 1;
        nowhere.column = columns.of(error.mark);
        add(faults, nowhere, {"check.yaml", {}}, {"check.found.value", {{"value", error.msg}}});
        return nowhere;
    }
}

Tree read_yaml(const std::filesystem::path& file, Faults& faults) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    if (stream) text << stream.rdbuf();
    if (!stream || stream.bad()) {
        Tree nowhere = of_file(file.string());
        add(faults, nowhere, {"check.file", {}}, {"check.found.nothing", {}});
        return nowhere;
    }
    return read_yaml_text(text.str(), file.string(), faults);
}

}  // namespace jinqiao::config
