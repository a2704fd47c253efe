#pragma once
#include <string>
#include <string_view>

#include "config/map.h"

namespace jinqiao::config {

// Read from {file: PATH} or {env: NAME}, a relative path from the folder of the configuration file;
// a literal secret in YAML is a fault. Empty where there is none.
std::string secret_of(Map& map, std::string_view key, bool required);

}  // namespace jinqiao::config
