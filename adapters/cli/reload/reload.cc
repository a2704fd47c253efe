#include "adapters/cli/reload/reload.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <future>
#include <sstream>

#include "adapters/cli/channels.h"
#include "adapters/cli/configuration_digest.h"
#include "adapters/cli/diff/diff_view.h"
#include "adapters/cli/proofs.h"
#include "adapters/cli/reload/changes.h"
#include "adapters/cli/service_settings.h"
#include "config/prove.h"
#include "engine/runtime/directory_changes.h"
#include "engine/runtime/organisation_change.h"

namespace jinqiao::adapters::cli {

namespace json = boost::json;
namespace runtime = engine::runtime;
using engine::model::Actor;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Language;
using engine::model::Status;
using http::Reloaded;
using http::ReloadOrder;
using Kind = Reloaded::Kind;

namespace {

constexpr int days_ahead = 30;            // looked at when timelines are compared, as `diff` does
constexpr int most_readings = 3;          // of files that change while they are read
constexpr std::size_t most_values = 500;  // named of what is set otherwise
constexpr std::size_t named = 10;         // faults of a refused configuration that go on record

Reloaded failed(Error error) {
    Reloaded out;
    out.error = std::move(error);
    return out;
}

std::shared_ptr<const json::array> values_of(const Setup& setup) {
    auto out = std::make_shared<json::array>();
    for (const auto& value : setup.effective) out->push_back(as_json(value));
    return out;
}

// Who asked: an account, or nobody but a signal.
std::string asked_by(const ReloadOrder& order) {
    return order.actor.account.empty() ? "signal" : "account";
}

json::object described(const ReloadOrder& order, const std::string& before,
                       const std::string& after) {
    return {{"before", before}, {"after", after}, {"by", asked_by(order)}};
}

// Where and what kind, never what was found there: a mistyped value may be a name.
json::array places(const config::Faults& faults, const std::filesystem::path& folder) {
    json::array out;
    for (const auto& fault : faults) {
        if (fault.warning) continue;
        if (out.size() == named) break;
        const auto file = std::filesystem::path(fault.file).lexically_relative(folder);
        out.emplace_back(file.generic_string() + ":" + std::to_string(fault.line) + ":" +
                         std::to_string(fault.column));
    }
    return out;
}

// The timelines in words, for whoever has to say yes or no.
std::string worded(const Setup& next, const diff::Takeover& takeover, diff::Span span,
                   Language language) {
    const Speech speech(language);
    std::ostringstream out;
    diff::show({speech, out, out, false}, next, takeover, span);
    return out.str();
}

void log_lines(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (!line.empty()) spdlog::info("reload: {}", line);
}

}  // namespace

Reloader::Reloader(Parts parts, std::shared_ptr<const Setup> running, runtime::Notifiers notifiers)
    : parts_(std::move(parts)), running_(std::move(running)), notifiers_(std::move(notifiers)) {
    files_ = configuration_files(running_->configuration.folder);
    state_.running = configuration_digest(files_);
    state_.since = parts_.clock->now();
    state_.values = values_of(*running_);
    thread_ = std::thread([this] { run(); });
}

Reloader::~Reloader() { stop(); }

void Reloader::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wanted_.notify_all();
    if (thread_.joinable()) thread_.join();
}

bool Reloader::stopping() const {
    std::lock_guard lock(mutex_);
    return stopping_;
}

http::ConfigurationState Reloader::state() const {
    std::lock_guard lock(mutex_);
    return state_;
}

void Reloader::reload(ReloadOrder order, std::function<void(Reloaded)> done) {
    {
        std::lock_guard lock(mutex_);
        if (!busy_ && !stopping_) {
            busy_ = true;
            job_ = Job{std::move(order), std::move(done)};
            wanted_.notify_all();
            return;
        }
    }
    Reloaded later;
    later.kind = Kind::under_way;
    done(std::move(later));
}

void Reloader::hup() {
    std::lock_guard lock(mutex_);
    hup_ = true;
    wanted_.notify_all();
}

void Reloader::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        wanted_.wait(lock, [this] { return stopping_ || job_ || (hup_ && !busy_); });
        if (!job_ && stopping_) return;
        if (!job_) {
            hup_ = false;
            busy_ = true;
            job_ = Job{{}, [](const Reloaded&) {}};
            job_->order.confirm = true;
            job_->order.language = running_->configuration.service.language;
        }
        Job job = std::move(*job_);
        job_.reset();
        lock.unlock();
        Reloaded outcome;
        try {
            outcome = carry_out(job.order);
        } catch (const std::exception& broken) {
            outcome = failed({ErrorCode::internal, broken.what(), "reload"});
        }
        log(outcome);
        lock.lock();
        busy_ = false;
        lock.unlock();
        job.done(std::move(outcome));
        lock.lock();
    }
}

