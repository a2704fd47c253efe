#include "tests/bench/support/raw_sqlite.h"

#include <sqlite3.h>

#include "adapters/store/sqlite/sqlite_store.h"
#include "tests/bench/support/bench.h"

namespace jinqiao::tests::bench {

RawStatement::RawStatement(sqlite3* database, const char* sql) {
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) !=
        SQLITE_OK) {
        fail(std::string(sqlite3_errmsg(database)) + " in " + sql);
    }
}

RawStatement::~RawStatement() { sqlite3_finalize(statement_); }

void RawStatement::put(const std::string& text) {
    sqlite3_bind_text(statement_, ++bound_, text.data(), static_cast<int>(text.size()),
                      SQLITE_STATIC);
}

void RawStatement::put(std::int64_t value) { sqlite3_bind_int64(statement_, ++bound_, value); }

void RawStatement::put(std::nullptr_t) { sqlite3_bind_null(statement_, ++bound_); }

void RawStatement::step() {
    if (sqlite3_step(statement_) != SQLITE_DONE) {
        fail(std::string(sqlite3_errmsg(sqlite3_db_handle(statement_))) + " in " +
             sqlite3_sql(statement_));
    }
    sqlite3_reset(statement_);
    bound_ = 0;
}

void RawDatabase::Closer::operator()(sqlite3* database) const { sqlite3_close(database); }

RawDatabase::RawDatabase(const std::filesystem::path& file) {
    sqlite3* database = nullptr;
    const int opened = sqlite3_open_v2(file.c_str(), &database,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(database);
    if (opened != SQLITE_OK) fail("cannot open " + file.string());
    const int set = sqlite3_exec(
        database,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
        "PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
        "PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON; PRAGMA cache_size=-32768",
        nullptr, nullptr, nullptr);
    if (set != SQLITE_OK) fail(sqlite3_errmsg(database));
    begin_ = std::make_unique<RawStatement>(database, "BEGIN IMMEDIATE");
    commit_ = std::make_unique<RawStatement>(database, "COMMIT");
    sqlite3_wal_hook(
        database,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<RawDatabase*>(self)->pages_ = pages;
            return SQLITE_OK;
        },
        this);
}

RawDatabase::~RawDatabase() = default;

int RawDatabase::changes() const { return sqlite3_changes(get()); }

void RawDatabase::maintain(bool idle) {
    static const adapters::store::sqlite::SqliteOptions rule;
    if (pages_ < (idle ? rule.idle_checkpoint_pages : rule.cap_checkpoint_pages)) return;
    int in_log = 0;
    int moved = 0;
    sqlite3_wal_checkpoint_v2(get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved);
    if (moved == in_log) pages_ = 0;
}

}  // namespace jinqiao::tests::bench
