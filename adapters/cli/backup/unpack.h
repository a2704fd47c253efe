#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/backup/manifest.h"
#include "adapters/cli/speech.h"
#include "engine/model/result.h"

namespace jinqiao::adapters::cli::backup {

// Something about a backup that is not as it was when it was made.
struct Fault {
    std::string code;  // stable, for scripts: "missing", "changed", …
    std::string text;  // for people
};

struct Unpacked {
    std::optional<Manifest> manifest;  // empty: it cannot be read
    std::vector<Fault> faults;         // none: as good as on the day it was made
    std::vector<Fault> breaks;         // of hash chains; in the backup as in the daemon it is of
};

using StepDone = std::function<bool(std::uint64_t done, std::uint64_t all)>;

// Unpacks a backup into an empty folder and looks at everything: each part against its SHA-256, the
// manifest, every page of the database, the rows of each table, every hash chain.
// Errors are about disk and folder only; what is wrong with the backup is a fault.
engine::model::Result<Unpacked> unpack(const Speech& speech, const std::filesystem::path& input,
                                       const std::filesystem::path& folder, const StepDone& going);

}  // namespace jinqiao::adapters::cli::backup
