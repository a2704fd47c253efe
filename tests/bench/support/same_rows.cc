#include "tests/bench/support/same_rows.h"

#include <sqlite3.h>

#include <string>
#include <string_view>

#include "tests/bench/support/bench.h"

namespace jinqiao::tests::bench {

namespace {

class Query {
  public:
    Query(sqlite3* database, const std::string& sql) {
        if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK) {
            fail(sqlite3_errmsg(database));
        }
    }
    ~Query() { sqlite3_finalize(statement_); }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    bool next() {
        const int stepped = sqlite3_step(statement_);
        if (stepped == SQLITE_ROW) return true;
        if (stepped != SQLITE_DONE) fail(sqlite3_errmsg(sqlite3_db_handle(statement_)));
        return false;
    }
    int columns() const { return sqlite3_column_count(statement_); }
    int type(int column) const { return sqlite3_column_type(statement_, column); }
    // Integers as text, too: the tables are strict, so a column's type is the same in every row.
    std::string_view text(int column) const {
        const void* bytes = sqlite3_column_blob(statement_, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return {static_cast<const char*>(bytes), size};
    }

  private:
    sqlite3_stmt* statement_ = nullptr;
};

class File {
  public:
    explicit File(const std::filesystem::path& path) {
        if (sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {
            fail("cannot open " + path.string());
        }
    }
    ~File() { sqlite3_close(database_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    sqlite3* get() const { return database_; }

  private:
    sqlite3* database_ = nullptr;
};

bool same(const Query& left, const Query& right) {
    for (int column = 0; column < left.columns(); ++column) {
        if (left.type(column) != right.type(column)) return false;
        if (left.text(column) != right.text(column)) return false;
    }
    return true;
}

std::uint64_t compare(const File& left, const File& right, const std::string& sql) {
    Query one(left.get(), sql);
    Query other(right.get(), sql);
    for (std::uint64_t rows = 0;; ++rows) {
        const bool more = one.next();
        if (more != other.next()) fail("not as many rows in both files: " + sql);
        if (!more) return rows;
        if (!same(one, other)) fail("row " + std::to_string(rows + 1) + " differs: " + sql);
    }
}

}  // namespace

Same expect_same_rows(const std::filesystem::path& left, const std::filesystem::path& right) {
    const File one(left);
    const File other(right);
    compare(one, other, "SELECT type,name,tbl_name,sql FROM sqlite_master ORDER BY type,name");
    Same same;
    Query tables(one.get(), "SELECT name FROM sqlite_master WHERE type='table' ORDER BY name");
    while (tables.next()) {
        ++same.tables;
        same.rows += compare(one, other, "SELECT * FROM " + std::string(tables.text(0)));
    }
    return same;
}

}  // namespace jinqiao::tests::bench
