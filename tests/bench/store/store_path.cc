#include "adapters/store/sqlite/sqlite_store.h"
#include "tests/bench/store/store_paths.h"
#include "tests/bench/support/bench.h"

namespace jinqiao::tests::bench {

namespace {

void expect(const engine::model::Status& status) {
    if (!status) fail(status.error().what);
}

std::unique_ptr<ports::Store> opened(const std::filesystem::path& file) {
    auto store = adapters::store::sqlite::open_sqlite(file, {.reserve_bytes = 0});
    if (!store) fail(store.error().what);
    return std::move(store).value();
}

class StorePath final : public Path {
  public:
    explicit StorePath(const std::filesystem::path& file) : store_(opened(file)) {}

    void begin() override {
        auto batch = store_->begin();
        if (!batch) fail(batch.error().what);
        batch_ = std::move(batch).value();
    }
    void write(const Transition& rows) override {
        expect(batch_->savepoint());
        expect(batch_->put_case(rows.kase, rows.expected_seq));
        expect(batch_->append_history(rows.history));
        expect(batch_->put_timer(rows.timer));
        expect(batch_->add_notice(rows.notice));
        expect(batch_->add_delivery(rows.delivery));
        expect(batch_->release());
    }
    void commit() override {
        expect(batch_->commit());
        batch_.reset();
    }
    void maintain(bool idle) override { expect(store_->maintain(idle)); }

  private:
    std::unique_ptr<ports::Store> store_;
    std::unique_ptr<ports::Batch> batch_;
};

}  // namespace

std::unique_ptr<Path> store_path(const std::filesystem::path& file) {
    return std::make_unique<StorePath>(file);
}

void seed(const std::filesystem::path& file, std::uint64_t cases) {
    constexpr std::uint64_t at_once = 2000;
    const auto store = opened(file);
    for (std::uint64_t first = 0; first < cases; first += at_once) {
        auto batch = store->begin();
        if (!batch) fail(batch.error().what);
        for (std::uint64_t n = first; n < std::min(cases, first + at_once); ++n) {
            const ports::CaseRow row = seed_case(n);
            expect((*batch)->put_case(row, 0));
            expect((*batch)->put_timer({row.id, "st.close#1", *row.next_due, 1, 0, 0}));
        }
        expect((*batch)->commit());
        expect(store->maintain(true));
    }
}

}  // namespace jinqiao::tests::bench
