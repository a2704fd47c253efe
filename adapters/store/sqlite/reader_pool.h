#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "adapters/store/sqlite/connection.h"
#include "adapters/store/sqlite/sqlite_store.h"

namespace jinqiao::adapters::store::sqlite {

// Keeps the connections of readers that are gone, with their prepared statements: opening one and
// reading the schema costs far more than a lookup. Any thread.
class ReaderPool {
  public:
    ReaderPool(std::filesystem::path file, const SqliteOptions& options);
    std::unique_ptr<Connection> take();  // throws SQLite::Exception
    void give_back(std::unique_ptr<Connection> connection);
    void close();  // lets go of all idle connections, and of each that comes back later

  private:
    const std::filesystem::path file_;
    const SqliteOptions options_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
    bool closed_ = false;
};

}  // namespace jinqiao::adapters::store::sqlite
