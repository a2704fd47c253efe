#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/result.h"

namespace jinqiao::adapters::store::sqlite {

// Pages of 4 KiB; false stops the copy, which ends as `conflict` and leaves no file.
using CopyProgress = std::function<bool(std::uint64_t done, std::uint64_t all)>;

// Copies the database `from`, as it stands at one instant, into the new file `to`.
//
// Beside a running daemon: the connection is opened for reading only, so it neither commits nor
// checkpoints, and whatever is committed meanwhile is not in the copy. The daemon's log cannot be
// begun anew while the copy is made, so it grows for as long. After a kill the copy holds all that
// the log holds.
//
// `to` is one file without a log, readable by its owner only, not yet synced; on an error it is
// gone. Errors: not_found there is no database; conflict `to` exists; invalid not ours or written
// by a newer program; corrupt; disk_full; unavailable.
engine::model::Status copy_sqlite(const std::filesystem::path& from,
                                  const std::filesystem::path& to,
                                  const CopyProgress& progress = {});

int newest_version();  // of the schema: what this program brings a file up to

struct FileSummary {
    int version = 0;                                          // of the schema
    std::vector<std::pair<std::string, std::uint64_t>> rows;  // by table, in order of their names
};

// Looks at a file nobody has open: the library's own check of every page, then what is in it.
// Errors: corrupt, with what the check says; invalid: not ours, or written by a newer program.
engine::model::Result<FileSummary> inspect_sqlite(const std::filesystem::path& file);

}  // namespace jinqiao::adapters::store::sqlite
