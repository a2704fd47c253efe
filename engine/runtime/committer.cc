#include "engine/runtime/committer.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace jinqiao::engine::runtime {

using model::Error;
using model::ErrorCode;
using model::Status;
using namespace std::chrono_literals;

namespace {

// Long enough that a client sending one request after another is not held up by a checkpoint in
// between, short enough that the log is folded in before anybody notices its size.
constexpr auto idle_after = 50ms;

// Whoever sends one request after the other sends the next within this time. The engine's own work
// waits that long for it, lest a person waits for a transaction of the engine's each time.
constexpr auto next_request = 500us;
constexpr auto still_there = 5ms;

// How long to wait before writing is tried again on a full disk.
constexpr std::chrono::milliseconds first_probe = 500ms;
constexpr std::chrono::milliseconds longest_probe = 30s;

void move_over(std::deque<Submission>& from, std::size_t most, std::vector<Submission>& to) {
    const auto end = from.begin() + static_cast<std::ptrdiff_t>(std::min(from.size(), most));
    std::move(from.begin(), end, std::back_inserter(to));
    from.erase(from.begin(), end);
}

bool is_fatal(ErrorCode code) { return code == ErrorCode::corrupt || code == ErrorCode::unknown; }

}  // namespace

struct Committer::Impl {
    Impl(Core& the_core, ports::Store& the_store, CommitterSettings chosen,
         std::function<void(Error)> on_fatal)
        : core(the_core), store(the_store), settings(chosen), fatal(std::move(on_fatal)) {
        thread = std::thread([this] { run(); });
    }

    std::size_t queued() const { return people.size() + engine.size(); }  // under mutex
    void run();
    std::vector<Submission> take();
    std::size_t fitting() const;
    void process(std::vector<Submission> batch);
    void refuse(std::vector<Submission> batch, const Error& error);
    void judge(const Status& status);
    void maintain(bool idle);
    void probe();
    void close();

    Core& core;
    ports::Store& store;
    const CommitterSettings settings;
    std::function<void(Error)> fatal;

    mutable std::mutex mutex;
    std::condition_variable wake;
    std::deque<Submission> people, engine;  // guarded by mutex
    bool stopping = false;                  // guarded by mutex
    std::atomic<bool> read_only{false};

    // Of the thread alone.
    std::optional<Error> dead;         // nothing more is written
    std::chrono::nanoseconds each{0};  // what a submission of the last transaction took
    bool maintained = true;
    bool people_in_batch = false;
    std::chrono::steady_clock::time_point served{};  // when a person was last answered
    std::chrono::milliseconds back_off = first_probe;
    std::chrono::steady_clock::time_point probe_at{};

    std::mutex joining;
    std::thread thread;
};

std::vector<Submission> Committer::Impl::take() {
    std::unique_lock lock(mutex);
    const auto ready = [this] { return stopping || queued() > 0; };
    if (read_only)
        wake.wait_until(lock, probe_at, ready);
    else if (!maintained)
        wake.wait_for(lock, idle_after, ready);
    else
        wake.wait(lock, ready);
    if (people.empty() && !engine.empty() &&
        std::chrono::steady_clock::now() - served < still_there)
        wake.wait_for(lock, next_request, [this] { return stopping || !people.empty(); });
    const auto most = std::max<std::size_t>(settings.batch, 1);
    const auto kept_free = std::min(engine.size(), most / 4);
    std::vector<Submission> batch;
    batch.reserve(std::min(queued(), most));
    const bool for_people = !people.empty();
    move_over(people, most - kept_free, batch);
    move_over(engine, std::min(most - batch.size(), fitting()), batch);
    people_in_batch = for_people;
    return batch;
}

// How much of the engine's own work fits its share of a transaction; enough to be worth the sync.
std::size_t Committer::Impl::fitting() const {
    constexpr std::size_t least = 32;
    if (each <= each.zero()) return settings.batch;
    return std::max(least, static_cast<std::size_t>(settings.engine_share / each));
}

