#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/ledger.h"

namespace jinqiao::config {

// One value that is in force, and where it comes from.
struct Effective {
    enum class Origin { file, fallback, secret } origin = Origin::file;
    std::string key;    // "service.delivery.patience": the file without suffix, then the path
    std::string value;  // as written, or the default; of a secret where it lies, never itself
    std::string file;
    int line = 0;  // 0: a default
};

// Every value of a sound configuration in the order of its files, defaults after what the file says
// itself. The ledger was there while the configuration was read and checked, the options of the
// channels included. Texts, the demonstration zone and the situations are left out: they are read
// where they lie.
std::vector<Effective> effective(const std::filesystem::path& folder, const Ledger& ledger);

}  // namespace jinqiao::config
