#pragma once
#include <filesystem>
#include <optional>

#include "adapters/store/sqlite/connection.h"
#include "adapters/store/sqlite/reserve.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "engine/model/result.h"

namespace jinqiao::adapters::store::sqlite {

namespace model = engine::model;

// The one connection that writes and moves the log into the file. Committer's thread only.
class Writer {
  public:
    Writer(const std::filesystem::path& file, const SqliteOptions& options);

    model::Status begin();
    model::Status commit();  // after an error the transaction is rolled back
    void roll_back();
    // What a transaction ended with that could not go on. Out of room: makes some.
    void note(const model::Error& error);

    model::Status maintain(bool idle);
    void close_log();  // moves all of it; for the destructor

    Connection& connection() { return connection_; }
    bool in_transaction() const { return in_transaction_; }

  private:
    // What the log held when we came, and the rows written since it was last empty, times the pages
    // a row took then. SQLite tells the log's true length only when it checkpoints.
    double estimated_pages();
    model::Status checkpoint();

    Connection connection_;
    SqliteOptions options_;
    Reserve reserve_;
    std::optional<model::Error> broken_;  // set: no transaction until a restart
    bool in_transaction_ = false;
    double pages_found_ = 0;  // left by one that was killed; zero once they have been moved
    std::uint32_t rows_at_reset_ = 0;
    double pages_per_row_ = 3;
};

}  // namespace jinqiao::adapters::store::sqlite
