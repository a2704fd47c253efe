#include "adapters/cli/replay/simulation.h"

#include <algorithm>

#include "adapters/cli/replay/draw.h"
#include "engine/runtime/firing.h"

namespace jinqiao::adapters::cli::replay {

using engine::model::Done;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::model::Status;
using engine::ports::Outcome;
using engine::time::Instant;

namespace {

constexpr int timers_at_once = 200;
constexpr std::uint64_t sweep_every = 20'000;  // commits between looks at all open cases
constexpr std::chrono::days longest_tail{730};

// Where people come and go, posts have no mailbox that outlives them: what is sent to somebody who
// has left would show.
engine::policy::Directory people_of(const Setup& setup, const Conduct& conduct) {
    auto directory = staff(setup.configuration.organisation);
    if (conduct.kind == Conduct::Kind::turnover)
        for (auto& [id, post] : directory.posts) post.contacts.clear();
    return directory;
}

}  // namespace

// Every channel there is: takes whatever it is given, at once.
class Simulation::Recorder : public engine::ports::Notifier {
  public:
    Recorder(Tally& tally, Breaks& breaks, const engine::ports::WallClock& clock)
        : tally_(tally), breaks_(breaks), clock_(clock) {}
    void send(const engine::ports::Transmission& transmission,
              std::function<void(Outcome)> done) override {
        tally_.sent(transmission.body);
        breaks_.sent(transmission, clock_.now());
        done({Outcome::Kind::delivered, "recorded", transmission.id, {}, {}});
    }

