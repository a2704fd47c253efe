#pragma once
#include <condition_variable>
#include <functional>
#include <future>
#include <map>
#include <thread>

#include "engine/runtime/engine.h"
#include "tests/support/recording_notifier.h"
#include "tests/unit/runtime/office.h"

namespace jinqiao::tests {

// The engine as the daemon runs it, over a clock turned by hand. Waiting is for commits.
struct OfficeEngine : OfficeParts {
    std::shared_ptr<RecordingNotifier> channel = std::make_shared<RecordingNotifier>();
    runtime::Notifiers notifiers{{"file", channel}};
    runtime::EngineSettings settings;
    std::unique_ptr<runtime::Engine> engine;

    OfficeEngine() {
        settings.core = office_settings();
        settings.timers.jump = std::chrono::milliseconds{0};  // the tests jump
    }
    ~OfficeEngine() { stop(); }

    void start(const std::function<void(runtime::Engine&)>& before = {}) {
        engine = std::make_unique<runtime::Engine>(
            parts(), notifiers, settings,
            [](const model::Error& error) { ADD_FAILURE() << error.what; });
        engine->on_commit([this](std::span<const runtime::Accepted> changes) {
            std::lock_guard lock(mutex);
            for (const auto& change : changes) cases[change.kase->id.value] = change.kase;
            changed.notify_all();
        });
        if (before) before(*engine);
        ASSERT_TRUE(engine->start().ok());
    }
    void stop() {
        if (engine) engine->stop();
        engine.reset();
    }
    runtime::Answer send(model::Command one) {
        std::promise<runtime::Answer> promise;
        auto what = submission(std::move(one));
        what.done = [&promise](runtime::Answer answer) { promise.set_value(std::move(answer)); };
        EXPECT_TRUE(engine->submit(std::move(what)));
        return promise.get_future().get();
    }
    model::CaseId file() {
        const auto answer = send(filing(3));
        const auto* done = accepted(answer);
        return done != nullptr ? done->kase->id : model::CaseId{};
    }
    bool wait_until(const std::function<bool()>& condition) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, std::chrono::seconds{20}, condition);
    }
    // Calls with the mutex held.
    const model::Case* latest(const model::CaseId& id) const {
        const auto found = cases.find(id.value);
        return found != cases.end() ? found->second.get() : nullptr;
    }
    std::vector<ports::HistoryRow> history(const model::CaseId& id) {
        auto reader = store.reader();
        return *(*reader)->history(id.value, 0, 1000);
    }
    std::size_t fired(const model::CaseId& id) {
        std::size_t count = 0;
        for (const auto& row : history(id))
            if (row.body.find("\"name\":\"timer_fired\"") != std::string::npos) ++count;
        return count;
    }
    time::Instant next_timer(const model::CaseId& id) {
        auto reader = store.reader();
        auto rows = *(*reader)->timers_of(id);
        time::Instant next = time::Instant::max();
        for (const auto& row : rows) next = std::min(next, row.at);
        return next;
    }

    // Turns the clock on, but only while what is to be sent next waits for that: or the cases would
    // ring faster than anything can be sent.
    void go_on_if_idle() {
        const auto next = *(*store.reader())->next_delivery_at();
        if (!next || *next <= clock.now()) return;
        clock.set(*next);
        engine->wake();
    }

    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::string, std::shared_ptr<const model::Case>> cases;
};

// For what no commit announces.
inline bool come_true(const std::function<bool()>& condition) {
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (!condition()) {
        if (std::chrono::steady_clock::now() > patience) return false;
        std::this_thread::yield();
    }
    return true;
}

}  // namespace jinqiao::tests
