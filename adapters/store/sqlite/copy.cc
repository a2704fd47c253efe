#include "adapters/store/sqlite/copy.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Column.h>

#include <system_error>

#include "adapters/store/sqlite/connection.h"
#include "adapters/store/sqlite/errors.h"
#include "adapters/store/sqlite/lock_file.h"
#include "adapters/store/sqlite/schema.h"

namespace jinqiao::adapters::store::sqlite {

namespace {

constexpr int patience_ms = 5000;  // while a starting daemon recovers the log
constexpr int cache_kib = 4 * 1024;
constexpr int pages_a_step = 1024;

// SQLite's codes of a step, which SQLiteCpp hands through.
constexpr int step_ok = 0;
constexpr int step_done = 101;

model::Error about(model::ErrorCode code, const std::string& what,
                   const std::filesystem::path& file) {
    return {code, what, file.string()};
}

// Ours, and of a version this program can read or bring up to date.
model::Status check_ours(SQLite::Database& database) {
    auto fits = check_version(database, schema_steps());
    if (fits) return fits;
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    const int owner = database.execAndGet("PRAGMA application_id").getInt();
    const bool older = version > 0 && version < static_cast<int>(schema_steps().size());
    return owner == application_id && older ? model::Status(model::Done{}) : fits;
}

// One read transaction from the first page to the last: a commit in between would begin the copy
// anew, under load for ever.
model::Status copy_pages(SQLite::Database& source, SQLite::Database& copy,
                         const CopyProgress& progress) {
    source.exec("BEGIN");
    source.execAndGet("SELECT count(*) FROM sqlite_master");
    SQLite::Backup backup(copy, source);
    for (int step = step_ok; step != step_done;) {
        step = backup.executeStep(pages_a_step);
        if (step != step_ok && step != step_done)
            return model::Error{model::ErrorCode::busy, "the database could not be read", "store"};
        const auto all = static_cast<std::uint64_t>(backup.getTotalPageCount());
        const auto left = static_cast<std::uint64_t>(backup.getRemainingPageCount());
        if (progress && !progress(all - left, all))
            return model::Error{model::ErrorCode::conflict, "stopped", "store"};
    }
    return model::Done{};
}

model::Status copy_to(const std::filesystem::path& from, const std::filesystem::path& to,
                      const CopyProgress& progress) {
    Connection source(from, Connection::Mode::read, patience_ms, cache_kib);
    if (auto ours = check_ours(source.database()); !ours) return ours;
    Connection copy(to, Connection::Mode::write, patience_ms, cache_kib);
    copy.database().exec("PRAGMA synchronous=OFF");  // whoever asked for it syncs the whole file
    if (auto copied = copy_pages(source.database(), copy.database(), progress); !copied)
        return copied;
    // A file for keeping has no log beside it.
    const auto mode = copy.database().execAndGet("PRAGMA journal_mode=DELETE").getString();
    if (mode == "delete") return model::Done{};
    return about(model::ErrorCode::unavailable, "the copy keeps a log (mode " + mode + ")", to);
}

FileSummary summary_of(SQLite::Database& database) {
    FileSummary summary;
    summary.version = database.execAndGet("PRAGMA user_version").getInt();
    SQLite::Statement tables(database,
                             "SELECT name FROM sqlite_master WHERE type='table' "
                             "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
    while (tables.executeStep()) {
        const std::string name = tables.getColumn(0).getString();
        const auto rows = database.execAndGet("SELECT count(*) FROM \"" + name + "\"").getInt64();
        summary.rows.emplace_back(name, static_cast<std::uint64_t>(rows));
    }
    return summary;
}

}  // namespace

model::Status copy_sqlite(const std::filesystem::path& from, const std::filesystem::path& to,
                          const CopyProgress& progress) {
    std::error_code failed;
    if (!std::filesystem::exists(from, failed))
        return about(model::ErrorCode::not_found, "there is no database here", from);
    if (std::filesystem::exists(to, failed))
        return about(model::ErrorCode::conflict, "the file exists", to);
    if (auto made = create_private(to); !made) return made;
    auto copied = guarded([&] { return copy_to(from, to, progress); });
    if (!copied) {
        std::filesystem::remove(to, failed);
        std::filesystem::remove(to.string() + "-journal", failed);
    }
    return copied;
}

int newest_version() { return static_cast<int>(schema_steps().size()); }

model::Result<FileSummary> inspect_sqlite(const std::filesystem::path& file) {
    return guarded([&]() -> model::Result<FileSummary> {
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        if (auto ours = check_ours(database); !ours) return ours.error();
        const std::string found = database.execAndGet("PRAGMA quick_check(1)").getString();
        if (found != "ok") return about(model::ErrorCode::corrupt, found, file);
        return summary_of(database);
    });
}

}  // namespace jinqiao::adapters::store::sqlite
