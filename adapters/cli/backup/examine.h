#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "adapters/store/sqlite/copy.h"
#include "engine/model/result.h"
#include "engine/runtime/audit.h"

namespace jinqiao::adapters::cli::backup {

// What a copy of the database is worth.
struct Examined {
    store::sqlite::FileSummary summary;
    engine::runtime::AuditReport audit;
    // "stream seq hash" of the last row of every chain, a line each. Who keeps an old one can say
    // later whether the history before it is still the same.
    std::string chains;
};

// The library's check of every page, then every hash chain (`audit verify`). A copy of an older
// program is brought up to date beside itself first; the copy stays as it is. Nobody has it open.
// `going` gets chains looked at and known so far; false stops, which ends as `conflict`.
// Errors: corrupt, invalid as inspect_sqlite() says; disk_full, unavailable.
engine::model::Result<Examined> examine(
    const std::filesystem::path& copy,
    const std::function<bool(std::uint64_t done, std::uint64_t all)>& going);

}  // namespace jinqiao::adapters::cli::backup
