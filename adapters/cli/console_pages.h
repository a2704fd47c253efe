#pragma once
#include <filesystem>

#include "adapters/http/pages.h"
#include "config/service.h"

namespace jinqiao::adapters::cli {

// Where the web console lies: where the configuration says, else beside this program.
std::filesystem::path console_folder(const config::Service& service);

// The pages of the console in that folder, read now and held in memory. Empty where there is none,
// or none that can be served; the log says so, and everything else runs: warnings go out without
// it.
http::Pages console_pages(const std::filesystem::path& folder);

}  // namespace jinqiao::adapters::cli
