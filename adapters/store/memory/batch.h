#pragma once
#include <memory>
#include <optional>
#include <string>

#include "adapters/store/memory/reader.h"
#include "adapters/store/memory/state.h"

namespace jinqiao::adapters::store::memory {

class MemoryBatch final : public MemoryReader, public ports::Batch {
  public:
    explicit MemoryBatch(std::shared_ptr<MemoryStore::State> state);
    ~MemoryBatch() override;
    MemoryBatch(const MemoryBatch&) = delete;
    MemoryBatch& operator=(const MemoryBatch&) = delete;

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

  protected:
    Sight sight() const override { return {&state_->working, {}}; }

  private:
    // Done while this transaction is the open one.
    model::Status alive() const;
    model::Status hurry(const ports::DeliveryRow& behind);
    const Tables& tables() const { return state_->working; }
    // The common case: put the row under the key, whatever is there.
    template <auto Member, class Row>
    model::Status put(const std::string& key, const Row& row) {
        if (auto ready = alive(); !ready) return ready;
        state_->put<Member>(key, std::make_shared<const Row>(row));
        return model::Done{};
    }

    std::shared_ptr<MemoryStore::State> state_;
    std::uint64_t number_;
    std::optional<std::size_t> savepoint_;  // changes made before it
    // What is shared is the next transaction's from the commit on, on whatever thread that runs.
    bool over_ = false;
};

}  // namespace jinqiao::adapters::store::memory
