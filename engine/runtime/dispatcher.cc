#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <random>
#include <utility>

#include "engine/runtime/dispatcher_impl.h"
#include "engine/runtime/pauses.h"

namespace jinqiao::engine::runtime {

using namespace std::chrono_literals;

namespace {

// Read past, of a channel, for the sake of those behind: they wait for an address that has its
// share of slots already.
constexpr std::size_t most_passed_over = 4096;

// So many that wait for lanes that are shut are not looked at again for so long.
constexpr std::size_t long_row = 256;
constexpr milliseconds shut_pause{200};

constexpr milliseconds beyond_any_pause = std::chrono::hours{24 * 366};  // quiet hours included

}  // namespace

std::function<double()> random_jitter() {
    auto engine = std::make_shared<std::mt19937_64>(std::random_device{}());
    return [engine] { return std::uniform_real_distribution<double>(0, 1)(*engine); };
}

void Dispatcher::Impl::wake() {
    woken.post(strand, [self = shared_from_this()] { self->tick(); });
}

void Dispatcher::Impl::tick() {
    if (!running) return;
    lanes_open_at = Steady::time_point::max();
    collect_overdue();
    if (Steady::now() >= paused_until) record_unwritten();
    if (Steady::now() >= paused_until && !send_ready()) paused_until = Steady::now() + failed_pause;
    publish();
    sleep_on();
}

// A notifier that never answers must not hold its slot, nor its case's later notices, for ever.
void Dispatcher::Impl::collect_overdue() {
    std::vector<std::pair<std::string, std::uint64_t>> overdue;
    for (const auto& [delivery, flight] : flights)
        if (!flight.outcome && Steady::now() >= flight.overdue_at)
            overdue.emplace_back(delivery, flight.token);
    for (const auto& [delivery, token] : overdue)
        answered(delivery, token,
                 {Outcome::Kind::unknown, "no_answer", {}, "the channel did not answer", {}});
}

// Answered: its slot and its address may have another. Looked for only where one may have waited:
// each look reads the store.
void Dispatcher::Impl::release(const Flight& flight) {
    Use& use = use_of(flight.channel);
    const auto at = use.by_address.find(flight.address);
    const bool full = use.slots >= flight.settings.concurrency ||
                      (flight.settings.each > 0 && at->second >= flight.settings.each);
    --use.slots;
    ++use.unstored;
    if (--at->second == 0) use.by_address.erase(at);
    if (full) wake();
}

// False if the store could not be read.
bool Dispatcher::Impl::send_ready() {
    if (flights.size() >= ways()->settings.in_flight) return true;
    auto channels = reader->delivery_channels();
    if (!channels) {
        spdlog::error("pending deliveries could not be read: {}", channels.error().what);
        return false;
    }
    // In turn: where all slots together are few, a backlog of the first channels would take them
    // all, and the last would get none.
    const auto turn = std::upper_bound(channels->begin(), channels->end(), last_first);
    std::rotate(channels->begin(), turn == channels->end() ? channels->begin() : turn,
                channels->end());
    if (!channels->empty()) last_first = channels->front();
    return std::all_of(channels->begin(), channels->end(),
                       [&](const std::string& channel) { return send_ready_in(channel); });
}

// As many as there is room for, and no more is read than that: what is under way is still pending
// in the store, in front of the rest, and so is what cannot be prepared.
bool Dispatcher::Impl::send_ready_in(const std::string& channel) {
    const auto by = ways();
    const ChannelSettings& settings = by->settings.of(channel);
    const std::size_t most = settings.concurrency;
    // Of a channel that is gone nothing has to wait for its next attempt: whoever it was for is to
    // be reached in another way, now.
    const auto known = by->notifiers.find(channel);
    const bool gone = known == by->notifiers.end();
    const auto until = parts.clock->now() + (gone ? beyond_any_pause : milliseconds{0});
    Use& use = use_of(channel);
    if (Steady::now() < use.look_at) {
        lanes_open_at = std::min(lanes_open_at, use.look_at);
        return true;
    }
    Waiting waiting;
    // Those whose outcome is not on record yet are read again each time, so they are not many more.
    const auto room = [&] {
        return use.slots < most && use.slots + use.unstored < 2 * most &&
               flights.size() < by->settings.in_flight;
    };
    for (std::size_t passed_over = use.unstored; room();) {
        const auto wanted = most + passed_over;
        auto rows = reader->deliveries_ready(channel, until, static_cast<int>(wanted));
        if (!rows) {
            spdlog::error("pending deliveries could not be read: {}", rows.error().what);
            return false;
        }
        std::size_t left_alone = 0;
        for (const auto& row : *rows) {
            if (!room()) return true;
            if (const auto flight = flights.find(row.id); flight != flights.end()) {
                if (flight->second.outcome) ++left_alone;
                continue;
            }
            if (use.in_merge.contains(row.id)) {
                ++left_alone;
                continue;
            }
            const auto at = use.by_address.find(row.address);
            if (settings.each > 0 && at != use.by_address.end() && at->second >= settings.each) {
                ++left_alone;
                continue;
            }
            const std::string lane = gone ? std::string() : known->second->lane(row.address);
            if (const auto open_at = use.gates[lane].open_at(settings.lane, Steady::now());
                !gone && open_at > Steady::now()) {
                ++left_alone;
                if (!use.gates[lane].down() || !pass_on(row, settings))
                    wait(row, open_at, settings, waiting);
                continue;
            }
            auto prepared = prepare(*reader, row, settings);
            if (prepared) {
                send(*prepared);
                continue;
            }
            spdlog::error("delivery {} cannot be sent: {}", row.id, prepared.error().what);
            ++left_alone;
        }
        if (rows->size() < wanted || left_alone <= passed_over || passed_over >= most_passed_over)
            break;
        // Doubled, so that a long row of them is not read again for each slot.
        passed_over = std::min(std::max(left_alone, 2 * passed_over), most_passed_over);
        waiting = {};
    }
    merge(channel, settings, waiting);
    // A long row of them is not read again for each notice that is made meanwhile.
    use.look_at = Steady::now() + (waiting.rows >= long_row ? shut_pause : milliseconds{0});
    lanes_open_at = std::min(lanes_open_at, waiting.open_at);
    return true;
}

void Dispatcher::Impl::send(const Prepared& prepared) {
    const auto delivery = prepared.attempt.row.id;
    const auto& channel = prepared.transmission.channel;
    const auto& address = prepared.transmission.address;
    const auto token = next_token++;
    // Asked for only now: what is read from the store may be for a channel a reload has brought.
    // And handed over under the same lock, or use() would return in between.
    std::lock_guard begun(beginning);
    const auto by = ways();
    const auto found = by->notifiers.find(channel);
    const auto notifier = found == by->notifiers.end() ? nullptr : found->second;
    const std::string lane = notifier ? notifier->lane(address) : std::string();
    flights[delivery] = {prepared.attempt,
                         channel,
                         address,
                         lane,
                         by->settings.of(channel),
                         notifier,
                         token,
                         Steady::now() + 2 * prepared.transmission.patience,
                         {},
                         false,
                         true};
    gate_of(channel, lane).begin(by->settings.of(channel).lane, Steady::now());
    ++use_of(channel).slots;
    ++use_of(channel).by_address[address];
    ++own.sent;
    if (!notifier) {
        asio::post(strand, [self = shared_from_this(), delivery, token] {
            self->answered(delivery, token,
                           {Outcome::Kind::rejected,
                            "channel_unknown",
                            {},
                            "no such channel is configured",
                            {}});
        });
        return;
    }
    notifier->send(prepared.transmission, [weak = weak_from_this(), delivery,
                                           token](Outcome outcome) {
        const auto self = weak.lock();
        if (!self) return;
        std::lock_guard lock(self->gate);
        if (self->shut) return;
        asio::post(self->strand, [self, delivery, token, outcome = std::move(outcome)]() mutable {
            self->answered(delivery, token, std::move(outcome));
        });
    });
}

void Dispatcher::Impl::answered(const std::string& delivery, std::uint64_t token, Outcome outcome) {
    const auto found = flights.find(delivery);
    if (!running || found == flights.end() || found->second.token != token || found->second.outcome)
        return;
    Flight& flight = found->second;
    LaneGate& lane = gate_of(flight.channel, flight.lane);
    if (flight.sent) lane.end(flight.settings.lane, outcome, Steady::now());
    // While the lane is down it sets the pace, so that nothing lingers when it is back.
    auto settings = flight.settings;
    if (lane.down())
        settings.longest_retry = std::min(settings.longest_retry, settings.lane.longest);
    flight.outcome =
        plan(flight.attempt, std::move(outcome), parts.clock->now(), settings, parts.jitter());
    flight.outcome->unsent = !flight.sent;
    release(flight);
    record(*flight.outcome);
}

void Dispatcher::Impl::record(const DeliveryOutcome& outcome) {
    Submission submission;
    submission.work = outcome;
    submission.lane = Lane::engine;
    submission.done = [weak = weak_from_this(), delivery = outcome.delivery](const Answer& answer) {
        // Refused means that the store knows this attempt already, which is as good.
        const bool written = !std::holds_alternative<model::Error>(answer);
        const auto self = weak.lock();
        if (!self) return;
        asio::post(self->strand, [self, delivery, written] { self->recorded(delivery, written); });
    };
    if (!parts.committer->submit(std::move(submission))) recorded(outcome.delivery, false);
}

// An outcome that could not be written (a full disk, a full queue) is kept and offered again: what
// has been sent is not sent once more because we could not note it down.
void Dispatcher::Impl::recorded(const std::string& delivery, bool written) {
    const auto found = flights.find(delivery);
    if (found == flights.end()) return;
    if (!written) {
        found->second.unwritten = true;
        paused_until = Steady::now() + failed_pause;
        return sleep_on();
    }
    if (found->second.sent) count(*found->second.outcome);
    --use_of(found->second.channel).unstored;
    flights.erase(found);
    wake();
}

void Dispatcher::Impl::record_unwritten() {
    std::vector<DeliveryOutcome> outcomes;
    for (auto& [delivery, flight] : flights)
        if (std::exchange(flight.unwritten, false)) outcomes.push_back(*flight.outcome);
    for (const auto& outcome : outcomes) record(outcome);
}

void Dispatcher::Impl::count(const DeliveryOutcome& outcome) {
    const auto kind = outcome.outcome.kind;
    if (kind == Outcome::Kind::delivered) ++own.delivered;
    if (kind == Outcome::Kind::rejected) ++own.rejected;
    if (kind == Outcome::Kind::unknown) ++own.unknown;
    if (kind == Outcome::Kind::retry || kind == Outcome::Kind::unknown)
        ++(outcome.next_at ? own.retried : own.dead);
}

void Dispatcher::Impl::sleep_on() {
    milliseconds span = longest_sleep;
    if (const auto now = Steady::now(); now < paused_until)
        span = std::min(span, std::chrono::ceil<milliseconds>(paused_until - now));
    else if (auto next = reader->next_delivery_at(); next && *next)
        // Ready but not taken means that it waits for a slot, and slots wake us.
        if (const auto wait = **next - parts.clock->now(); wait > 0ms) span = std::min(span, wait);
    // Or for a lane that is shut for a while.
    if (const auto now = Steady::now(); lanes_open_at < now + span)
        span = std::max(1ms, std::chrono::ceil<milliseconds>(lanes_open_at - now));
    sleep.expires_after(span);
    sleep.async_wait([self = shared_from_this()](const boost::system::error_code& stopped) {
        if (!stopped) self->tick();
    });
}

void Dispatcher::Impl::publish() {
    own.in_flight = flights.size();
    own.shut = shut_lanes();
    std::lock_guard lock(mutex);
    shown = own;
}

Dispatcher::Dispatcher(Parts parts, DeliverySettings settings)
    : impl_(std::make_shared<Impl>(std::move(parts), std::move(settings))) {}

Dispatcher::~Dispatcher() = default;

void Dispatcher::use(Notifiers notifiers, DeliverySettings settings) {
    auto next =
        std::make_shared<const Impl::Ways>(Impl::Ways{std::move(notifiers), std::move(settings)});
    {
        std::scoped_lock lock(impl_->beginning, impl_->mutex);
        impl_->in_use.swap(next);
    }
    wake();
}

model::Status Dispatcher::start() {
    auto opened = impl_->parts.store->reader();
    if (!opened) return opened.error();
    impl_->reader = std::move(*opened);
    impl_->running = true;
    wake();
    return model::Done{};
}

void Dispatcher::stop() {
    {
        std::lock_guard lock(impl_->gate);
        impl_->shut = true;
    }
    asio::post(impl_->strand, [impl = impl_] {
        impl->running = false;
        impl->sleep.cancel();
        impl->reader.reset();
    });
}

void Dispatcher::wake() { impl_->wake(); }

DispatcherStats Dispatcher::stats() const {
    std::lock_guard lock(impl_->mutex);
    return impl_->shown;
}

}  // namespace jinqiao::engine::runtime
