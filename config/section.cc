#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "config/ledger.h"
#include "config/load.h"
#include "config/map.h"
#include "config/secret.h"

namespace jinqiao::config {

using engine::ports::Section;
using std::chrono::milliseconds;

namespace {

const Tree& empty_map() {
    static const Tree tree = [] {
        Tree empty;
        empty.kind = Tree::Kind::map;
        return empty;
    }();
    return tree;
}

std::string without_line_end(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

std::string from_file(Map& source) {
    const std::string name = source.required_text("file");
    const std::filesystem::path base = std::filesystem::path(*source.tree().file).parent_path();
    std::ifstream stream(base / name, std::ios::binary);
    std::ostringstream content;
    if (stream) content << stream.rdbuf();
    std::string value = without_line_end(content.str());
    if (value.empty())
        source.fault("file", {"check.secret_file", {}}, {"check.found.value", {{"value", name}}});
    return value;
}

std::string from_environment(Map& source) {
    const std::string name = source.required_text("env");
    const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): start-up
    if (value != nullptr && *value != '\0') return value;
    source.fault("env", {"check.secret_env", {}}, {"check.found.value", {{"value", name}}});
    return {};
}

// Section over a Map: closing it (destroying the Map) reports the keys nobody asked for.
class MapSection final : public Section {
  public:
    MapSection(const Tree& tree, Faults& faults) : map_(tree, faults) {}

    // `kind` was read by whoever chose the adapter.
    static std::unique_ptr<MapSection> of_channel(const Tree& tree, Faults& faults) {
        auto section = std::make_unique<MapSection>(tree, faults);
        section->map_.take("kind");
        return section;
    }

    std::string text(std::string_view key, std::string_view fallback) override {
        return map_.text(key, fallback);
    }
    std::string required_text(std::string_view key) override { return map_.required_text(key); }
    std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most,
                         std::int64_t fallback) override {
        return map_.integer(key, least, most, fallback);
    }
    bool flag(std::string_view key, bool fallback) override { return map_.flag(key, fallback); }
    milliseconds span(std::string_view key, milliseconds fallback) override {
        return map_.span(key, fallback);
    }
    std::vector<std::string> texts(std::string_view key) override { return map_.texts(key); }

    std::unique_ptr<Section> section(std::string_view key) override {
        const Tree* tree = map_.take(key);
        return std::make_unique<MapSection>(tree == nullptr ? empty_map() : *tree, map_.faults());
    }

    std::vector<std::string> keys() const override {
        std::vector<std::string> names;
        for (const auto& [name, value] : map_.tree().entries) names.push_back(name);
        return names;
    }
    bool has(std::string_view key) const override { return map_.has(key); }

    void fault(std::string_view key, std::string_view expected, std::string_view found) override {
        map_.fault(key, {"check.adapter", {{"expected", std::string(expected)}}},
                   {"check.found.value", {{"value", std::string(found)}}});
    }

    std::string secret(std::string_view key, bool required) override {
        return secret_of(map_, key, required);
    }

  private:
    Map map_;
};

}  // namespace

std::string secret_of(Map& map, std::string_view key, bool required) {
    const Tree* tree = required ? map.need(key) : map.take(key);
    if (tree == nullptr) return {};
    Ledger::secret(*tree);
    if (tree->kind != Tree::Kind::map) {
        // The value may be the secret itself: it is not repeated.
        add(map.faults(), *tree, {"check.secret", {}}, {"check.found.hidden", {}});
        return {};
    }
    Map source(*tree, map.faults());
    if (source.has("file") == source.has("env")) {
        source.ignore_rest();
        add(map.faults(), *tree, {"check.secret", {}},
            {source.has("file") ? "check.found.both" : "check.found.nothing", {}});
        return {};
    }
    return source.has("file") ? from_file(source) : from_environment(source);
}

std::unique_ptr<Section> open(const ChannelConfig& channel, Faults& faults) {
    return MapSection::of_channel(*channel.options, faults);
}

}  // namespace jinqiao::config
