#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/model/result.h"

namespace jinqiao::adapters::console {

using Fields = std::vector<std::pair<std::string, std::string>>;

// One file of the console, ready to be sent.
struct File {
    std::string type;                 // media type
    std::string plain, gzip;          // gzip empty: it would hardly be smaller
    std::string plain_tag, gzip_tag;  // strong entity tags, quotes included
    Fields fields;                    // of the answer: how long it may be kept, what it may do
};

// The built web console, held in memory: whatever `npm run build` wrote into one folder.
//
// Paths    A path is looked up among the names there were at start and nothing is opened for it, so
//          there is no way out of the folder. What lies under assets/ is named by its content and
//          may be kept for good; any path that names no file is one of the console's own pages,
//          which index.html draws.
// Threads  Never changes after load(); any thread.
class Site {
  public:
    // Error{not_found}: there is no console in this folder. Error{invalid}: what is there is none,
    // or larger than any console; `where` is the file.
    static engine::model::Result<Site> load(const std::filesystem::path& folder);

    // `segments` of a decoded path. Null: it is under assets/ and names no file.
    const File* find(const std::vector<std::string>& segments) const;

    std::size_t count() const { return files_.size(); }
    std::size_t bytes() const { return bytes_; }  // in memory

  private:
    engine::model::Status add(const std::filesystem::path& file, std::string name);

    std::map<std::string, File, std::less<>> files_;  // "assets/index-4f1b.js"
    std::size_t bytes_ = 0;
};

// By the end of the name; empty: no file of a console ends so.
std::string_view type_of(std::string_view name);

}  // namespace jinqiao::adapters::console
