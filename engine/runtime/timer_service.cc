#include "engine/runtime/timer_service.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <mutex>
#include <utility>

#include "engine/kernel/decide.h"
#include "engine/runtime/clock_alarm.h"
#include "engine/runtime/clock_watch.h"
#include "engine/runtime/firing.h"
#include "engine/runtime/pauses.h"
#include "engine/runtime/rows.h"
#include "engine/runtime/timer_window.h"
#include "engine/runtime/wake.h"

namespace jinqiao::engine::runtime {

namespace asio = boost::asio;
using model::Error;
using model::ErrorCode;
using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

namespace {

constexpr milliseconds busy_pause = 50ms;  // the committer's queue was full
constexpr milliseconds aside_for = 5min;   // a case that could not be decided

}  // namespace

struct TimerService::Impl : std::enable_shared_from_this<Impl> {
    // What became of a timer in flight: fired, or else in trouble, or stale.
    struct Answered {
        ports::TimerRow row;
        bool fired = false;
        std::optional<Error> error;
    };

    Impl(Parts given, TimerSettings chosen)
        : parts(given),
          settings(chosen),
          strand(asio::make_strand(*given.io)),
          sleep(strand),
          alarm(strand),
          window(chosen.window_rows),
          watch(chosen.jump, chosen.settle) {}

    model::Status start();
    void stop();
    void tick();
    bool refill(time::Instant wall);
    void fire(time::Instant wall);
    bool may_catch_up(const ports::TimerRow& row);
    bool submit(const ports::TimerRow& row);
    void answered(Answered one);
    void collect();
    void failed(const ports::TimerRow& row, const Error& error);
    void pass_boundary(time::Instant wall);
    void pause(milliseconds span) { paused_until = std::max(paused_until, Steady::now() + span); }
    void sleep_on(time::Instant wall);
    void publish(time::Instant wall);
    void case_changed(const model::Case& kase);

    Parts parts;
    TimerSettings settings;
    asio::strand<asio::io_context::executor_type> strand;
    asio::steady_timer sleep;
    ClockAlarm alarm;
    std::unique_ptr<ports::Reader> reader;

    // On the strand.
    bool running = false;
    TimerWindow window;
    bool truncated = false;  // the table holds more that is due before the window ends
    ClockWatch watch;
    time::Instant started_at{};
    time::Instant passed{};  // up to which terms and absences have been dealt with
    bool boundary_in_flight = false;
    double allowance = 0;  // of timers from the downtime
    Steady::time_point allowance_at{};
    Steady::time_point paused_until{};
    Steady::time_point aside_since{};
    TimerStats own;

    Wake woken;

