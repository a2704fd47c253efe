#include "adapters/store/sqlite/writer.h"

#include <algorithm>
#include <string>

#include "adapters/store/sqlite/errors.h"

namespace jinqiao::adapters::store::sqlite {

namespace {

constexpr char begin_sql[] = "BEGIN IMMEDIATE";
constexpr char commit_sql[] = "COMMIT";
constexpr char passive_sql[] = "PRAGMA wal_checkpoint(PASSIVE)";

// A daemon from before may still be closing its file.
constexpr int writer_patience_ms = 2000;

constexpr int page_bytes = 4096;  // SQLite's default, which the schema does not change

}  // namespace

Writer::Writer(const std::filesystem::path& file, const SqliteOptions& options)
    : connection_(file, Connection::Mode::write, writer_patience_ms, options.writer_cache_kib),
      options_(options),
      reserve_(file.string() + ".reserve", options.reserve_bytes) {
    // Erased personal values are overwritten in the file, not only unlinked.
    connection_.database().exec("PRAGMA secure_delete=ON");
    connection_.database().exec("PRAGMA synchronous=FULL");
    if (options.page_limit > 0) {
        connection_.database().exec("PRAGMA max_page_count=" + std::to_string(options.page_limit));
    }
    // A log that grew long shrinks when it is begun again.
    const std::int64_t longest = std::int64_t{2} * options.cap_checkpoint_pages * page_bytes;
    connection_.database().exec("PRAGMA journal_size_limit=" + std::to_string(longest));
    // One killed again and again, each time before its own rows were worth a checkpoint, must not
    // hand on a log that only grows.
    std::error_code none;
    const auto left = std::filesystem::file_size(file.string() + "-wal", none);
    if (!none) pages_found_ = static_cast<double>(left) / page_bytes;
    reserve_.fill();
}

model::Status Writer::begin() {
    if (broken_) return *broken_;
    if (in_transaction_) {
        return model::Error{model::ErrorCode::internal, "one transaction at a time", "store"};
    }
    return guarded([&]() -> model::Status {
        connection_.use(begin_sql).run();
        in_transaction_ = true;
        return model::Done{};
    });
}

model::Status Writer::commit() {
    try {
        connection_.use(commit_sql).run();
        in_transaction_ = false;
        return model::Done{};
    } catch (const SQLite::Exception& thrown) {
        model::Error error = commit_error_of(thrown);
        roll_back();
        note(error);
        return error;
    }
}

void Writer::roll_back() {
    if (!in_transaction_) return;
    // Fails only where SQLite has rolled back by itself already.
    connection_.database().tryExec("ROLLBACK");
    in_transaction_ = false;
}

void Writer::note(const model::Error& error) {
    const bool stop =
        error.code == model::ErrorCode::corrupt || error.code == model::ErrorCode::unknown;
    if (stop) broken_ = error;
    if (error.code == model::ErrorCode::disk_full) {
        // With the log moved into the file, the next commit overwrites the log's old pages.
        reserve_.give_up();
        if (auto moved = checkpoint(); !moved && moved.error().code == model::ErrorCode::corrupt) {
            broken_ = moved.error();
        }
    }
}

double Writer::estimated_pages() {
    const auto rows = static_cast<std::uint32_t>(connection_.database().getTotalChanges());
    return pages_found_ + pages_per_row_ * static_cast<double>(rows - rows_at_reset_);
}

model::Status Writer::maintain(bool idle) {
    if (broken_) return *broken_;
    if (in_transaction_) {
        return model::Error{model::ErrorCode::busy, "a transaction is open", "store"};
    }
    if (idle) reserve_.fill();
    const int limit = idle ? options_.idle_checkpoint_pages : options_.cap_checkpoint_pages;
    if (estimated_pages() < limit) return model::Done{};
    auto moved = checkpoint();
    if (!moved && moved.error().code == model::ErrorCode::corrupt) broken_ = moved.error();
    return moved;
}

model::Status Writer::checkpoint() {
    return guarded([&]() -> model::Status {
        const auto rows = static_cast<std::uint32_t>(connection_.database().getTotalChanges());
        Use pragma = connection_.use(passive_sql);
        if (!pragma.step()) return model::Done{};
        Columns row = pragma.row();
        const bool blocked = row.flag();
        const std::int64_t in_log = row.integer();
        const std::int64_t moved = row.integer();
        // A reader that still needs older pages leaves a rest; the next call takes it along.
        if (blocked || moved < in_log) return model::Done{};
        if (in_log > 0 && rows != rows_at_reset_ && pages_found_ == 0) {
            pages_per_row_ =
                std::clamp(static_cast<double>(in_log) / static_cast<double>(rows - rows_at_reset_),
                           0.1, 50.0);
        }
        rows_at_reset_ = rows;
        pages_found_ = 0;
        return model::Done{};
    });
}

void Writer::close_log() {
    roll_back();
    if (broken_) return;  // what a failed sync left behind is for the recovery at the next start
    connection_.database().tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace jinqiao::adapters::store::sqlite
