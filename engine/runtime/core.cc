#include "engine/runtime/core.h"

#include <spdlog/spdlog.h>

#include <atomic>
#include <charconv>

#include "engine/runtime/account_changes.h"
#include "engine/runtime/calendar_change.h"
#include "engine/runtime/command_runner.h"
#include "engine/runtime/dead_letters.h"
#include "engine/runtime/delivery_merge.h"
#include "engine/runtime/delivery_outcomes.h"
#include "engine/runtime/directory_changes.h"
#include "engine/runtime/documents.h"
#include "engine/runtime/foresight.h"
#include "engine/runtime/receipts.h"
#include "engine/runtime/rows.h"

namespace jinqiao::engine::runtime {

using model::Error;
using model::ErrorCode;
using model::Refusal;
using model::Status;

namespace {

constexpr std::chrono::hours answers_swept_every{1};

void answer(Submission& submission, Answer answer) {
    if (submission.done) submission.done(std::move(answer));
}

Status answer_all(std::span<Submission> batch, const Error& error) {
    for (auto& submission : batch) answer(submission, error);
    return error;
}

Status write(ports::Batch& batch, const Registration& rows) {
    for (const auto& row : rows.accounts)
        if (auto put = batch.put_account(row); !put) return put;
    for (const auto& row : rows.enterprises)
        if (auto put = batch.put_enterprise(row); !put) return put;
    for (const auto& row : rows.tokens)
        if (auto put = batch.put_token(row); !put) return put;
    for (const auto& use : rows.used)
        if (auto noted = batch.note_token_use(use.hash, use.day); !noted) return noted;
    for (const auto& hash : rows.ended)
        if (auto erased = batch.erase_token(hash); !erased) return erased;
    return model::Done{};
}

bool is_stale_timer(const Submission& submission, const Answer& answer) {
    const auto* command = std::get_if<model::Command>(&submission.work);
    const auto* refusal = std::get_if<Refusal>(&answer);
    return command != nullptr && command->name == "timer_fired" && refusal != nullptr;
}

}  // namespace

struct Core::Impl {
    Impl(Parts given, CoreSettings chosen)
        : parts(std::move(given)),
          settings(std::move(chosen)),
          cache(settings.cached_cases),
          policies(parts.read_policy),
          tools{parts, settings, policies, incidents} {}

    Status load_last_now(ports::Reader& reader);
    Status process(std::span<Submission> batch);
    // The whole batch up to, not including, the commit; an error spoils all of it.
    model::Result<std::vector<Answer>> decide_all(Transaction& tx, std::span<Submission> batch);
    bool decide_together(Transaction& tx, std::span<Submission> batch, std::size_t first,
                         std::vector<std::optional<Answer>>& answers);
    model::Result<std::vector<Answer>> guarded_record(
        Transaction& tx, std::span<const DeliveryOutcome* const> outcomes);
    Answer one(Transaction& tx, Submission& submission);
    Answer attempt(Transaction& tx, const Submission& submission);
    Answer guarded_work(Transaction& tx, const Submission& submission);
    Answer work(Transaction& tx, const Submission& submission);
    Answer run(Transaction& tx, const Submission& submission, const model::Command& command);
    model::Result<std::optional<Answer>> answered_before(Transaction& tx,
                                                         const Submission& submission);
    Status store_answer(Transaction& tx, const Submission& submission, const Accepted& accepted);
    Status mend_timers(Transaction& tx, const Submission& submission);
    Status finish(Transaction& tx);
    void committed(Transaction& tx);
    time::Instant effective_now() const {
        return std::max(time::from_ms(last_now.load(std::memory_order_relaxed)),
                        parts.clock->now());
    }

