#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/time/instant.h"

struct sqlite3;
struct sqlite3_stmt;

// SQLite's C interface with nothing around it: the floor a store is measured against.
namespace jinqiao::tests::bench {

using Value = std::variant<std::nullptr_t, std::int64_t, std::string>;

// One prepared statement. Texts are bound without a copy and must live until run() has returned.
class RawStatement {
  public:
    RawStatement(sqlite3* database, const char* sql);
    ~RawStatement();
    RawStatement(const RawStatement&) = delete;
    RawStatement& operator=(const RawStatement&) = delete;

    // Binds the values from left to right and writes.
    template <class... Bound>
    void run(const Bound&... values) {
        (put(values), ...);
        step();
    }
    void run_all(const std::vector<Value>& values) {
        for (const Value& value : values)
            std::visit([this](const auto& each) { put(each); }, value);
        step();
    }

  private:
    void put(const std::string& text);
    void put(std::int64_t value);
    void put(std::nullptr_t);
    template <std::integral Integer>
    void put(Integer value) {
        put(static_cast<std::int64_t>(value));
    }
    void put(engine::time::Instant at) { put(engine::time::to_ms(at)); }
    void put(const std::optional<engine::time::Instant>& at) { at ? put(*at) : put(nullptr); }
    void step();

    sqlite3_stmt* statement_ = nullptr;
    int bound_ = 0;
};

// An existing file, opened with the SQLite store's settings. One thread.
class RawDatabase {
  public:
    explicit RawDatabase(const std::filesystem::path& file);
    ~RawDatabase();
    RawDatabase(const RawDatabase&) = delete;
    RawDatabase& operator=(const RawDatabase&) = delete;

    sqlite3* get() const { return database_.get(); }
    void begin() { begin_->run(); }
    void commit() { commit_->run(); }
    int changes() const;       // of the last statement
    void maintain(bool idle);  // moves the log into the file, by the store's rule

  private:
    struct Closer {
        void operator()(sqlite3* database) const;
    };

    std::unique_ptr<sqlite3, Closer> database_;
    std::unique_ptr<RawStatement> begin_, commit_;
    int pages_ = 0;  // in the log
};

}  // namespace jinqiao::tests::bench
