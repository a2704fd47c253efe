#include "engine/runtime/engine.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <thread>

#include "engine/runtime/calendar_change.h"

namespace jinqiao::engine::runtime {

namespace asio = boost::asio;

namespace {

// What the core takes for now, which stamps each delivery: by the wall clock alone a clock that was
// set back would hold every notice until it has caught up.
class CoreClock final : public ports::WallClock {
  public:
    explicit CoreClock(const Core& core) : core_(core) {}
    time::Instant now() const override { return core_.now(); }

  private:
    const Core& core_;
};

}  // namespace

struct Engine::Impl {
    Impl(Core::Parts given, Notifiers the_notifiers, EngineSettings chosen,
         std::function<void(model::Error)> on_fatal)
        : parts(std::move(given)),
          notifiers(std::move(the_notifiers)),
          settings(std::move(chosen)),
          fatal(std::move(on_fatal)),
          core(parts, settings.core),
          work(asio::make_work_guard(io)) {}

    model::Status start();
    model::Status reckon_by_calendar();
    void stop();

    Core::Parts parts;
    Notifiers notifiers;
    EngineSettings settings;
    std::function<void(model::Error)> fatal;
    Core core;
    CoreClock core_clock{core};
    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> work;
    std::unique_ptr<Committer> committer;
    std::unique_ptr<TimerService> timers;
    std::unique_ptr<Dispatcher> dispatcher;
    std::unique_ptr<AuditService> audit;
    std::function<void()> sign_of_life;
    std::thread thread;
    bool stopped = false;
};

model::Status Engine::Impl::start() {
    // Reads the persisted now before anybody asks for it.
    if (auto ready = core.process({}); !ready) return ready;
    committer = std::make_unique<Committer>(core, *parts.store, settings.committer, fatal);
    timers = std::make_unique<TimerService>(
        TimerService::Parts{&io, parts.store, parts.clock, parts.world, committer.get(), &core},
        settings.timers);
    dispatcher = std::make_unique<Dispatcher>(
        Dispatcher::Parts{&io, parts.store, &core_clock, committer.get(), notifiers, {}},
        settings.deliveries);
    audit = std::make_unique<AuditService>(
        AuditService::Parts{&io, parts.store, parts.clock, parts.world, committer.get(),
                            [this] { return timers->stats().holding; }, sign_of_life},
        settings.audit);
    core.on_commit([this](std::span<const Accepted> changes) {
        timers->cases_changed(changes);
        // Also after outcomes: the next notice of the same case and address may go now.
        dispatcher->wake();
    });
    // Only now: the committer calls what listens from its own thread.
    if (auto ready = reckon_by_calendar(); !ready) return ready;
    if (auto ready = timers->start(); !ready) return ready;
    if (auto ready = dispatcher->start(); !ready) return ready;
    if (auto ready = audit->start(); !ready) return ready;
    thread = std::thread([this] { io.run(); });
    return model::Done{};
}

// Queued before any timer fires, so that none fires by the old calendar.
model::Status Engine::Impl::reckon_by_calendar() {
    auto reader = parts.store->reader();
    if (!reader) return reader.error();
    auto is_new = calendar_is_new(**reader, *parts.world->get());
    if (!is_new) return is_new.error();
    if (!*is_new) return model::Done{};
    Submission submission;
    submission.work = CalendarInForce{};
    committer->submit(std::move(submission));
    return model::Done{};
}

void Engine::Impl::stop() {
    if (stopped) return;
    stopped = true;
    if (timers) timers->stop();
    if (dispatcher) dispatcher->stop();
    if (audit) audit->stop();
    if (committer) committer->stop();
    work.reset();
    if (thread.joinable())
        thread.join();
    else
        io.run();  // start() failed half-way: let go of what was opened
}

Engine::Engine(Core::Parts parts, Notifiers notifiers, EngineSettings settings,
               std::function<void(model::Error)> fatal)
    : impl_(std::make_unique<Impl>(std::move(parts), std::move(notifiers), std::move(settings),
                                   std::move(fatal))) {}

Engine::~Engine() { impl_->stop(); }

void Engine::on_commit(std::function<void(std::span<const Accepted>)> listener) {
    impl_->core.on_commit(std::move(listener));
}

void Engine::on_content(std::function<void()> sign_of_life) {
    impl_->sign_of_life = std::move(sign_of_life);
}

model::Status Engine::start() { return impl_->start(); }

void Engine::stop() { impl_->stop(); }

bool Engine::submit(Submission submission) {
    return impl_->committer && impl_->committer->submit(std::move(submission));
}

time::Instant Engine::now() const { return impl_->core.now(); }

EngineStats Engine::stats() const {
    EngineStats out;
    out.core = impl_->core.counts();
    if (!impl_->committer) return out;
    out.queued = impl_->committer->queued();
    out.read_only = impl_->committer->read_only();
    out.timers = impl_->timers->stats();
    out.deliveries = impl_->dispatcher->stats();
    out.audit = impl_->audit->report();
    return out;
}

const Core& Engine::core() const { return impl_->core; }

Committer* Engine::committer() { return impl_->committer.get(); }

void Engine::confirm_clock() {
    if (impl_->timers) impl_->timers->confirm_clock();
}

void Engine::use_channels(Notifiers notifiers, DeliverySettings settings) {
    impl_->dispatcher->use(std::move(notifiers), std::move(settings));
}

void Engine::use_audit(AuditSettings settings) { impl_->audit->use(settings); }

void Engine::wake() {
    if (impl_->timers) impl_->timers->wake();
    if (impl_->dispatcher) impl_->dispatcher->wake();
    if (impl_->audit) impl_->audit->wake();
}

}  // namespace jinqiao::engine::runtime
