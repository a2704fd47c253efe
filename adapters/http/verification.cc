#include "adapters/http/verification.h"

namespace jinqiao::adapters::http {

bool Verification::start(engine::ports::Store& store, const engine::ports::WallClock& clock,
                         const std::string& account) {
    {
        std::lock_guard lock(mutex_);
        if (state_.phase == Phase::running) return false;
        state_ = {};
        state_.phase = Phase::running;
        state_.began = clock.now();
        state_.account = account;
    }
    if (thread_.joinable()) thread_.join();  // it has said its last word
    thread_ = std::thread([this, &store, &clock] { run(store, clock); });
    return true;
}

Verification::State Verification::state() const {
    std::lock_guard lock(mutex_);
    return state_;
}

void Verification::stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
}

void Verification::run(engine::ports::Store& store, const engine::ports::WallClock& clock) {
    engine::model::Result<engine::runtime::AuditReport> report{engine::runtime::AuditReport{}};
    try {
        auto reader = store.reader();
        if (!reader) {
            report = reader.error();
        } else {
            report =
                engine::runtime::verify(**reader, [this](std::uint64_t done, std::uint64_t all) {
                    std::lock_guard lock(mutex_);
                    state_.streams_done = done;
                    state_.streams = all;
                    return !stopping_;
                });
        }
    } catch (const std::exception& broken) {
        report = engine::model::Error{engine::model::ErrorCode::internal, broken.what(), "audit"};
    }
    std::lock_guard lock(mutex_);
    state_.ended = clock.now();
    state_.phase = report && !stopping_ ? Phase::done : Phase::failed;
    if (report)
        state_.report = std::move(*report);
    else
        state_.error = report.error().what;
}

}  // namespace jinqiao::adapters::http
