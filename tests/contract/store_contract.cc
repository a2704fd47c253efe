#include "tests/contract/store_contract.h"

#include <utility>

#include "adapters/store/memory/memory_store.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "tests/support/scratch_dir.h"

namespace jinqiao::tests::contract {

namespace {

class MemorySpecimen final : public Specimen {
  public:
    ports::Store& store() override { return store_; }
    void restart(std::unique_ptr<ports::Batch> open) override {
        store_.crash();
        open.reset();
    }

  private:
    adapters::store::memory::MemoryStore store_;
};

class SqliteSpecimen final : public Specimen {
  public:
    SqliteSpecimen() { open_store(); }
    ports::Store& store() override { return *store_; }
    void restart(std::unique_ptr<ports::Batch> open) override {
        open.reset();
        store_.reset();
        open_store();
    }

  private:
    void open_store() {
        auto opened =
            adapters::store::sqlite::open_sqlite(dir_.path() / "jinqiao.db", {.reserve_bytes = 0});
        EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().what);
        store_ = std::move(*opened);
    }

    support::ScratchDir dir_;
    std::unique_ptr<ports::Store> store_;
};

template <class Kind>
Implementation implementation(std::string name) {
    return {std::move(name), [] { return std::make_unique<Kind>(); }};
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract,
                         testing::Values(implementation<MemorySpecimen>("Memory"),
                                         implementation<SqliteSpecimen>("Sqlite")),
                         [](const auto& instance) { return instance.param.name; });

std::unique_ptr<ports::Batch> StoreContract::begin() {
    auto batch = store().begin();
    EXPECT_TRUE(batch.ok()) << (batch.ok() ? "" : batch.error().what);
    return std::move(*batch);
}

std::unique_ptr<ports::Reader> StoreContract::reader() {
    auto made = store().reader();
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().what);
    return std::move(*made);
}

void StoreContract::commit(std::unique_ptr<ports::Batch> batch) { EXPECT_DONE(batch->commit()); }

void StoreContract::committed(const std::function<void(ports::Batch&)>& writes) {
    auto batch = begin();
    writes(*batch);
    commit(std::move(batch));
}

void StoreContract::file(const ports::CaseRow& row) {
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_case(row, 0)); });
}

std::vector<std::string> StoreContract::ids(const ports::CaseQuery& query) {
    const auto page = reader()->list_cases(query);
    EXPECT_TRUE(page.ok()) << (page.ok() ? "" : page.error().what);
    std::vector<std::string> found;
    for (const ports::CaseRow& row : page->items) found.push_back(row.id.value);
    return found;
}

std::vector<std::string> StoreContract::ready(std::int64_t minutes, int limit) {
    const auto looking = reader();
    const auto channels = looking->delivery_channels();
    EXPECT_TRUE(channels.ok()) << (channels.ok() ? "" : channels.error().what);
    std::vector<std::string> found;
    for (const std::string& channel : *channels) {
        const auto rows = looking->deliveries_ready(channel, at(minutes), limit);
        EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.error().what);
        for (const ports::DeliveryRow& row : *rows) found.push_back(row.id);
    }
    return found;
}

}  // namespace jinqiao::tests::contract
