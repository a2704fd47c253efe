#include "tests/bench/support/recording_store.h"

#include <limits>

#include "tests/bench/support/columns.h"
#include "tests/support/passing_reader.h"

namespace jinqiao::tests::bench {

namespace {

Value value_of(const std::string& text) { return text; }
template <std::integral Integer>
Value value_of(Integer value) {
    return static_cast<std::int64_t>(value);
}
Value value_of(time::Instant at) { return time::to_ms(at); }
Value value_of(const std::optional<time::Instant>& at) { return at ? value_of(*at) : nullptr; }

Statement update_of(const ports::CaseRow& before, const ports::CaseRow& after) {
    const bool others_alike = before.open == after.open && before.owner_post == after.owner_post &&
                              before.enterprise_id == after.enterprise_id &&
                              before.number == after.number;
    if (!others_alike) return Statement::update_case_all;
    return before.next_due == after.next_due ? Statement::update_case : Statement::update_case_due;
}

auto into(Writes& writes, Statement statement) {
    return [&writes, statement](const auto&... values) {
        writes.push_back({statement, {value_of(values)...}});
    };
}

// Borrowed as a base, because a base is there before the reader that asks it.
struct Borrowed {
    std::unique_ptr<ports::Batch> batch;
};

class RecordingBatch final : private Borrowed, public PassingReader, public ports::Batch {
  public:
    RecordingBatch(std::unique_ptr<ports::Batch> inner, Recording& recording)
        : Borrowed{std::move(inner)}, PassingReader(*batch), recording_(recording) {}

    model::Status savepoint() override {
        kept_ = writes_.size();
        return batch->savepoint();
    }
    model::Status release() override { return batch->release(); }
    model::Status rollback_to_savepoint() override {
        writes_.resize(kept_);
        return batch->rollback_to_savepoint();
    }
    model::Status commit() override {
        auto done = batch->commit();
        if (done) recording_.emplace_back(std::move(writes_));
        return done;
    }