void Committer::Impl::run() {
    while (true) {
        auto batch = take();
        if (batch.empty()) {
            std::unique_lock lock(mutex);
            if (stopping && queued() == 0) break;
            lock.unlock();
            if (read_only)
                probe();
            else
                maintain(true);
            continue;
        }
        process(std::move(batch));
    }
    close();
}

void Committer::Impl::process(std::vector<Submission> batch) {
    if (dead) return refuse(std::move(batch), *dead);
    if (read_only && std::chrono::steady_clock::now() < probe_at)
        return refuse(
            std::move(batch),
            {ErrorCode::disk_full, "the disk is full; nothing can be written at present", {}});
    const auto began = std::chrono::steady_clock::now();
    judge(core.process(batch));
    if (people_in_batch) served = std::chrono::steady_clock::now();
    each = (std::chrono::steady_clock::now() - began) / static_cast<std::int64_t>(batch.size());
    maintained = false;
    if (!dead && !read_only) maintain(false);
}

void Committer::Impl::refuse(std::vector<Submission> batch, const Error& error) {
    for (auto& submission : batch)
        if (submission.done) submission.done(error);
}

void Committer::Impl::judge(const Status& status) {
    if (status) {
        if (read_only) spdlog::info("there is room on the disk again; writing resumes");
        read_only = false;
        back_off = first_probe;
        return;
    }
    const Error& error = status.error();
    if (is_fatal(error.code)) {
        if (dead) return;
        dead = error;
        spdlog::critical("storage failed and must not be written to any more: {} ({})", error.what,
                         error.where);
        if (fatal) fatal(error);
        return;
    }
    if (error.code != ErrorCode::disk_full) {
        spdlog::warn("a batch was not written: {}", error.what);
        return;
    }
    if (!read_only)
        spdlog::error("the disk is full: reading goes on, writing is tried again shortly");
    else
        back_off = std::min(back_off * 2, longest_probe);
    read_only = true;
    probe_at = std::chrono::steady_clock::now() + back_off;
}

// Writes one row that means nothing, so that writing resumes without a person having to try.
void Committer::Impl::probe() {
    if (std::chrono::steady_clock::now() < probe_at) return;
    auto batch = store.begin();
    if (!batch) return judge(batch.error());
    auto put = (*batch)->put_meta("write_probe", std::to_string(time::to_ms(core.now())));
    judge(put ? (*batch)->commit() : put);
}

void Committer::Impl::maintain(bool idle) {
    if (idle) maintained = true;
    if (dead) return;
    if (auto done = store.maintain(idle); !done) judge(done);
}

void Committer::Impl::close() {
    if (dead) return;
    if (auto done = store.maintain(true); !done)
        spdlog::warn("closing maintenance failed: {}", done.error().what);
}

Committer::Committer(Core& core, ports::Store& store, CommitterSettings settings,
                     std::function<void(Error)> fatal)
    : impl_(std::make_unique<Impl>(core, store, settings, std::move(fatal))) {}

Committer::~Committer() { stop(); }

bool Committer::submit(Submission submission) {
    {
        std::lock_guard lock(impl_->mutex);
        if (impl_->stopping || impl_->queued() >= impl_->settings.queue) return false;
        auto& lane = submission.lane == Lane::people ? impl_->people : impl_->engine;
        lane.push_back(std::move(submission));
    }
    impl_->wake.notify_one();
    return true;
}

void Committer::stop() {
    {
        std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
    }
    impl_->wake.notify_one();
    std::lock_guard lock(impl_->joining);
    if (impl_->thread.joinable()) impl_->thread.join();
}

std::size_t Committer::queued() const {
    std::lock_guard lock(impl_->mutex);
    return impl_->queued();
}

bool Committer::read_only() const { return impl_->read_only; }

}  // namespace jinqiao::engine::runtime