    mutable std::mutex mutex;
    TimerStats shown;               // guarded by mutex
    std::vector<Answered> answers;  // guarded by mutex; not yet seen on the strand
};

model::Status TimerService::Impl::start() {
    auto opened = parts.store->reader();
    if (!opened) return opened.error();
    reader = std::move(*opened);
    auto dealt_with = directory_passed(*reader);
    if (!dealt_with) return dealt_with.error();
    started_at = parts.clock->now();
    passed = std::min(*dealt_with, started_at);
    allowance_at = Steady::now();
    if (auto first = reader->timers_due(started_at, 1); !first) return first.error();
    running = true;
    asio::post(strand, [self = shared_from_this()] {
        self->alarm.start([weak = self->weak_from_this()] {
            if (const auto impl = weak.lock()) impl->tick();
        });
        self->tick();
    });
    return model::Done{};
}

void TimerService::Impl::stop() {
    asio::post(strand, [self = shared_from_this()] {
        self->running = false;
        self->sleep.cancel();
        self->alarm.stop();
        self->reader.reset();
    });
}

void TimerService::Impl::tick() {
    if (!running) return;
    const auto wall = parts.clock->now();
    const bool hold = watch.look(wall, ClockWatch::since_boot());
    if (!hold && Steady::now() >= paused_until) {
        if (window.aside() > 0 && Steady::now() - aside_since >= aside_for) window.let_in();
        pass_boundary(wall);
        if (refill(wall)) fire(wall);
    }
    publish(wall);
    sleep_on(wall);
}

// True if memory knows what is due now.
bool TimerService::Impl::refill(time::Instant wall) {
    const bool wanted = truncated ? window.size() < settings.window_rows / 2
                                  : wall + settings.window / 2 >= window.horizon();
    if (!wanted) return true;
    const auto most = settings.window_rows + window.in_flight() + window.aside();
    const auto until = wall + settings.window;
    auto rows = reader->timers_due(until, static_cast<int>(most));
    if (!rows) {
        spdlog::error("due timers could not be read: {}", rows.error().what);
        pause(failed_pause);
        return false;
    }
    truncated = rows->size() >= most;
    const auto horizon = truncated ? rows->back().at : until;
    window.refill(std::move(*rows), horizon);
    return true;
}

void TimerService::Impl::fire(time::Instant wall) {
    while (window.in_flight() < settings.in_flight) {
        const auto* head = window.head();
        if (head == nullptr || head->at > wall || !may_catch_up(*head)) return;
        if (!submit(window.take())) return;
    }
}

// What came due while nobody was running fires in due order, at a rate that leaves room for the
// people who come back at the same time.
bool TimerService::Impl::may_catch_up(const ports::TimerRow& row) {
    if (row.at >= started_at) return true;
    const auto now = Steady::now();
    const auto rate = static_cast<double>(settings.catch_up_per_s);
    const std::chrono::duration<double> gone = now - allowance_at;
    allowance = std::min(allowance + gone.count() * rate, std::max(rate / 10, 1.0));
    allowance_at = now;
    if (allowance < 1) return false;
    allowance -= 1;
    return true;
}

bool TimerService::Impl::submit(const ports::TimerRow& row) {
    auto submission = timer_submission(row, row.at < started_at);
    // Where many are due at once, deciding and writing go on side by side.
    if (parts.core != nullptr && parts.committer->queued() >= settings.foresee_behind)
        submission.foresight =
            parts.core->foresee(*reader, std::get<model::Command>(submission.work));
    submission.done = [weak = weak_from_this(), row](const Answer& answer) {
        const auto self = weak.lock();
        if (!self) return;
        const auto* error = std::get_if<Error>(&answer);
        self->answered({row, std::holds_alternative<Accepted>(answer),
                        error != nullptr ? std::optional(*error) : std::nullopt});
    };
    if (parts.committer->submit(std::move(submission))) return true;
    window.put_back(row);
    pause(busy_pause);
    return false;
}

// From the committer's thread. The answers of one transaction come one upon the other and are
// looked at together.
void TimerService::Impl::answered(Answered one) {
    {
        std::lock_guard lock(mutex);
        answers.push_back(std::move(one));
        if (answers.size() > 1) return;
    }
    asio::post(strand, [self = shared_from_this()] { self->collect(); });
}

void TimerService::Impl::collect() {
    std::vector<Answered> landed;
    {
        std::lock_guard lock(mutex);
        landed.swap(answers);
    }
    const auto wall = parts.clock->now();
    for (const auto& [row, fired, error] : landed) {
        if (error) {
            failed(row, *error);
            continue;
        }
        window.landed(row);
        if (!fired) continue;  // stale: the committer has put the table right where it was wrong
        ++own.fired;
        if (row.at < started_at)
            ++own.after_downtime;
        else
            own.lateness.add(std::max(wall - row.at, milliseconds{0}));
    }
    tick();
}

void TimerService::Impl::failed(const ports::TimerRow& row, const Error& error) {
    if (error.code == ErrorCode::busy || error.code == ErrorCode::disk_full ||
        error.code == ErrorCode::unavailable || error.code == ErrorCode::unknown ||
        error.code == ErrorCode::corrupt) {
        window.put_back(row);
        pause(failed_pause);
        return;
    }
    spdlog::error("timer {} of case {} cannot be carried out and is tried again later: {}",
                  row.slot, row.kase.value, error.what);
    if (window.aside() == 0) aside_since = Steady::now();
    window.set_aside(row);
}

void TimerService::Impl::pass_boundary(time::Instant wall) {
    if (boundary_in_flight) return;
    auto submission = boundary_submission(*parts.world->get()->directory, passed, wall);
    if (!submission) return;
    submission->done = [weak = weak_from_this(), wall](const Answer& answer) {
        const bool accepted = std::holds_alternative<Accepted>(answer);
        const auto self = weak.lock();
        if (!self) return;
        asio::post(self->strand, [self, wall, accepted] {
            self->boundary_in_flight = false;
            if (accepted)
                self->passed = std::max(self->passed, wall);
            else
                self->pause(failed_pause);
            self->tick();
        });
    };
    boundary_in_flight = parts.committer->submit(std::move(*submission));
}

void TimerService::Impl::sleep_on(time::Instant wall) {
    milliseconds span = longest_sleep;
    const auto now = Steady::now();
    const auto* head = window.head();
    if (now < paused_until)
        span = std::min(span, std::chrono::ceil<milliseconds>(paused_until - now));
    else if (head != nullptr && window.in_flight() < settings.in_flight && !watch.holding())
        span = std::min(span, head->at > wall ? head->at - wall : busy_pause);
    sleep.expires_after(span);
    sleep.async_wait([self = shared_from_this()](const boost::system::error_code& stopped) {
        if (!stopped) self->tick();
    });
}

void TimerService::Impl::publish(time::Instant wall) {
    own.waiting = window.size();
    own.stuck = window.aside();
    own.holding = watch.holding();
    own.oldest_overdue.reset();
    if (const auto earliest = window.earliest(); earliest && *earliest <= wall)
        own.oldest_overdue = wall - *earliest;
    std::lock_guard lock(mutex);
    shown = own;
}

void TimerService::Impl::case_changed(const model::Case& kase) {
    std::vector<ports::TimerRow> rows;
    for (const auto& timer : kernel::timers(kase)) rows.push_back(make_row(kase.id, timer));
    window.replace(kase.id, rows);
}

TimerService::TimerService(Parts parts, TimerSettings settings)
    : impl_(std::make_shared<Impl>(parts, settings)) {}

TimerService::~TimerService() = default;

model::Status TimerService::start() { return impl_->start(); }

void TimerService::stop() { impl_->stop(); }

void TimerService::cases_changed(std::span<const Accepted> changes) {
    std::vector<std::shared_ptr<const model::Case>> cases;
    for (const auto& change : changes)
        if (change.kase) cases.push_back(change.kase);
    asio::post(impl_->strand, [impl = impl_, cases = std::move(cases)] {
        if (!impl->running) return;
        for (const auto& kase : cases) impl->case_changed(*kase);
        impl->tick();
    });
}

void TimerService::wake() {
    impl_->woken.post(impl_->strand, [impl = impl_] { impl->tick(); });
}

void TimerService::confirm_clock() {
    asio::post(impl_->strand, [impl = impl_] {
        impl->watch.confirm();
        impl->tick();
    });
}

TimerStats TimerService::stats() const {
    std::lock_guard lock(impl_->mutex);
    return impl_->shown;
}

}  // namespace jinqiao::engine::runtime
