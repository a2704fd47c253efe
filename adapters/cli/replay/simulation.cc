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
constexpr auto longest_tail = std::chrono::hours{24 * 730};

}  // namespace

// Every channel there is: takes whatever it is given, at once.
class Simulation::Recorder : public engine::ports::Notifier {
  public:
    explicit Recorder(Tally& tally) : tally_(tally) {}
    void send(const engine::ports::Transmission& transmission,
              std::function<void(Outcome)> done) override {
        tally_.sent(transmission.body);
        done({Outcome::Kind::delivered, "recorded", transmission.id, {}, {}});
    }

  private:
    Tally& tally_;
};

Simulation::Simulation(const Setup& setup, engine::ports::Store& store, std::uint64_t seed)
    : setup_(setup),
      store_(store),
      seed_(seed),
      ids_([draw = Draw(seed, "ids")]() mutable { return draw.next(); }),
      renderer_(setup.renderer()),
      world_(setup.world(staff(setup.configuration.organisation))),
      directory_(world_.get()->directory) {
    // Links of a replay open nothing: the key is nobody's secret.
    core_ = std::make_unique<engine::runtime::Core>(
        engine::runtime::Core::Parts{&store_, &clock_, &ids_, renderer_.get(), &world_,
                                     config::read_policy},
        setup.core(std::string(32, 'r')));
    const auto& workflow = setup.workflows.front();
    const auto policy = setup.configuration.policies.at(std::string(workflow->name()));
    people_ = std::make_unique<People>(People::Parts{core_.get(), workflow.get(), policy.get(),
                                                     directory_.get(),
                                                     setup.configuration.calendar.get()});
    notifiers_[replay_channel] = std::make_shared<Recorder>(tally_);
}

Simulation::~Simulation() = default;

void Simulation::committed(std::span<const engine::runtime::Accepted> changes) {
    ++commits_;
    tally_.see(changes, core_->now());
    people_->see(changes);
    for (const auto& change : changes)
        if (change.kase && watching_) watching_ = watch_->look(change.kase->id, core_->now());
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
    consider(people_->next());
    if (auto at = engine::runtime::next_due_at(*reader_, world_); at && *at) consider(**at);
    if (auto at = reader_->next_delivery_at(); at && *at) consider(**at);
    return next;
}

// One instant: what is due by itself first, then what comes from outside.
Status Simulation::step(Instant now) {
    clock_.set(std::max(now, clock_.now()));
    if (auto done = fire(clock_.now()); !done) return done;
    while (next_row_ < rows_.size() && rows_[next_row_].filed_at <= clock_.now())
        if (auto done = file(rows_[next_row_++]); !done) return done;
    if (auto done = deliver(); !done) return done;
    if (auto done = people_->act(clock_.now()); !done) return done;
    if (auto done = deliver(); !done) return done;
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
    if (auto done = tally_.close(*reader_, report_); !done) return done.error();
    report_.wall_seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    reader_.reset();
    watch_.reset();
    return report_;
}

}  // namespace jinqiao::adapters::cli::replay
