#pragma once
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>

#include "engine/time/instant.h"

namespace jinqiao::adapters::store::sqlite {

namespace time = engine::time;

// The columns of the current row, read from left to right in the order of the SELECT.
class Columns {
  public:
    explicit Columns(const SQLite::Statement& statement) : statement_(&statement) {}
    std::string text() { return statement_->getColumn(next_++).getString(); }
    std::int64_t integer() { return statement_->getColumn(next_++).getInt64(); }
    std::uint64_t count() { return static_cast<std::uint64_t>(integer()); }
    int small() { return static_cast<int>(integer()); }
    bool flag() { return integer() != 0; }
    time::Instant instant() { return time::from_ms(integer()); }
    std::optional<time::Instant> maybe_instant();  // NULL: none

  private:
    const SQLite::Statement* statement_;
    int next_ = 0;
};

// Bytes that are no text. Bound without a copy, like texts.
struct Blob {
    const void* data = nullptr;
    std::size_t size = 0;
};

// One use of a long-lived statement: bound, stepped, and on the way out reset and unbound, so that
// no read transaction stays open and no pointer into a caller's row is kept.
//
// Texts are bound without a copy: they must live until this object is gone, hence no temporaries.
class Use {
  public:
    explicit Use(SQLite::Statement& statement) : statement_(statement) {}
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

    template <class... Value>
    Use& with(Value&&... values) {
        (put(std::forward<Value>(values)), ...);
        return *this;
    }
    bool step() { return statement_.executeStep(); }
    int run() { return statement_.exec(); }  // rows changed
    Columns row() const { return Columns(statement_); }

  private:
    void put(const std::string& text) { statement_.bindNoCopy(++bound_, text); }
    void put(std::string&&) = delete;
    void put(const std::string&&) = delete;
    template <std::integral Integer>
    void put(Integer value) {
        statement_.bind(++bound_, static_cast<std::int64_t>(value));
    }
    void put(const Blob& blob) {
        statement_.bindNoCopy(++bound_, blob.data, static_cast<int>(blob.size));
    }
    void put(time::Instant at) { put(time::to_ms(at)); }
    void put(const std::optional<time::Instant>& at);

    SQLite::Statement& statement_;
    int bound_ = 0;
};

// A database connection with its prepared statements. One thread at a time.
class Connection {
  public:
    enum class Mode { write, read };
    Connection(const std::filesystem::path& file, Mode mode, int busy_ms, int cache_kib);

    // `sql` is a constant with static storage: the statement is found again by its address.
    Use use(const char* sql);
    // For composed SQL, found again by its text; the number kept is bounded.
    Use use_composed(const std::string& sql);
    SQLite::Database& database() { return database_; }

  private:
    SQLite::Database database_;
    std::unordered_map<const char*, SQLite::Statement> fixed_;
    std::unordered_map<std::string, SQLite::Statement> composed_;
};

}  // namespace jinqiao::adapters::store::sqlite
