#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

#include "engine/ports/notifier.h"

namespace jinqiao::tests {

// Keeps what it was asked to send and answers as it is told to: at once, from the calling thread,
// "delivered" unless the test says otherwise. Any thread.
class RecordingNotifier final : public engine::ports::Notifier {
  public:
    using Answerer = std::function<engine::ports::Outcome(const engine::ports::Transmission&)>;
    using Done = std::function<void(engine::ports::Outcome)>;

    void send(const engine::ports::Transmission& transmission, Done done) override {
        Answerer answer;
        {
            std::lock_guard lock(mutex_);
            sent_.push_back(transmission);
            if (holding_) held_.push_back(std::move(done));
            answer = answer_;
        }
        changed_.notify_all();
        if (!done) return;
        done(answer ? answer(transmission)
                    : engine::ports::Outcome{
                          engine::ports::Outcome::Kind::delivered, "ok", {}, {}, {}});
    }

    // Before it is used: each address has an endpoint of its own.
    void endpoint_each() { endpoint_each_ = true; }
    std::string lane(const std::string& address) const override {
        return endpoint_each_ ? address : std::string();
    }

    void answer_with(Answerer answer) {
        std::lock_guard lock(mutex_);
        answer_ = std::move(answer);
    }
    // From now on nobody is answered until take_held(), as by a channel that hangs.
    void hold(bool on) {
        std::lock_guard lock(mutex_);
        holding_ = on;
    }
    std::vector<Done> take_held() {
        std::lock_guard lock(mutex_);
        return std::exchange(held_, {});
    }

    std::vector<engine::ports::Transmission> sent() const {
        std::lock_guard lock(mutex_);
        return sent_;
    }
    void forget() {
        std::lock_guard lock(mutex_);
        sent_.clear();
    }
    // Waits until so many have been sent; false after the patience of a stuck test.
    bool wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds{20},
                                 [&] { return sent_.size() >= count; });
    }

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<engine::ports::Transmission> sent_;
    std::vector<Done> held_;
    Answerer answer_;
    bool holding_ = false;
    bool endpoint_each_ = false;
};

}  // namespace jinqiao::tests
