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
        else
            read_texts(tree, catalogue, faults);
    }
    return catalogue;
}

}  // namespace jinqiao::config
