#include "tests/bench/support/raw_replay.h"

#include <deque>

#include "adapters/store/sqlite/sqlite_store.h"

namespace jinqiao::tests::bench {

namespace {

class Writer {
  public:
    explicit Writer(const std::filesystem::path& file) : database_(file) {
        for (std::size_t i = 0; i < statement_count; ++i)
            statements_.emplace_back(database_.get(), sql_of(static_cast<Statement>(i)));
    }
    void operator()(const Writes& writes) {
        database_.begin();
        for (const Write& write : writes)
            statements_[static_cast<std::size_t>(write.statement)].run_all(write.values);
        database_.commit();
    }
    void operator()(const Maintain& maintain) { database_.maintain(maintain.idle); }

  private:
    RawDatabase database_;
    std::deque<RawStatement> statements_;  // of all Statements, in their order
};

void make_tables(const std::filesystem::path& file) {
    const auto store = adapters::store::sqlite::open_sqlite(file, {.reserve_bytes = 0});
    if (!store) fail(store.error().what);
}

}  // namespace

Spent replay_raw(const Recording& recording, const std::filesystem::path& file) {
    make_tables(file);
    Writer writer(file);
    const Stopwatch watch;
    for (const auto& step : recording) std::visit(writer, step);
    return watch.spent();
}

}  // namespace jinqiao::tests::bench
