#include <algorithm>

#include "config/files.h"
#include "config/map.h"

namespace jinqiao::config {

using engine::model::Text;

namespace {

// A code worded twice would be worded by whichever file is read last.
void read_texts(const Tree& tree, Catalogue& into, Faults& faults) {
    Map map(tree, faults);
    for (const auto& [code, value] : tree.entries) {
        Text text = map.words(code);
        if (!into.texts.emplace(code, std::move(text)).second)
            add(faults, value, {"check.code_once", {}}, {"check.found.value", {{"value", code}}});
    }
}

void read_notices(const Tree& tree, Catalogue& into, Faults& faults) {
    Map map(tree, faults);
    for (const auto& [event, value] : tree.entries) {
        map.take(event);
        Map notice(value, faults);
        NoticeText text;
        text.subject = notice.words("subject");
        text.text = notice.words("text");
        into.notices.emplace(event, std::move(text));
    }
}

// Of a set an event may leave out either.
void read_set(const Tree& tree, Catalogue::Notices& into, Faults& faults) {
    Map map(tree, faults);
    for (const auto& [event, value] : tree.entries) {
        map.take(event);
        Map notice(value, faults);
        NoticeText text;
        if (notice.has("subject")) text.subject = notice.words("subject");
        if (notice.has("text")) text.text = notice.words("text");
        into.emplace(event, std::move(text));
    }
}

// "short" of notices.short.yaml; empty: it is no such file.
std::string set_of(const std::filesystem::path& file) {
    constexpr std::string_view before = "notices.", after = ".yaml";
    const std::string name = file.filename().string();
    if (!name.starts_with(before) || name.size() <= before.size() + after.size()) return {};
    return name.substr(before.size(), name.size() - before.size() - after.size());
}

}  // namespace

std::vector<std::filesystem::path> yaml_files(const std::filesystem::path& folder, Faults& faults) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error))
        if (it->path().extension() == ".yaml") files.push_back(it->path());
    if (error || files.empty()) {
        Tree at;
        at.file = std::make_shared<const std::string>(folder.string());
        add(faults, at, {"check.folder", {}}, {"check.found.nothing", {}});
    }
    std::sort(files.begin(), files.end());
    return files;
}

Catalogue load_texts(const std::filesystem::path& folder, Faults& faults) {
    Catalogue catalogue;
    for (const auto& file : yaml_files(folder, faults)) {
        const Tree tree = read_yaml(file, faults);
        if (file.filename() == "notices.yaml")
            read_notices(tree, catalogue, faults);
        else if (const std::string set = set_of(file); !set.empty())
            read_set(tree, catalogue.sets[set], faults);
        else
            read_texts(tree, catalogue, faults);
    }
    return catalogue;
}

}  // namespace jinqiao::config