Reloaded Reloader::carry_out(const ReloadOrder& order) {
    if (stopping()) return failed({ErrorCode::unavailable, "the daemon is stopping", "reload"});
    Read found = read();
    if (order.check) return tell(order, found);
    if (!found.checked.setup || config::any_error(found.checked.faults))
        return refuse(order, found);
    const Setup& next = *found.checked.setup;
    const auto now = parts_.clock->now();
    const diff::Span span{now, now + std::chrono::days{days_ahead}};
    diff::Takeover takeover;
    if (auto done = compare(next, found, order, span, takeover); !done) return failed(done.error());

    Reloaded outcome;
    outcome.body = {
        {"before", state().running},
        {"after", found.digest},
        {"faults", as_json(found.checked.faults, *next.configuration.texts, order.language)},
        {"takeover", diff::as_json(takeover, span)},
        {"text", worded(next, takeover, span, order.language)}};
    json::array restart;
    for (const auto& key :
         needing_restart(running_->configuration.service, next.configuration.service))
        restart.emplace_back(key);
    if (running_->configuration.fields != next.configuration.fields)
        restart.emplace_back("fields.yaml");
    outcome.body["needs_restart"] = std::move(restart);
    if (order.dry_run) {
        auto values = changed_values(running_->effective, next.effective);
        outcome.body["files"] = changed_files(files_, found.files);
        outcome.body["values_changed"] = values.size();
        if (values.size() > most_values) values.resize(most_values);
        outcome.body["values"] = std::move(values);
    }
    if (order.dry_run) {
        outcome.kind = Kind::tried;
        outcome.body["done"] = "tried";
        return outcome;
    }
    const bool seen = order.configuration.empty() || order.configuration == found.digest;
    if (!takeover.at_once.empty() && !(order.confirm && seen)) {
        outcome.kind = Kind::differs;
        return outcome;
    }
    return take(order, std::move(found), std::move(outcome.body));
}

// Files may be in the middle of being copied: what was read must still be there afterwards.
Reloader::Read Reloader::read() const {
    for (int i = 1;; ++i) {
        Read found = read_once();
        if (configuration_digest(running_->configuration.folder) == found.digest) return found;
        if (i < most_readings) continue;
        found.checked.faults.push_back(config::unsettled(running_->configuration.folder));
        return found;
    }
}

Reloader::Read Reloader::read_once() const {
    Read found;
    const auto& folder = running_->configuration.folder;
    found.files = configuration_files(folder);
    found.digest = configuration_digest(found.files);
    const auto now = parts_.clock->now();
    found.checked = check_configuration(folder, now);
    auto& faults = found.checked.faults;
    if (!found.checked.setup) return found;
    const Setup& next = *found.checked.setup;
    if (const auto people = trial_people(next, {}, faults)) {
        prove(next, *people, now, faults);
        found.filer = people->filer;
    }
    // Options were read before; the secrets behind them may have gone since.
    config::Faults again;
    if (!config::any_error(faults))
        found.notifiers =
            parts_.made(make_channels(next.configuration.channels, parts_.data, true, again));
    if (config::any_error(again)) faults.insert(faults.end(), again.begin(), again.end());
    return found;
}

// What `jinqiao check` says of the files, worded by the texts in force.
Reloaded Reloader::tell(const ReloadOrder& order, const Read& read) const {
    const auto& folder = running_->configuration.folder;
    const auto faults = within(folder, read.checked.faults);
    const auto errors = std::count_if(faults.begin(), faults.end(),
                                      [](const auto& fault) { return !fault.warning; });
    Reloaded outcome;
    outcome.kind = Kind::tried;
    const auto running = state().running;
    outcome.body = {{"configuration", read.digest},
                    {"running", running},
                    {"same", read.digest == running},
                    {"ok", errors == 0},
                    {"errors", errors},
                    {"warnings", static_cast<std::ptrdiff_t>(faults.size()) - errors},
                    {"faults", as_json(faults, *running_->configuration.texts, order.language)}};
    return outcome;
}

Reloaded Reloader::refuse(const ReloadOrder& order, const Read& read) {
    Reloaded outcome;
    outcome.kind = Kind::faulty;
    const auto before = state().running;
    // Worded by the texts in force: those of a faulty configuration may be what is faulty.
    outcome.body = {
        {"before", before},
        {"after", read.digest},
        {"faults", as_json(read.checked.faults, *running_->configuration.texts, order.language)}};
    if (order.dry_run) return outcome;
    {
        std::lock_guard lock(mutex_);
        state_.failed_at = parts_.clock->now();
        ++state_.refused;
    }
    runtime::DirectoryChange change;
    change.kind = "reload_refused";
    change.data = described(order, before, read.digest);
    change.data["faults"] = places(read.checked.faults, running_->configuration.folder);
    change.actor = order.actor;
    runtime::Submission submission;
    submission.work = std::move(change);
    if (auto done = submit(std::move(submission)); !done)
        spdlog::error("reload: the refusal could not be put on record: {}", done.error().what);
    return outcome;
}

