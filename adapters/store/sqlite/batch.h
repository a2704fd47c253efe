#pragma once
#include <optional>
#include <string>

#include "adapters/store/sqlite/reader.h"
#include "adapters/store/sqlite/writer.h"

namespace jinqiao::adapters::store::sqlite {

// A transaction on the writer's connection.
//
// A savepoint that is asked for is opened by the first write behind it, so that a command that is
// refused before it wrote anything costs nothing. Asking again moves the savepoint; going back to
// it leaves it set.
//
// Errors about the input (conflict, not_found, invalid) leave the transaction as it was. Any other
// may have made SQLite roll back: from then on every call, commit included, repeats the error.
class SqliteBatch final : public SqliteReader, public ports::Batch {
  public:
    // Borrows the writer, on which begin() has succeeded.
    explicit SqliteBatch(Writer& writer) : SqliteReader(writer.connection()), writer_(writer) {}
    ~SqliteBatch() override;
    SqliteBatch(const SqliteBatch&) = delete;
    SqliteBatch& operator=(const SqliteBatch&) = delete;

    model::Status savepoint() override;
    model::Status release() override;
    model::Status rollback_to_savepoint() override;
    model::Status put_case(const ports::CaseRow& row, std::uint64_t expected_seq) override;
    model::Status put_figures(const ports::FiguresRow& row) override;
    model::Status append_history(const ports::HistoryRow& row) override;
    model::Status put_timer(const ports::TimerRow& row) override;
    model::Status erase_timer(const model::CaseId& id, const std::string& slot) override;
    model::Status add_notice(const ports::NoticeRow& row) override;
    model::Status put_notice_state(const model::NoticeId& id, const std::string& state,
                                   std::optional<time::Instant> delivered_at) override;
    model::Status add_delivery(const ports::DeliveryRow& row) override;
    model::Status put_delivery(const ports::DeliveryRow& row) override;
    model::Status carry_notice(const model::NoticeId& id, const std::string& delivery) override;
    model::Status add_attempt(const ports::AttemptRow& row) override;
    model::Status put_dead_letter(const ports::DeadLetterRow& row) override;
    model::Status put_personal(const ports::PersonalRow& row) override;
    model::Status put_enterprise(const ports::EnterpriseRow& row) override;
    model::Status put_account(const ports::AccountRow& row) override;
    model::Status put_token(const ports::TokenRow& row) override;
    model::Status note_token_use(const std::string& hash, const std::string& day) override;
    model::Status erase_token(const std::string& hash) override;
    model::Status drop_sessions_before(time::Instant expired) override;
    model::Status put_document(const ports::DocumentRow& row) override;
    model::Status put_content(const std::string& sha256, const std::string& bytes) override;
    model::Status drop_unused_documents_before(time::Instant at) override;
    model::Status put_answer(const ports::StoredAnswer& row) override;
    model::Status drop_answers_before(time::Instant at) override;
    model::Status put_policy(const model::PolicyId& id, const std::string& text) override;
    model::Status put_meta(const std::string& key, const std::string& value) override;
    model::Result<std::uint64_t> next_number(const std::string& series) override;
    model::Status commit() override;

  private:
    enum class Savepoint { none, asked_for, open };

    // Runs `body`, which returns a Status and may throw, as a write of this transaction.
    template <class Body>
    model::Status write(Body&& body) {
        if (auto ready = before_write(); !ready) return ready;
        return after_write(guarded(std::forward<Body>(body)));
    }
    template <class... Value>
    model::Status write_row(const char* sql, const Value&... values) {
        return write([&]() -> model::Status {
            connection().use(sql).with(values...).run();
            return model::Done{};
        });
    }
    model::Status run_control(const char* sql);  // SAVEPOINT and its kin
    model::Status before_write();
    model::Status after_write(model::Status status);

    Writer& writer_;
    Savepoint savepoint_ = Savepoint::none;
    std::optional<model::Error> broken_;
    bool ended_ = false;
};

}  // namespace jinqiao::adapters::store::sqlite
