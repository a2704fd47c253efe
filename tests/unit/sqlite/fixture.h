#pragma once
#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "adapters/store/sqlite/sqlite_store.h"
#include "tests/support/scratch_dir.h"
#include "tests/support/store_rows.h"

namespace jinqiao::adapters::store::sqlite::testing {

namespace ports = engine::ports;
namespace model = engine::model;

// A database file that tests open, leave and look into.
class SqliteFile : public ::testing::Test {
  protected:
    std::filesystem::path file() const { return dir_.path() / "jinqiao.db"; }
    std::filesystem::path beside(const char* suffix) const { return file().string() + suffix; }

    model::Result<std::unique_ptr<ports::Store>> try_open(SqliteOptions options = {}) const {
        options.reserve_bytes = reserve_bytes_;
        return open_sqlite(file(), options);
    }
    std::unique_ptr<ports::Store> open(const SqliteOptions& options = {}) const {
        auto opened = try_open(options);
        EXPECT_TRUE(opened.ok()) << (opened ? "" : opened.error().what);
        return opened ? std::move(*opened) : nullptr;
    }
    static void put_meta(ports::Store& store, const std::string& key, const std::string& value) {
        auto batch = store.begin().value();
        EXPECT_DONE(batch->put_meta(key, value));
        EXPECT_DONE(batch->commit());
    }
    static std::string meta(ports::Store& store, const std::string& key) {
        auto reader = store.reader();
        return reader.value()->meta(key).value().value_or("(none)");
    }
    // With another connection, while no store is open.
    std::string look(const char* sql) const {
        SQLite::Database database(file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        return database.execAndGet(sql).getString();
    }
    void change(const char* sql) const {
        SQLite::Database database(file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec(sql);
    }

    std::uint64_t reserve_bytes_ = 0;
    tests::support::ScratchDir dir_;
};

}  // namespace jinqiao::adapters::store::sqlite::testing
