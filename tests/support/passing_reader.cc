#include "tests/support/passing_reader.h"

namespace jinqiao::tests {

model::Result<std::optional<ports::CaseRow>> PassingReader::find_case(const model::CaseId& id) {
    return inner_.find_case(id);
}

model::Result<std::optional<ports::CaseRow>> PassingReader::find_number(const std::string& number) {
    return inner_.find_number(number);
}

model::Result<ports::CasePage> PassingReader::list_cases(const ports::CaseQuery& query) {
    return inner_.list_cases(query);
}

model::Result<std::vector<ports::CaseTally>> PassingReader::tally_cases(
    const ports::CaseQuery& query, ports::TallyBy by, time::Instant now) {
    return inner_.tally_cases(query, by, now);
}

model::Result<std::optional<ports::StoredCase>> PassingReader::stored_case(
    const model::CaseId& id) {
    return inner_.stored_case(id);
}

model::Result<std::uint64_t> PassingReader::case_seq(const model::CaseId& id) {
    return inner_.case_seq(id);
}

model::Result<std::vector<ports::Filing>> PassingReader::filings_of(
    const model::EnterpriseId& enterprise, time::Instant since) {
    return inner_.filings_of(enterprise, since);
}

model::Result<std::vector<ports::HistoryRow>> PassingReader::history(const std::string& stream,
                                                                     std::uint64_t after_seq,
                                                                     int limit) {
    return inner_.history(stream, after_seq, limit);
}

model::Result<std::optional<ports::HistoryRow>> PassingReader::last_history(
    const std::string& stream) {
    return inner_.last_history(stream);
}

model::Status PassingReader::each_stream(
    const std::function<bool(const std::string& stream)>& visit) {
    return inner_.each_stream(visit);
}

model::Status PassingReader::each_case(bool open_only,
                                       const std::function<bool(const ports::CaseRow&)>& visit) {
    return inner_.each_case(open_only, visit);
}

model::Result<std::vector<ports::FiguresRow>> PassingReader::figures(time::Instant from,
                                                                     time::Instant until) {
    return inner_.figures(from, until);
}

model::Result<std::vector<ports::FiguresRow>> PassingReader::restricted_figures() {
    return inner_.restricted_figures();
}

model::Result<std::vector<ports::TimerRow>> PassingReader::timers_due(time::Instant until,
                                                                      int limit) {
    return inner_.timers_due(until, limit);
}

model::Result<std::vector<ports::TimerRow>> PassingReader::timers_of(const model::CaseId& id) {
    return inner_.timers_of(id);
}

model::Result<std::vector<ports::NoticeRow>> PassingReader::notices(const model::CaseId& id) {
    return inner_.notices(id);
}

model::Result<std::optional<ports::NoticeRow>> PassingReader::find_notice(
    const model::NoticeId& id) {
    return inner_.find_notice(id);
}

model::Result<std::vector<ports::NoticeRow>> PassingReader::notices_of_delivery(
    const std::string& delivery) {
    return inner_.notices_of_delivery(delivery);
}

model::Result<std::vector<std::string>> PassingReader::delivery_channels() {
    return inner_.delivery_channels();
}

model::Result<std::vector<ports::DeliveryRow>> PassingReader::deliveries_ready(
    const std::string& channel, time::Instant until, int limit) {
    return inner_.deliveries_ready(channel, until, limit);
}

model::Result<std::optional<time::Instant>> PassingReader::next_delivery_at() {
    return inner_.next_delivery_at();
}

model::Result<std::vector<ports::DeliveryRow>> PassingReader::deliveries_in_state(
    const std::string& state, std::uint64_t after, int limit) {
    return inner_.deliveries_in_state(state, after, limit);
}

model::Result<std::optional<ports::DeliveryRow>> PassingReader::find_delivery(
    const std::string& id) {
    return inner_.find_delivery(id);
}

model::Result<std::vector<ports::DeliveryRow>> PassingReader::deliveries_merged_into(
    const std::string& id) {
    return inner_.deliveries_merged_into(id);
}

model::Result<std::optional<ports::DeadLetterRow>> PassingReader::find_dead_letter(
    const std::string& delivery) {
    return inner_.find_dead_letter(delivery);
}

model::Result<std::vector<ports::DeadLetterRow>> PassingReader::dead_letters(
    const std::optional<ports::DeadLetterRow>& after, int limit) {
    return inner_.dead_letters(after, limit);
}

model::Result<std::vector<ports::DeadLetterRow>> PassingReader::dead_letters_to_tell(
    time::Instant until, int limit) {
    return inner_.dead_letters_to_tell(until, limit);
}

model::Result<std::vector<ports::AttemptRow>> PassingReader::attempts(const std::string& delivery) {
    return inner_.attempts(delivery);
}

model::Result<std::optional<ports::PersonalRow>> PassingReader::personal(const std::string& ref) {
    return inner_.personal(ref);
}

model::Result<std::optional<ports::EnterpriseRow>> PassingReader::find_enterprise(
    const model::EnterpriseId& id) {
    return inner_.find_enterprise(id);
}

model::Result<std::optional<ports::EnterpriseRow>> PassingReader::enterprise_by_uscc(
    const std::string& uscc) {
    return inner_.enterprise_by_uscc(uscc);
}

model::Result<std::optional<ports::EnterpriseRow>> PassingReader::enterprise_by_name_key(
    const std::string& key) {
    return inner_.enterprise_by_name_key(key);
}

model::Result<std::vector<ports::EnterpriseRow>> PassingReader::search_enterprises(
    const std::string& q, int limit) {
    return inner_.search_enterprises(q, limit);
}

model::Result<std::optional<ports::AccountRow>> PassingReader::find_account(
    const model::AccountId& id) {
    return inner_.find_account(id);
}

model::Result<std::optional<ports::TokenRow>> PassingReader::find_token(const std::string& hash) {
    return inner_.find_token(hash);
}

model::Result<std::vector<ports::TokenRow>> PassingReader::tokens_of(const model::AccountId& id) {
    return inner_.tokens_of(id);
}

model::Result<std::vector<ports::AccountRow>> PassingReader::accounts() {
    return inner_.accounts();
}

model::Result<std::optional<ports::DocumentRow>> PassingReader::find_document(
    const std::string& id) {
    return inner_.find_document(id);
}

model::Result<std::vector<ports::DocumentRow>> PassingReader::unused_documents(
    const model::AccountId& account) {
    return inner_.unused_documents(account);
}

model::Result<std::optional<std::string>> PassingReader::document_content(
    const std::string& sha256) {
    return inner_.document_content(sha256);
}

model::Result<std::optional<ports::StoredAnswer>> PassingReader::answer(const std::string& account,
                                                                        const std::string& key) {
    return inner_.answer(account, key);
}

model::Result<std::optional<std::string>> PassingReader::policy_text(const model::PolicyId& id) {
    return inner_.policy_text(id);
}

model::Result<std::optional<std::string>> PassingReader::meta(const std::string& key) {
    return inner_.meta(key);
}

model::Result<std::uint64_t> PassingReader::count(const std::string& table) {
    return inner_.count(table);
}

}  // namespace jinqiao::tests