  private:
    Tally& tally_;
    Breaks& breaks_;
    const engine::ports::WallClock& clock_;
};

Simulation::Simulation(const Setup& setup, engine::ports::Store& store, std::uint64_t seed,
                       Conduct conduct)
    : setup_(setup),
      store_(store),
      seed_(seed),
      conduct_(std::move(conduct)),
      ids_([draw = Draw(seed, "ids")]() mutable { return draw.next(); }),
      renderer_(setup.renderer()),
      world_(setup.world(people_of(setup, conduct_))),
      directory_(world_.get()->directory) {
    // Links of a replay open nothing: the key is nobody's secret.
    core_ = std::make_unique<engine::runtime::Core>(
        engine::runtime::Core::Parts{&store_, &clock_, &ids_, renderer_.get(), &world_,
                                     config::read_policy},
        setup.core(std::string(32, 'r')));
    const auto& workflow = setup.workflows.front();
    policy_ = setup.configuration.policies.at(std::string(workflow->name()));
    if (conduct_.kind == Conduct::Kind::dead_department && conduct_.dead.empty())
        conduct_.dead = told_most(policy_->routing);
    people_ = std::make_unique<People>(People::Parts{core_.get(), workflow.get(), policy_.get(),
                                                     directory_.get(),
                                                     setup.configuration.calendar.get(), conduct_});
    notifiers_[replay_channel] = std::make_shared<Recorder>(tally_, breaks_, clock_);
}

Simulation::~Simulation() = default;

void Simulation::committed(std::span<const engine::runtime::Accepted> changes) {
    ++commits_;
    adopt();
    const Instant now = core_->now();
    tally_.see(changes, now);
    for (const auto& change : changes) {
        if (!change.kase) continue;
        const auto& id = change.kase->id;
        if (aside_.contains(id)) {
            disturbed_.insert(id);
            continue;
        }
        breaks_.see(change, *policy_, now, people_->acting());
        if (change.created && conduct_.followed)
            horizons_.push_back({now + *conduct_.followed, id});
    }
    people_->see(changes);
    for (const auto& change : changes)
        if (change.kase && watching_) watching_ = watch_->look(change.kase->id, now);
}

// Whoever came or went did so for everybody who looks.
void Simulation::adopt() {
    auto now_in_force = world_.get()->directory;
    if (now_in_force == directory_) return;
    breaks_.use(*now_in_force, core_->now());
    people_->use(*now_in_force);
    watch_->use(*now_in_force);
    directory_ = std::move(now_in_force);
}

Status Simulation::change_people(Instant now) {
    for (; next_leaving_ < leavings_.size() && leavings_[next_leaving_].at <= now;
         ++next_leaving_) {
        engine::runtime::Submission submission;
        submission.work = leavings_[next_leaving_].change;
        std::optional<Error> failed;
        submission.done = [&](const engine::runtime::Answer& answer) {
            if (const auto* error = std::get_if<Error>(&answer)) failed = *error;
        };
        if (auto done = core_->process({&submission, 1}); !done) return done;
        if (failed) return *failed;
    }
    return Done{};
}

// A last look at cases that were followed long enough; then the simulation, not the engine, takes
// their timers away.
Status Simulation::set_aside(Instant now) {
    while (!horizons_.empty() && horizons_.front().at <= now) {
        const auto id = horizons_.front().kase;
        horizons_.pop_front();
        const auto kase = people_->set_aside(id);
        if (!kase) continue;
        if (auto done = watch_->look(id, now); !done) return done;
        watch_->set_aside(id);
        breaks_.set_aside(*kase, now);
        aside_.insert(id);
        disturbed_.insert(id);
    }
    for (const auto& id : std::exchange(disturbed_, {}))
        if (auto done = drop_timers(id); !done) return done;
    return Done{};
}

Status Simulation::drop_timers(const engine::model::CaseId& id) {
    auto batch = store_.begin();
    if (!batch) return batch.error();
    const auto timers = (*batch)->timers_of(id);
    if (!timers) return timers.error();
    for (const auto& timer : *timers)
        if (auto erased = (*batch)->erase_timer(id, timer.slot); !erased) return erased;
    return (*batch)->commit();
}

Status Simulation::file(const MappedRow& row) {
    engine::runtime::Submission submission;
    engine::model::Command command;
    command.target = engine::model::CaseId(ids_.next(clock_.now()));
    command.name = "file";
    command.payload = row.alert;
    command.actor = people_->actors().reporter();
    people_->meet(command.target, draw_intent(row, seed_));
    submission.work = std::move(command);
    std::optional<Error> failed;
    submission.done = [&](const engine::runtime::Answer& answer) {
        if (const auto* error = std::get_if<Error>(&answer)) failed = *error;
        if (std::holds_alternative<engine::runtime::Accepted>(answer)) ++report_.filed;
        if (const auto* refusal = std::get_if<engine::model::Refusal>(&answer)) {
            ++report_.refused_rows;
            ++report_.unmapped["refused:" +
                               (refusal->reasons.empty() ? "" : refusal->reasons.front().code)];
        }
    };
    if (auto done = core_->process({&submission, 1}); !done) return done;
    return failed ? Status(*failed) : Status(Done{});
}

Status Simulation::fire(Instant now) {
    while (true) {
        const auto fired = engine::runtime::fire_due(*core_, *reader_, world_, now, timers_at_once);
        if (!fired) return fired.error();
        if (fired->accepted == 0) return Done{};
    }
}

// Sends what there is to send; most instants make none.
Status Simulation::deliver() {
    const auto at = reader_->next_delivery_at();
    if (!at) return at.error();
    if (!*at || **at > clock_.now()) return Done{};
    static const engine::runtime::DeliverySettings settings;
    const auto sent =
        engine::runtime::pump(*core_, *reader_, notifiers_, settings, [] { return 0.5; });
    return sent ? Status(Done{}) : Status(sent.error());
}

std::optional<Instant> Simulation::next_instant() {
    std::optional<Instant> next;
    const auto consider = [&](std::optional<Instant> at) {
        if (at && (!next || *at < *next)) next = at;
    };
    if (next_row_ < rows_.size()) consider(rows_[next_row_].filed_at);
    if (next_leaving_ < leavings_.size()) consider(leavings_[next_leaving_].at);
    if (!horizons_.empty()) consider(horizons_.front().at);
    consider(people_->next());
    if (auto at = engine::runtime::next_due_at(*reader_, world_); at && *at) consider(**at);
    if (auto at = reader_->next_delivery_at(); at && *at) consider(**at);
    return next;
}

// One instant: what is due by itself first, then what comes from outside.
Status Simulation::step(Instant now) {
    clock_.set(std::max(now, clock_.now()));
    if (auto done = change_people(clock_.now()); !done) return done;
    if (auto done = fire(clock_.now()); !done) return done;
    while (next_row_ < rows_.size() && rows_[next_row_].filed_at <= clock_.now())
        if (auto done = file(rows_[next_row_++]); !done) return done;
    if (auto done = deliver(); !done) return done;
    if (auto done = people_->act(clock_.now()); !done) return done;
    if (auto done = deliver(); !done) return done;
    if (auto done = set_aside(clock_.now()); !done) return done;
    if (auto done = store_.maintain(false); !done) return done;
    return watching_;
}

Result<Report> Simulation::run(
    std::vector<MappedRow> rows,
    const std::function<void(std::uint64_t done, std::uint64_t all)>& progress) {
    const auto began = std::chrono::steady_clock::now();
    rows_ = std::move(rows);
    std::stable_sort(rows_.begin(), rows_.end(), [](const MappedRow& left, const MappedRow& right) {
        return left.filed_at < right.filed_at;
    });
    auto reader = store_.reader();
    auto own = store_.reader();  // the watch looks for itself
    if (!reader) return reader.error();
    if (!own) return own.error();
    reader_ = std::move(*reader);
    watch_ = std::make_unique<Watch>(**own, *directory_);
    breaks_.use(*directory_, rows_.empty() ? clock_.now() : rows_.front().filed_at);
    if (conduct_.kind == Conduct::Kind::turnover && !rows_.empty())
        leavings_ = turnover(*directory_, seed_, rows_.front().filed_at,
                             rows_.back().filed_at + conduct_.followed.value_or(longest_tail));
    core_->on_commit(
        [this](std::span<const engine::runtime::Accepted> changes) { committed(changes); });

    std::uint64_t swept = 0;
    while (const auto next = next_instant()) {
        const bool all_filed = next_row_ == rows_.size();
        if (all_filed && people_->still_open() == 0) break;
        if (all_filed && !rows_.empty() && *next > rows_.back().filed_at + longest_tail) break;
        if (auto done = step(*next); !done) return done.error();
        if (commits_ >= swept + sweep_every) {
            swept = commits_;
            if (auto done = watch_->look_at_all(clock_.now()); !done) return done.error();
        }
        progress(next_row_, rows_.size());
    }
    if (auto done = watch_->look_at_all(clock_.now()); !done) return done.error();
    report_.seed = seed_;
    report_.core = core_->counts();
    report_.forgotten = watch_->forgotten();
    report_.looks = watch_->looks();
    report_.conduct = conduct_;
    report_.findings = breaks_.close(clock_.now());
    if (auto done = tally_.close(*reader_, report_); !done) return done.error();
    report_.wall_seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    reader_.reset();
    watch_.reset();
    return report_;
}

}  // namespace jinqiao::adapters::cli::replay
