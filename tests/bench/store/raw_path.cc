#include "tests/bench/store/store_paths.h"
#include "tests/bench/support/bench.h"
#include "tests/bench/support/columns.h"
#include "tests/bench/support/raw_sqlite.h"

namespace jinqiao::tests::bench {

namespace {

auto into(RawStatement& statement) {
    return [&statement](const auto&... values) { statement.run(values...); };
}

class RawPath final : public Path {
  public:
    explicit RawPath(const std::filesystem::path& file)
        : database_(file),
          case_(database_.get(), sql_of(Statement::update_case_due)),
          history_(database_.get(), sql_of(Statement::add_history)),
          timer_(database_.get(), sql_of(Statement::put_timer)),
          notice_(database_.get(), sql_of(Statement::add_notice)),
          delivery_(database_.get(), sql_of(Statement::add_delivery)) {}

    void begin() override { database_.begin(); }
    void commit() override { database_.commit(); }
    void write(const Transition& rows) override {
        updated_columns(Statement::update_case_due, rows.kase, rows.expected_seq, into(case_));
        if (database_.changes() != 1) fail("a case moved under the benchmark");
        columns(rows.history, into(history_));
        columns(rows.timer, into(timer_));
        columns(rows.notice, into(notice_));
        columns(rows.delivery, into(delivery_));
    }
    void maintain(bool idle) override { database_.maintain(idle); }

  private:
    RawDatabase database_;
    RawStatement case_, history_, timer_, notice_, delivery_;
};

}  // namespace

std::unique_ptr<Path> raw_path(const std::filesystem::path& file) {
    return std::make_unique<RawPath>(file);
}

}  // namespace jinqiao::tests::bench