    model::Status put_case(const ports::CaseRow& row, std::uint64_t expected_seq) override {
        if (expected_seq == 0) return put(Statement::add_case, row, batch->put_case(row, 0));
        const auto before = batch->find_case(row.id);
        auto done = batch->put_case(row, expected_seq);
        if (!done || !before || !*before) return done;
        const Statement which = update_of(**before, row);
        updated_columns(which, row, expected_seq, into(writes_, which));
        return done;
    }
    model::Status put_figures(const ports::FiguresRow& row) override {
        const auto last =
            row.last_at ? time::to_ms(*row.last_at) : std::numeric_limits<std::int64_t>::max();
        return note(batch->put_figures(row), Statement::put_figures, row.kase.value, row.filed_at,
                    last, row.restricted, row.body);
    }
    model::Status append_history(const ports::HistoryRow& row) override {
        return put(Statement::add_history, row, batch->append_history(row));
    }
    model::Status put_timer(const ports::TimerRow& row) override {
        return put(Statement::put_timer, row, batch->put_timer(row));
    }
    model::Status erase_timer(const model::CaseId& id, const std::string& slot) override {
        return note(batch->erase_timer(id, slot), Statement::erase_timer, id.value, slot);
    }
    model::Status add_notice(const ports::NoticeRow& row) override {
        return put(Statement::add_notice, row, batch->add_notice(row));
    }
    model::Status put_notice_state(const model::NoticeId& id, const std::string& state,
                                   std::optional<time::Instant> delivered_at) override {
        return note(batch->put_notice_state(id, state, delivered_at), Statement::put_notice_state,
                    state, delivered_at, id.value);
    }
    model::Status add_delivery(const ports::DeliveryRow& row) override {
        if (row.state == "pending" && row.priority > model::GradeLevel::blue)
            writes_.push_back({Statement::hurry_queue,
                               {row.kase.value, row.channel, row.address,
                                static_cast<std::int64_t>(row.priority)}});
        return put(Statement::add_delivery, row, batch->add_delivery(row));
    }
    // Nothing is merged or sent again in a replay either.
    model::Status carry_notice(const model::NoticeId& id, const std::string& delivery) override {
        return batch->carry_notice(id, delivery);
    }
    model::Status put_dead_letter(const ports::DeadLetterRow& row) override {
        return put(Statement::put_dead_letter, row, batch->put_dead_letter(row));
    }
    // A delivery that had ended is never brought back in a replay: the comparison of the files
    // would tell.
    model::Status put_delivery(const ports::DeliveryRow& row) override {
        auto done = batch->put_delivery(row);
        if (row.state == "pending") {
            return note(std::move(done), Statement::delivery_waits, row.attempts, row.next_at,
                        row.sent_unknown, row.since, row.id);
        }
        auto noted = note(std::move(done), Statement::delivery_ends, row.state, row.attempts,
                          row.next_at, row.sent_unknown, row.since, row.successor, row.id);
        return note(std::move(noted), Statement::delivery_next_head, row.kase.value, row.channel,
                    row.address);
    }
    model::Status add_attempt(const ports::AttemptRow& row) override {
        return put(Statement::add_attempt, row, batch->add_attempt(row));
    }
    model::Status put_personal(const ports::PersonalRow& row) override {
        return put(Statement::put_personal, row, batch->put_personal(row));
    }
    model::Status put_enterprise(const ports::EnterpriseRow& row) override {
        return put(Statement::put_enterprise, row, batch->put_enterprise(row));
    }
    model::Status put_account(const ports::AccountRow& row) override {
        return put(Statement::put_account, row, batch->put_account(row));
    }
    // A replay signs nobody in.
    model::Status put_token(const ports::TokenRow& row) override { return batch->put_token(row); }
    model::Status note_token_use(const std::string& hash, const std::string& day) override {
        return batch->note_token_use(hash, day);
    }
    model::Status erase_token(const std::string& hash) override { return batch->erase_token(hash); }
    model::Status drop_sessions_before(engine::time::Instant expired) override {
        return batch->drop_sessions_before(expired);
    }
    // Nor does it send files.
    model::Status put_document(const ports::DocumentRow& row) override {
        return batch->put_document(row);
    }
    model::Status put_content(const std::string& sha256, const std::string& bytes) override {
        return batch->put_content(sha256, bytes);
    }
    model::Status drop_unused_documents_before(time::Instant at) override {
        return batch->drop_unused_documents_before(at);
    }
    model::Status put_answer(const ports::StoredAnswer& row) override {
        return put(Statement::put_answer, row, batch->put_answer(row));
    }
    model::Status drop_answers_before(time::Instant at) override {
        return note(batch->drop_answers_before(at), Statement::drop_answers_before, at);
    }
    model::Status put_policy(const model::PolicyId& id, const std::string& text) override {
        return note(batch->put_policy(id, text), Statement::put_policy, id.value, text);
    }
    model::Status put_meta(const std::string& key, const std::string& value) override {
        return note(batch->put_meta(key, value), Statement::put_meta, key, value);
    }
    model::Result<std::uint64_t> next_number(const std::string& series) override {
        auto number = batch->next_number(series);
        if (number) into(writes_, Statement::next_number)(series);
        return number;
    }

  private:
    // Only what the store beneath has taken.
    template <class Row>
    model::Status put(Statement statement, const Row& row, model::Status done) {
        if (done) columns(row, into(writes_, statement));
        return done;
    }
    template <class... Values>
    model::Status note(model::Status done, Statement statement, const Values&... values) {
        if (done) into(writes_, statement)(values...);
        return done;
    }

    Recording& recording_;
    Writes writes_;
    std::size_t kept_ = 0;  // of writes_, if the savepoint is rolled back
};

}  // namespace

model::Result<std::unique_ptr<ports::Batch>> RecordingStore::begin() {
    auto begun = inner_.begin();
    if (!begun) return begun.error();
    return std::unique_ptr<ports::Batch>(
        std::make_unique<RecordingBatch>(std::move(begun).value(), recording_));
}

model::Status RecordingStore::maintain(bool idle) {
    recording_.emplace_back(Maintain{idle});
    return inner_.maintain(idle);
}

}  // namespace jinqiao::tests::bench
