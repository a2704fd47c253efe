#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "engine/model/result.h"
#include "engine/ports/store.h"

namespace jinqiao::adapters::store::sqlite {

struct SqliteOptions {
    // Looks at a file without locking or changing it, also beside a running daemon: begin() and
    // maintain() are refused, the file must already have this program's version.
    bool read_only = false;
    // maintain(true) moves the log into the file from this many log pages on (4 KiB each). Smaller:
    // shorter pauses, more of them.
    int idle_checkpoint_pages = 1000;
    // maintain(false) does so from here on, even under load: a pause of 100 to 200 ms, against a
    // log that grows without end.
    int cap_checkpoint_pages = 20000;
    // How long a reader waits while the log is being recovered by a starting writer.
    std::chrono::milliseconds reader_patience{5000};
    int writer_cache_kib = 32 * 1024;
    int reader_cache_kib = 4 * 1024;
    // Kept beside the file as FILE.reserve and given up when the disk is full, so that the log can
    // still be moved into the file. 0: none.
    std::uint64_t reserve_bytes = 8U * 1024 * 1024;
    // Most pages (4 KiB each) the file may have; beyond, writes end in disk_full. 0: no limit.
    std::uint32_t page_limit = 0;
};

// Opens or creates the store of one daemon: FILE, FILE-wal, FILE-shm, FILE.lock, FILE.reserve.
//
// Ownership  Readers and the Batch are destroyed before the store; its destructor closes the writer
//            last, after moving the whole log into the file.
// Threads    As ports::Store says. One connection writes and checkpoints; readers never do either,
//            which is what keeps SQLite before 3.51.3 clear of its WAL-reset defect.
// Durability Commits are synced before they are acknowledged (WAL, synchronous=FULL).
// Cases      put_case() keeps what filing fixed: workflow, filer_account, exercise, filed_at.
// Errors     busy: another process has the file. invalid: not ours, or written by a newer program.
//            corrupt: SQLite cannot read it. unavailable: path or file system will not do.
//            After a commit ended unknown or corrupt every begin() fails alike until a restart: a
//            failed sync must not be tried again, it may report success without having written.
engine::model::Result<std::unique_ptr<engine::ports::Store>> open_sqlite(
    const std::filesystem::path& file, SqliteOptions options = {});

}  // namespace jinqiao::adapters::store::sqlite
