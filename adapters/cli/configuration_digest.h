#pragma once
#include <filesystem>
#include <string>

namespace jinqiao::adapters::cli {

// SHA-256 over the names and contents of all YAML files of a configuration folder, in hex: the same
// files, the same digest, wherever the folder lies. What cannot be read counts as empty, because
// the loader says so anyway.
std::string configuration_digest(const std::filesystem::path& folder);

}  // namespace jinqiao::adapters::cli
