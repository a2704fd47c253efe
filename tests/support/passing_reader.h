#pragma once
#include "engine/ports/store.h"

namespace jinqiao::tests {

namespace model = engine::model;
namespace ports = engine::ports;
namespace time = engine::time;

// Asks another reader, which it borrows.
class PassingReader : public virtual ports::Reader {
  public:
    explicit PassingReader(ports::Reader& inner) : inner_(inner) {}

    model::Result<std::optional<ports::CaseRow>> find_case(const model::CaseId& id) override;
    model::Result<std::optional<ports::CaseRow>> find_number(const std::string& number) override;
    model::Result<ports::CasePage> list_cases(const ports::CaseQuery& query) override;
    model::Result<std::vector<ports::CaseTally>> tally_cases(const ports::CaseQuery& query,
                                                             ports::TallyBy by,
                                                             time::Instant now) override;
    model::Result<std::optional<ports::StoredCase>> stored_case(const model::CaseId& id) override;
    model::Result<std::uint64_t> case_seq(const model::CaseId& id) override;
    model::Result<std::vector<ports::Filing>> filings_of(const model::EnterpriseId& enterprise,
                                                         time::Instant since) override;
    model::Result<std::vector<ports::HistoryRow>> history(const std::string& stream,
                                                          std::uint64_t after_seq,
                                                          int limit) override;
    model::Result<std::optional<ports::HistoryRow>> last_history(
        const std::string& stream) override;
    model::Status each_stream(const std::function<bool(const std::string& stream)>& visit) override;
    model::Status each_case(bool open_only,
                            const std::function<bool(const ports::CaseRow&)>& visit) override;
    model::Result<std::vector<ports::FiguresRow>> figures(time::Instant from,
                                                          time::Instant until) override;
    model::Result<std::vector<ports::FiguresRow>> restricted_figures() override;
    model::Result<std::vector<ports::TimerRow>> timers_due(time::Instant until, int limit) override;
    model::Result<std::vector<ports::TimerRow>> timers_of(const model::CaseId& id) override;
    model::Result<std::vector<ports::NoticeRow>> notices(const model::CaseId& id) override;
    model::Result<std::optional<ports::NoticeRow>> find_notice(const model::NoticeId& id) override;
    model::Result<std::vector<ports::NoticeRow>> notices_of_delivery(
        const std::string& delivery) override;
    model::Result<std::vector<std::string>> delivery_channels() override;
    model::Result<std::vector<ports::DeliveryRow>> deliveries_ready(const std::string& channel,
                                                                    time::Instant until,
                                                                    int limit) override;
    model::Result<std::optional<time::Instant>> next_delivery_at() override;
    model::Result<std::vector<ports::DeliveryRow>> deliveries_in_state(const std::string& state,
                                                                       std::uint64_t after,
                                                                       int limit) override;
    model::Result<std::optional<ports::DeliveryRow>> find_delivery(const std::string& id) override;
    model::Result<std::vector<ports::DeliveryRow>> deliveries_merged_into(
        const std::string& id) override;
    model::Result<std::vector<ports::AttemptRow>> attempts(const std::string& delivery) override;
    model::Result<std::optional<ports::DeadLetterRow>> find_dead_letter(
        const std::string& delivery) override;
    model::Result<std::vector<ports::DeadLetterRow>> dead_letters(
        const std::optional<ports::DeadLetterRow>& after, int limit) override;
    model::Result<std::vector<ports::DeadLetterRow>> dead_letters_to_tell(time::Instant until,
                                                                          int limit) override;
    model::Result<std::optional<ports::PersonalRow>> personal(const std::string& ref) override;
    model::Result<std::optional<ports::EnterpriseRow>> find_enterprise(
        const model::EnterpriseId& id) override;
    model::Result<std::optional<ports::EnterpriseRow>> enterprise_by_uscc(
        const std::string& uscc) override;
    model::Result<std::optional<ports::EnterpriseRow>> enterprise_by_name_key(
        const std::string& key) override;
    model::Result<std::vector<ports::EnterpriseRow>> search_enterprises(const std::string& q,
                                                                        int limit) override;
    model::Result<std::optional<ports::AccountRow>> find_account(
        const model::AccountId& id) override;
    model::Result<std::vector<ports::AccountRow>> accounts() override;
    model::Result<std::optional<ports::TokenRow>> find_token(const std::string& hash) override;
    model::Result<std::vector<ports::TokenRow>> tokens_of(const model::AccountId& id) override;
    model::Result<std::optional<ports::DocumentRow>> find_document(const std::string& id) override;
    model::Result<std::vector<ports::DocumentRow>> unused_documents(
        const model::AccountId& account) override;
    model::Result<std::optional<std::string>> document_content(const std::string& sha256) override;
    model::Result<std::optional<ports::StoredAnswer>> answer(const std::string& account,
                                                             const std::string& key) override;
    model::Result<std::optional<std::string>> policy_text(const model::PolicyId& id) override;
    model::Result<std::optional<std::string>> meta(const std::string& key) override;
    model::Result<std::uint64_t> count(const std::string& table) override;

  private:
    ports::Reader& inner_;
};

}  // namespace jinqiao::tests
