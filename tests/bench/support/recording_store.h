#pragma once
#include "engine/ports/store.h"
#include "tests/bench/support/recording.h"

namespace jinqiao::tests::bench {

// A store that writes down what is committed through it, for a raw writer to do again. It asks the
// store beneath before it writes (which columns of a case change), so it costs time: what is
// measured runs without it.
class RecordingStore final : public engine::ports::Store {
  public:
    // Both are borrowed and outlive this store.
    RecordingStore(engine::ports::Store& inner, Recording& recording)
        : inner_(inner), recording_(recording) {}

    engine::model::Result<std::unique_ptr<engine::ports::Batch>> begin() override;
    engine::model::Result<std::unique_ptr<engine::ports::Reader>> reader() override {
        return inner_.reader();
    }
    engine::model::Status maintain(bool idle) override;
    std::string describe() const override { return inner_.describe(); }

  private:
    engine::ports::Store& inner_;
    Recording& recording_;
};

}  // namespace jinqiao::tests::bench
