#pragma once
#include <filesystem>
#include <map>
#include <string>

namespace jinqiao::adapters::cli {

// Name of each YAML file of a configuration folder, and the SHA-256 of what it holds, in hex.
using ConfigurationFiles = std::map<std::string, std::string>;
ConfigurationFiles configuration_files(const std::filesystem::path& folder);

// SHA-256 over the names and contents of all YAML files of a configuration folder, in hex: the same
// files, the same digest, wherever the folder lies. What cannot be read counts as empty, because
// the loader says so anyway.
std::string configuration_digest(const ConfigurationFiles& files);
inline std::string configuration_digest(const std::filesystem::path& folder) {
    return configuration_digest(configuration_files(folder));
}

}  // namespace jinqiao::adapters::cli
