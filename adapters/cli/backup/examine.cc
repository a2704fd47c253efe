#include "adapters/cli/backup/examine.h"

#include <memory>
#include <system_error>

#include "adapters/store/sqlite/sqlite_store.h"

namespace jinqiao::adapters::cli::backup {
namespace {

using engine::model::Done;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::model::Status;
namespace sqlite = store::sqlite;

// The newer form of an older copy, with what SQLite puts beside it; gone at the end.
class Newer {
  public:
    explicit Newer(std::filesystem::path file) : file_(std::move(file)) {}
    ~Newer() {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm", "-journal", ".lock"})
            std::filesystem::remove(file_.string() + suffix, ignored);
    }
    Newer(const Newer&) = delete;
    Newer& operator=(const Newer&) = delete;

    Status make(const std::filesystem::path& from) const {
        if (auto copied = sqlite::copy_sqlite(from, file_); !copied) return copied;
        sqlite::SqliteOptions options;
        options.reserve_bytes = 0;
        auto store = sqlite::open_sqlite(file_, options);
        if (!store) return store.error();
        return Done{};
    }

  private:
    std::filesystem::path file_;
};

Result<std::string> chains_of(engine::ports::Reader& reader) {
    std::vector<std::string> streams;
    auto visited = reader.each_stream([&](const std::string& stream) {
        streams.push_back(stream);
        return true;
    });
    if (!visited) return visited.error();
    std::string text;
    for (const auto& stream : streams) {
        const auto last = reader.last_history(stream);
        if (!last) return last.error();
        if (*last) text += stream + " " + std::to_string((*last)->seq) + " " + (*last)->hash + "\n";
    }
    return text;
}

}  // namespace

Result<Examined> examine(const std::filesystem::path& copy,
                         const std::function<bool(std::uint64_t, std::uint64_t)>& going) {
    auto summary = sqlite::inspect_sqlite(copy);
    if (!summary) return summary.error();
    const std::filesystem::path newer = copy.string() + ".newer";
    const Newer made(newer);
    const bool older = summary->version < sqlite::newest_version();
    if (older) {
        if (auto ready = made.make(copy); !ready) return ready.error();
    }
    sqlite::SqliteOptions options;
    options.read_only = true;
    auto store = sqlite::open_sqlite(older ? newer : copy, options);
    if (!store) return store.error();
    auto reader = (*store)->reader();
    if (!reader) return reader.error();
    bool stopped = false;
    auto audit = engine::runtime::verify(**reader, [&](std::uint64_t done, std::uint64_t all) {
        stopped = !going(done, all);
        return !stopped;
    });
    if (!audit) return audit.error();
    if (stopped) return Error{ErrorCode::conflict, "stopped", ""};
    auto chains = chains_of(**reader);
    if (!chains) return chains.error();
    return Examined{std::move(*summary), std::move(*audit), std::move(*chains)};
}

}  // namespace jinqiao::adapters::cli::backup
