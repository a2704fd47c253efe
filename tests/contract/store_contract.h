#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/ports/store.h"
#include "tests/support/store_rows.h"

// One suite for every store: a test names a situation and says what any store makes of it.
namespace jinqiao::tests::contract {

namespace model = engine::model;
namespace ports = engine::ports;
namespace time = engine::time;

using namespace support::rows;

// A store that can be killed.
class Specimen {
  public:
    virtual ~Specimen() = default;
    virtual ports::Store& store() = 0;
    // What a kill and a restart leave. Readers must be gone; an open Batch dies with it.
    virtual void restart(std::unique_ptr<ports::Batch> open) = 0;
};

struct Implementation {
    std::string name;
    std::function<std::unique_ptr<Specimen>()> make;
};

class StoreContract : public testing::TestWithParam<Implementation> {
  protected:
    void SetUp() override { specimen_ = GetParam().make(); }

    ports::Store& store() { return specimen_->store(); }
    std::unique_ptr<ports::Batch> begin();
    std::unique_ptr<ports::Reader> reader();
    void commit(std::unique_ptr<ports::Batch> batch);
    void restart(std::unique_ptr<ports::Batch> open = nullptr) {
        specimen_->restart(std::move(open));
    }
    // Runs `writes` in a transaction of its own.
    void committed(const std::function<void(ports::Batch&)>& writes);
    void file(const ports::CaseRow& row);

    std::vector<std::string> ids(const ports::CaseQuery& query);            // of the first page
    std::vector<std::string> ready(std::int64_t minutes, int limit = 100);  // ids of deliveries

  private:
    std::unique_ptr<Specimen> specimen_;
};

}  // namespace jinqiao::tests::contract