    Parts parts;
    CoreSettings settings;
    CaseCache cache;
    Policies policies;
    Incidents incidents;
    Tools tools;
    std::vector<std::function<void(std::span<const Accepted>)>> listeners;
    bool loaded = false;
    time::Instant swept_at{};
    std::atomic<std::int64_t> last_now{0};
    std::atomic<std::uint64_t> commits{0}, commands{0}, refusals{0}, transitions{0}, notices{0},
        timers_fired{0};
};

Status Core::Impl::load_last_now(ports::Reader& reader) {
    auto stored = reader.meta(last_now_meta);
    if (!stored) return stored.error();
    std::int64_t ms = 0;
    if (*stored) {
        const std::string& text = **stored;
        if (std::from_chars(text.data(), text.data() + text.size(), ms).ec != std::errc{})
            return Error{ErrorCode::corrupt, "not a number: " + text, last_now_meta};
    }
    last_now = ms;
    loaded = true;
    return model::Done{};
}

Status Core::Impl::process(std::span<Submission> batch) {
    if (batch.empty() && loaded) return model::Done{};
    auto begun = parts.store->begin();
    if (!begun) return answer_all(batch, begun.error());
    if (!loaded)
        if (auto done = load_last_now(**begun); !done) return answer_all(batch, done.error());

    Transaction tx(**begun, cache, effective_now(), parts.world->get());
    auto answers = decide_all(tx, batch);
    Status status = answers ? finish(tx) : Status(answers.error());
    if (!status) {
        tx.drop_from_cache();
        incidents.failed();
        begun->reset();  // rolled back before anybody hears of it
        return answer_all(batch, status.error());
    }
    if (tx.dirty()) committed(tx);
    for (std::size_t i = 0; i < batch.size(); ++i) answer(batch[i], std::move((*answers)[i]));
    return model::Done{};
}

model::Result<std::vector<Answer>> Core::Impl::decide_all(Transaction& tx,
                                                          std::span<Submission> batch) {
    std::vector<std::optional<Answer>> decided(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (decided[i] || decide_together(tx, batch, i, decided)) continue;
        decided[i] = one(tx, batch[i]);
        const auto* error = std::get_if<Error>(&*decided[i]);
        if (error != nullptr && ends_batch(error->code)) return *error;
    }
    std::vector<Answer> answers;
    answers.reserve(batch.size());
    for (auto& answer : decided) answers.push_back(std::move(*answer));
    return answers;
}

// What deliveries of the same case came to, wherever in the batch, in one savepoint and one
// decision. False: there are no two of them, or one of them is broken; nothing was done.
bool Core::Impl::decide_together(Transaction& tx, std::span<Submission> batch, std::size_t first,
                                 std::vector<std::optional<Answer>>& answers) {
    const auto* leader = std::get_if<DeliveryOutcome>(&batch[first].work);
    if (leader == nullptr || leader->kase.empty()) return false;
    std::vector<const DeliveryOutcome*> outcomes;
    std::vector<std::size_t> places;
    for (std::size_t i = first; i < batch.size(); ++i) {
        const auto* outcome = std::get_if<DeliveryOutcome>(&batch[i].work);
        if (outcome == nullptr || outcome->kase != leader->kase || answers[i]) continue;
        outcomes.push_back(outcome);
        places.push_back(i);
    }
    if (outcomes.size() < 2 || !tx.open()) return false;
    incidents.open();
    auto recorded = guarded_record(tx, outcomes);
    if (!recorded) {
        incidents.undo();
        (void)tx.undo();  // a store that cannot go back says so again at the next write
        return false;
    }
    if (!tx.keep()) return false;
    for (std::size_t i = 0; i < places.size(); ++i) answers[places[i]] = std::move((*recorded)[i]);
    return true;
}

model::Result<std::vector<Answer>> Core::Impl::guarded_record(
    Transaction& tx, std::span<const DeliveryOutcome* const> outcomes) {
    try {
        return record_outcomes(tools, tx, outcomes);
    } catch (const std::exception& broken) {
        return Error{ErrorCode::internal, broken.what(), {}};
    }
}

Answer Core::Impl::one(Transaction& tx, Submission& submission) {
    auto before = answered_before(tx, submission);
    if (!before) return before.error();
    if (*before) return std::move(**before);

    Answer result = attempt(tx, submission);
    // Somebody else wrote to the case, or the cache was wrong: once more from what is stored.
    if (const auto* error = std::get_if<Error>(&result);
        error != nullptr && error->code == ErrorCode::conflict) {
        tx.forget_used();
        result = attempt(tx, submission);
    }
    if (std::holds_alternative<Refusal>(result)) {
        const auto& refusal = std::get<Refusal>(result);
        if (refusal.kind != Refusal::Kind::dropped) ++refusals;
        spdlog::debug("refused: {}", refusal.reasons.empty() ? "" : refusal.reasons.front().code);
        if (is_stale_timer(submission, result))
            if (auto done = mend_timers(tx, submission); !done) return done.error();
    }
    return result;
}

// Within a savepoint of its own: kept if accepted, undone otherwise.
Answer Core::Impl::attempt(Transaction& tx, const Submission& submission) {
    if (submission.foresight) tx.offer(submission.foresight->before);
    if (auto done = tx.open(); !done) return done.error();
    incidents.open();
    Answer result = guarded_work(tx, submission);
    if (const auto* accepted = std::get_if<Accepted>(&result))
        if (auto done = store_answer(tx, submission, *accepted); !done) result = done.error();
    const bool kept = std::holds_alternative<Accepted>(result);
    if (!kept) incidents.undo();
    auto closed = kept ? tx.keep() : tx.undo();
    if (!closed) return closed.error();
    return result;
}

// One submission that breaks what we believed must not end the program: the same timer would end it
// again at every start.
Answer Core::Impl::guarded_work(Transaction& tx, const Submission& submission) {
    try {
        return work(tx, submission);
    } catch (const std::exception& broken) {
        return Error{ErrorCode::internal, broken.what(), {}};
    }
}

Answer Core::Impl::work(Transaction& tx, const Submission& submission) {
    if (const auto* command = std::get_if<model::Command>(&submission.work))
        return run(tx, submission, *command);
    if (const auto* change = std::get_if<DirectoryChange>(&submission.work))
        return is_account_change(change->kind)       ? change_account(tools, tx, *change)
               : is_dead_letter_change(change->kind) ? change_dead_letters(tools, tx, *change)
                                                     : change_directory(tools, tx, *change);
    if (const auto* outcome = std::get_if<DeliveryOutcome>(&submission.work)) {
        auto recorded = record_outcomes(tools, tx, std::span(&outcome, 1));
        return recorded ? std::move(recorded->front()) : Answer(recorded.error());
    }
    if (const auto* merge = std::get_if<DeliveryMerge>(&submission.work))
        return merge_deliveries(tools, tx, *merge);
    if (std::holds_alternative<CalendarInForce>(submission.work)) return reckon_anew(tools, tx);
    if (const auto* upload = std::get_if<Upload>(&submission.work))
        return store_document(tools, tx, *upload);
    if (auto done = write(tx.batch(), std::get<Registration>(submission.work)); !done)
        return done.error();
    return Accepted{};
}

Answer Core::Impl::run(Transaction& tx, const Submission& submission,
                       const model::Command& command) {
    CommandRunner runner(tools, tx);
    auto refusal = unfit_documents(tx.batch(), submission.naming, command.target);
    if (!refusal) return refusal.error();
    if (*refusal) return std::move(**refusal);
    auto answer = runner.run(command, submission.foresight.get());
    const auto* accepted = std::get_if<Accepted>(&answer);
    if (accepted == nullptr) return answer;
    if (auto done = claim(tx.batch(), submission.naming, accepted->kase->id); !done)
        return done.error();
    if (submission.receipt.empty()) return answer;
    if (auto done = keep_receipt(tx.batch(), submission.receipt, accepted->kase->id, tx.now());
        !done)
        return done.error();
    return answer;
}

model::Result<std::optional<Answer>> Core::Impl::answered_before(Transaction& tx,
                                                                 const Submission& submission) {
    if (submission.key.empty()) return std::optional<Answer>{};
    auto stored = tx.batch().answer(submission.account, submission.key);
    if (!stored) return stored.error();
    if (!*stored) return std::optional<Answer>{};
    if ((*stored)->body_hash == submission.body_hash)
        return std::optional<Answer>(std::move(**stored));
    return std::optional<Answer>(
        Error{ErrorCode::conflict, "idempotency_key_reused", submission.key});
}

Status Core::Impl::store_answer(Transaction& tx, const Submission& submission,
                                const Accepted& accepted) {
    if (submission.key.empty()) return model::Done{};
    ports::StoredAnswer row =
        submission.compose ? submission.compose(accepted) : ports::StoredAnswer{};
    row.account = submission.account;
    row.key = submission.key;
    row.body_hash = submission.body_hash;
    row.at = tx.now();
    return tx.batch().put_answer(row);
}

// A timer that the kernel finds stale while the table still holds it would fire for ever: the
// table is put right from the case.
Status Core::Impl::mend_timers(Transaction& tx, const Submission& submission) {
    const auto& id = std::get<model::Command>(submission.work).target;
    auto snapshot = tx.find(id);
    if (!snapshot)
        return ends_batch(snapshot.error().code) ? Status(snapshot.error()) : model::Done{};
    auto rows = tx.batch().timers_of(id);
    if (!rows) return rows.error();
    std::vector<kernel::Timer> stored;
    for (const auto& row : *rows) stored.push_back(timer_of(row));
    const auto wanted =
        *snapshot ? kernel::timers(*(*snapshot)->kase) : std::vector<kernel::Timer>{};
    const auto changes = difference(stored, wanted);
    if (changes.put.empty() && changes.erase.empty()) return model::Done{};
    spdlog::error("timers of {} differed from the case and were put right", id.value);
    if (auto done = tx.open(); !done) return done;
    for (const auto& slot : changes.erase)
        if (auto done = tx.batch().erase_timer(id, slot); !done) return done;
    for (const auto& timer : changes.put)
        if (auto done = tx.batch().put_timer(make_row(id, timer)); !done) return done;
    return tx.keep();
}

Status Core::Impl::finish(Transaction& tx) {
    if (!tx.dirty()) return model::Done{};
    if (tx.now() - swept_at >= answers_swept_every) {
        if (auto done = tx.batch().drop_answers_before(tx.now() - settings.answers_kept); !done)
            return done;
        if (auto done = tx.batch().drop_sessions_before(tx.now()); !done) return done;
        const auto unused_since = tx.now() - settings.unused_documents_kept;
        if (auto done = tx.batch().drop_unused_documents_before(unused_since); !done) return done;
        swept_at = tx.now();
    }
    const auto now_ms = std::to_string(time::to_ms(tx.now()));
    if (auto done = tx.batch().put_meta(last_now_meta, now_ms); !done) return done;
    // Before anybody can see these rows: who decides beside the committer must not date it earlier.
    last_now = time::to_ms(tx.now());
    return tx.batch().commit();
}

void Core::Impl::committed(Transaction& tx) {
    tx.publish_to_cache();
    incidents.committed(tx);
    policies.committed(tx.stored_policies());
    if (tx.directory_changed() || tx.world_changed())
        parts.world->update([&](World& world) {
            if (tx.world_changed()) world = tx.world();
            world.directory = tx.current_directory();
        });
    const CoreCounts& counts = tx.counts();
    ++commits;
    commands += counts.commands;
    transitions += counts.transitions;
    notices += counts.notices;
    timers_fired += counts.timers_fired;
    for (const auto& listener : listeners) listener(tx.changes());
}

Core::Core(Parts parts, CoreSettings settings)
    : impl_(std::make_unique<Impl>(std::move(parts), std::move(settings))) {}

Core::~Core() = default;

Status Core::process(std::span<Submission> batch) { return impl_->process(batch); }

std::shared_ptr<Foresight> Core::foresee(ports::Reader& reader,
                                         const model::Command& command) const {
    return runtime::foresee(
        {impl_->parts, impl_->settings, reader, [this] { return impl_->effective_now(); }},
        command);
}

std::shared_ptr<const model::Case> Core::recent(const model::CaseId& id) const {
    return impl_->cache.find_case(id);
}

time::Instant Core::now() const { return impl_->effective_now(); }

CoreCounts Core::counts() const {
    CoreCounts counts;
    counts.commits = impl_->commits;
    counts.commands = impl_->commands;
    counts.refusals = impl_->refusals;
    counts.transitions = impl_->transitions;
    counts.notices = impl_->notices;
    counts.timers_fired = impl_->timers_fired;
    return counts;
}

void Core::on_commit(std::function<void(std::span<const Accepted>)> listener) {
    impl_->listeners.push_back(std::move(listener));
}

}  // namespace jinqiao::engine::runtime
