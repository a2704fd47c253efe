#include "adapters/cli/configuration_digest.h"

#include <fstream>
#include <iterator>

#include "engine/runtime/digest.h"

namespace jinqiao::adapters::cli {

ConfigurationFiles configuration_files(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    ConfigurationFiles files;
    std::error_code wrong;
    for (fs::recursive_directory_iterator each(folder, wrong), end; !wrong && each != end;
         each.increment(wrong)) {
        if (each->path().extension() != ".yaml") continue;
        std::ifstream in(each->path(), std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(in), {}};
        files[fs::relative(each->path(), folder, wrong).generic_string()] =
            engine::runtime::sha256_hex(content);
    }
    return files;
}

std::string configuration_digest(const ConfigurationFiles& files) {
    std::string list;
    for (const auto& [name, digest] : files) list += digest + "  " + name + "\n";
    return engine::runtime::sha256_hex(list);
}

}  // namespace jinqiao::adapters::cli
