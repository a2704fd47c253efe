#include "adapters/store/sqlite/sqlite_store.h"

#include <optional>
#include <string>
#include <utility>

#include "adapters/store/sqlite/batch.h"
#include "adapters/store/sqlite/errors.h"
#include "adapters/store/sqlite/lock_file.h"
#include "adapters/store/sqlite/reader.h"
#include "adapters/store/sqlite/reader_pool.h"
#include "adapters/store/sqlite/schema.h"
#include "adapters/store/sqlite/version.h"
#include "adapters/store/sqlite/writer.h"

namespace jinqiao::adapters::store::sqlite {

namespace {

// Base of PooledReader, because a base is there before the reader that borrows its connection.
struct Borrowed {
    std::shared_ptr<ReaderPool> pool;
    std::unique_ptr<Connection> connection;
};

class PooledReader final : private Borrowed, public SqliteReader {
  public:
    PooledReader(std::shared_ptr<ReaderPool> from, std::unique_ptr<Connection> taken)
        : Borrowed{std::move(from), std::move(taken)}, SqliteReader(*Borrowed::connection) {}
    ~PooledReader() override { pool->give_back(std::move(Borrowed::connection)); }
    PooledReader(const PooledReader&) = delete;
    PooledReader& operator=(const PooledReader&) = delete;
};

class SqliteStore final : public ports::Store {
  public:
    SqliteStore(std::optional<LockFile> lock, std::unique_ptr<Writer> writer,
                std::shared_ptr<ReaderPool> readers)
        : lock_(std::move(lock)), writer_(std::move(writer)), readers_(std::move(readers)) {}
    SqliteStore(const SqliteStore&) = delete;
    SqliteStore& operator=(const SqliteStore&) = delete;

    ~SqliteStore() override {
        readers_->close();
        if (writer_) writer_->close_log();
    }

    model::Result<std::unique_ptr<ports::Batch>> begin() override {
        if (!writer_) return opened_for_looking();
        if (auto begun = writer_->begin(); !begun) return begun.error();
        return std::unique_ptr<ports::Batch>(std::make_unique<SqliteBatch>(*writer_));
    }

    model::Result<std::unique_ptr<ports::Reader>> reader() override {
        return guarded([&]() -> model::Result<std::unique_ptr<ports::Reader>> {
            return std::unique_ptr<ports::Reader>(
                std::make_unique<PooledReader>(readers_, readers_->take()));
        });
    }

    model::Status maintain(bool idle) override {
        if (!writer_) return opened_for_looking();
        return writer_->maintain(idle);
    }

    std::string describe() const override { return describe_library(); }

  private:
    static model::Error opened_for_looking() {
        return {model::ErrorCode::forbidden, "the store was opened for reading only", "store"};
    }

    // In this order, so that the lock outlives the writer.
    std::optional<LockFile> lock_;
    std::unique_ptr<Writer> writer_;
    std::shared_ptr<ReaderPool> readers_;
};

using Opened = model::Result<std::unique_ptr<ports::Store>>;

// The log is switched on before the first table, so that a file never exists without it.
model::Status prepare(SQLite::Database& database) {
    database.exec("PRAGMA page_size=4096");
    const std::string mode = database.execAndGet("PRAGMA journal_mode=WAL").getString();
    if (mode != "wal") {
        return model::Error{
            model::ErrorCode::unavailable,
            "the file system does not support a write-ahead log (mode " + mode + ")",
            database.getFilename()};
    }
    return migrate(database, schema_steps());
}

Opened open_for_writing(const std::filesystem::path& file, const SqliteOptions& options) {
    auto lock = LockFile::take(file.string() + ".lock");
    if (!lock) return lock.error();
    if (auto created = create_private(file); !created) return created.error();
    auto writer = std::make_unique<Writer>(file, options);
    if (auto ready = prepare(writer->connection().database()); !ready) return ready.error();
    return std::unique_ptr<ports::Store>(std::make_unique<SqliteStore>(
        std::move(lock).value(), std::move(writer), std::make_shared<ReaderPool>(file, options)));
}

Opened open_for_reading(const std::filesystem::path& file, const SqliteOptions& options) {
    auto readers = std::make_shared<ReaderPool>(file, options);
    auto first = readers->take();
    if (auto fits = check_version(first->database(), schema_steps()); !fits) return fits.error();
    readers->give_back(std::move(first));
    return std::unique_ptr<ports::Store>(
        std::make_unique<SqliteStore>(std::nullopt, nullptr, std::move(readers)));
}

}  // namespace

Opened open_sqlite(const std::filesystem::path& file, SqliteOptions options) {
    return guarded([&]() -> Opened {
        return options.read_only ? open_for_reading(file, options)
                                 : open_for_writing(file, options);
    });
}

}  // namespace jinqiao::adapters::store::sqlite