Status Reloader::compare(const Setup& next, const Read& read, const ReloadOrder& order,
                         diff::Span span, diff::Takeover& into) const {
    auto reader = parts_.store->reader();
    if (!reader) return reader.error();
    const auto world = parts_.world->get();
    auto after = runtime::lay_people(*world->directory, next.configuration.organisation);
    if (!after) return after.error();
    const diff::Staffed people{*world->directory, std::move(*after)};
    const auto go_on = [this](std::uint64_t) { return !stopping(); };
    auto compared = diff::compare_cases(*running_, next, people, **reader, span, go_on, into);
    if (!compared) return compared;
    diff::compare_situations(
        *running_, next, people,
        diff::situations_of(next, read.filer.value_or(Actor{}), order.language, days_ahead), into);
    return engine::model::Done{};
}

// The channels a new world may send by are there before anything can be decided under it, and those
// that went stay until everything before it has been decided.
Reloaded Reloader::take(const ReloadOrder& order, Read read, json::object body) {
    const auto next = std::make_shared<const Setup>(std::move(*read.checked.setup));
    const auto was = engine_settings(*running_, {});
    const auto will = engine_settings(*next, {});
    auto both = notifiers_;
    for (const auto& [name, notifier] : read.notifiers) both.try_emplace(name, notifier);
    parts_.engine->use_channels(std::move(both), was.deliveries);

    body["done"] = "taken";
    runtime::DirectoryChange change;
    change.kind = "reloaded";
    change.data = described(order, state().running, read.digest);
    change.actor = order.actor;
    change.world = std::make_shared<const runtime::World>(
        next->daemon_world(next->configuration.organisation));
    runtime::Submission submission;
    submission.work = std::move(change);
    if (order.keep) order.keep(submission, body);
    if (auto done = submit(std::move(submission)); !done) {
        parts_.engine->use_channels(notifiers_, was.deliveries);
        return failed(done.error());
    }
    notifiers_ = std::move(read.notifiers);
    running_ = next;
    files_ = std::move(read.files);
    parts_.engine->use_channels(notifiers_, will.deliveries);
    parts_.engine->use_audit(will.audit);
    parts_.taken(running_, notifiers_);
    {
        std::lock_guard lock(mutex_);
        state_.running = read.digest;
        state_.since = parts_.clock->now();
        state_.values = values_of(*running_);
        state_.failed_at.reset();
        ++state_.taken;
    }
    Reloaded outcome;
    outcome.kind = Kind::taken;
    outcome.body = std::move(body);
    return outcome;
}

Status Reloader::submit(runtime::Submission submission) {
    std::promise<runtime::Answer> promise;
    submission.done = [&](runtime::Answer answer) { promise.set_value(std::move(answer)); };
    if (!parts_.engine->submit(std::move(submission)))
        return Error{ErrorCode::busy, "too many commands are waiting", "committer"};
    const auto answer = promise.get_future().get();
    if (const auto* error = std::get_if<Error>(&answer)) return *error;
    return engine::model::Done{};
}

void Reloader::log(const Reloaded& outcome) const {
    const auto text = [&](const char* key) {
        const auto* value = outcome.body.if_contains(key);
        return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                      : std::string();
    };
    if (outcome.kind == Kind::taken) {
        log_lines(text("text"));
        for (const auto& key : outcome.body.at("needs_restart").as_array())
            spdlog::warn("reload: {} waits for the next start", std::string(key.as_string()));
        spdlog::info("reload: configuration {} is in force instead of {}", text("after"),
                     text("before"));
    }
    if (outcome.kind == Kind::faulty) {
        for (const auto& fault : outcome.body.at("faults").as_array())
            spdlog::error("reload: {}:{}:{}: {}: {} / {}",
                          std::string(fault.at("file").as_string()),
                          fault.at("line").to_number<int>(), fault.at("column").to_number<int>(),
                          std::string(fault.at("path").as_string()),
                          std::string(fault.at("expected").as_string()),
                          std::string(fault.at("found").as_string()));
        spdlog::error("reload: the configuration is faulty, {} stays in force", text("before"));
    }
    if (outcome.kind == Kind::failed && outcome.error)
        spdlog::error("reload: could not be carried out: {}", outcome.error->what);
}

}  // namespace jinqiao::adapters::cli
