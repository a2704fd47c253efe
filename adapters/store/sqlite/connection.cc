#include "adapters/store/sqlite/connection.h"

#include <SQLiteCpp/Exception.h>

namespace jinqiao::adapters::store::sqlite {

namespace {

constexpr std::size_t most_composed = 64;

int flags_of(Connection::Mode mode) {
    // Each connection stays on one thread at a time, so SQLite need not lock around every call.
    return SQLite::OPEN_NOMUTEX |
           (mode == Connection::Mode::write ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE
                                            : SQLite::OPEN_READONLY);
}

}  // namespace

std::optional<time::Instant> Columns::maybe_instant() {
    const SQLite::Column column = statement_->getColumn(next_++);
    if (column.isNull()) return std::nullopt;
    return time::from_ms(column.getInt64());
}

Use::~Use() {
    statement_.tryReset();  // repeats the error of a failed step, which has been reported already
    try {
        statement_.clearBindings();
    } catch (const SQLite::Exception&) {
        // Cannot happen: clearing only fails on a finalised statement.
    }
}

void Use::put(const std::optional<time::Instant>& at) {
    if (at) {
        put(*at);
    } else {
        statement_.bind(++bound_);
    }
}

Connection::Connection(const std::filesystem::path& file, Mode mode, int busy_ms, int cache_kib)
    : database_(file.string(), flags_of(mode), busy_ms) {
    database_.exec(
        "PRAGMA mmap_size=0;"
        "PRAGMA temp_store=MEMORY;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA trusted_schema=OFF;"
        "PRAGMA wal_autocheckpoint=0");
    database_.exec("PRAGMA cache_size=-" + std::to_string(cache_kib));
    if (mode == Mode::read) database_.exec("PRAGMA query_only=ON");
}

Use Connection::use(const char* sql) {
    auto found = fixed_.find(sql);
    if (found == fixed_.end()) {
        found = fixed_.emplace(sql, SQLite::Statement(database_, sql)).first;
    }
    return Use(found->second);
}

Use Connection::use_composed(const std::string& sql) {
    auto found = composed_.find(sql);
    if (found == composed_.end()) {
        if (composed_.size() >= most_composed) composed_.clear();
        found = composed_.emplace(sql, SQLite::Statement(database_, sql)).first;
    }
    return Use(found->second);
}

}  // namespace jinqiao::adapters::store::sqlite
