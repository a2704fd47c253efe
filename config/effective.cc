#include "config/effective.h"

#include <algorithm>
#include <set>

namespace jinqiao::config {

namespace fs = std::filesystem;

namespace {

bool is_policy_or_service(const fs::path& relative) {
    const auto top = relative.begin()->string();
    return relative.extension() == ".yaml" && top != "texts" && top != "demo" &&
           top != "situations.yaml";
}

std::vector<fs::path> files_of(const fs::path& folder) {
    std::vector<fs::path> out;
    std::error_code wrong;
    for (fs::recursive_directory_iterator each(folder, wrong), end; !wrong && each != end;
         each.increment(wrong))
        if (is_policy_or_service(each->path().lexically_relative(folder)))
            out.push_back(each->path());
    std::sort(out.begin(), out.end());
    return out;
}

class Listing {
  public:
    Listing(const fs::path& folder, const Ledger& ledger) : folder_(folder), ledger_(ledger) {
        for (const auto& entry : ledger.entries())
            if (entry.kind == Ledger::Entry::Kind::secret)
                secrets_.insert(entry.file + ":" + entry.path);
    }

    void add(const fs::path& file) {
        Faults faults;  // none: the configuration is sound
        stem_ = file.lexically_relative(folder_).replace_extension().generic_string();
        std::replace(stem_.begin(), stem_.end(), '/', '.');
        file_ = file.string();
        add(read_yaml(file, faults));
        std::set<std::string> told;
        for (const auto& entry : ledger_.entries())
            if (entry.kind == Ledger::Entry::Kind::fallback && entry.file == file_ &&
                told.insert(entry.path).second)
                out_.push_back(
                    {Effective::Origin::fallback, key_of(entry.path), entry.value, file_, 0});
    }

    std::vector<Effective> take() { return std::move(out_); }

  private:
    void add(const Tree& tree) {
        if (secrets_.contains(file_ + ":" + tree.path)) return add_secret(tree);
        if (tree.kind == Tree::Kind::map && !tree.entries.empty()) {
            for (const auto& [key, value] : tree.entries) add(value);
            return;
        }
        if (tree.kind == Tree::Kind::list && !tree.items.empty()) {
            for (const auto& item : tree.items) add(item);
            return;
        }
        const char* empty = tree.kind == Tree::Kind::list ? "[]" : "{}";
        put(Effective::Origin::file, tree, tree.kind == Tree::Kind::scalar ? tree.text : empty);
    }

    void add_secret(const Tree& tree) {
        const Tree* where = tree.find("file");
        std::string kind = "file ";
        if (where == nullptr) {
            where = tree.find("env");
            kind = "env ";
        }
        put(Effective::Origin::secret, tree, where == nullptr ? std::string() : kind + where->text);
    }

    // "channels.file.kind": a file whose only key is its own name is not named twice.
    std::string key_of(const std::string& path) const {
        return path.starts_with(stem_ + ".") ? path : stem_ + "." + path;
    }

    void put(Effective::Origin origin, const Tree& tree, std::string value) {
        if (tree.path.empty()) return;  // a file of comments
        out_.push_back({origin, key_of(tree.path), std::move(value), file_, tree.line});
    }

    const fs::path& folder_;
    const Ledger& ledger_;
    std::set<std::string> secrets_;
    std::string stem_, file_;
    std::vector<Effective> out_;
};

}  // namespace

std::vector<Effective> effective(const fs::path& folder, const Ledger& ledger) {
    Listing listing(folder, ledger);
    for (const auto& file : files_of(folder)) listing.add(file);
    return listing.take();
}

}  // namespace jinqiao::config
