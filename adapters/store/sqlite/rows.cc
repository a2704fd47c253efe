#include "adapters/store/sqlite/rows.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/store/paging.h"

namespace jinqiao::adapters::store::sqlite {

// Members are assigned one statement each: the order of the reads is the order of the columns.

std::string json_list(const std::vector<std::string>& texts) {
    boost::json::array list;
    for (const std::string& text : texts) list.emplace_back(text);
    return boost::json::serialize(list);
}

std::vector<std::string> read_list(const std::string& json) {
    std::vector<std::string> out;
    const auto list = boost::json::parse(json);
    for (const auto& text : list.as_array()) out.emplace_back(text.as_string());
    return out;
}

ports::CaseRow read_case(Columns row) {
    ports::CaseRow kase;
    kase.id.value = row.text();
    kase.number = row.text();
    kase.workflow = row.text();
    kase.enterprise_id = row.text();
    kase.enterprise_name = row.text();
    kase.state = row.text();
    kase.stage = row.text();
    kase.grade = row.text();
    kase.owner_post = row.text();
    kase.filer_account = row.text();
    kase.open = row.flag();
    kase.exercise = row.flag();
    kase.restricted = row.flag();
    kase.filed_at = row.instant();
    const std::int64_t due = row.integer();
    if (due != no_due_ms) kase.next_due = time::from_ms(due);
    kase.seq = row.count();
    kase.version = row.count();
    kase.summary = row.text();
    kase.concerned = read_list(row.text());
    kase.body = row.text();
    return kase;
}

ports::HistoryRow read_history(Columns row) {
    ports::HistoryRow entry;
    entry.kase.value = row.text();
    entry.seq = row.count();
    entry.at = row.instant();
    entry.body = row.text();
    entry.prev_hash = row.text();
    entry.hash = row.text();
    return entry;
}

ports::TimerRow read_timer(Columns row) {
    ports::TimerRow timer;
    timer.kase.value = row.text();
    timer.slot = row.text();
    timer.at = row.instant();
    timer.epoch = row.small();
    timer.rung = row.small();
    timer.repeat = row.small();
    return timer;
}

model::Result<ports::NoticeRow> read_notice(Columns row) {
    ports::NoticeRow stored;
    model::Notice& notice = stored.notice;
    notice.id.value = row.text();
    notice.key = row.text();
    notice.kase.value = row.text();
    notice.event = row.text();
    const auto addressee = model::Addressee::parse(row.text());
    notice.person.value = row.text();
    notice.channel = row.text();
    notice.address = row.text();
    notice.assignment.value = row.text();
    const auto grade = model::parse_grade(row.text());
    notice.exercise = row.flag();
    notice.urgent = row.flag();
    notice.at = row.instant();
    notice.reason = row.text();
    stored.seq = row.count();
    stored.delivery = row.text();
    stored.state = row.text();
    stored.delivered_at = row.maybe_instant();
    stored.subject = row.text();
    stored.sign_url = row.text();
    stored.text = row.text();
    boost::json::error_code failed;
    boost::json::value vars = boost::json::parse(row.text(), failed);
    stored.pattern = row.text();
    if (!addressee || !grade || failed || !vars.is_object()) {
        return model::Error{model::ErrorCode::corrupt, "a stored notice cannot be read",
                            "notice " + notice.id.value};
    }
    notice.addressee = *addressee;
    notice.grade = *grade;
    notice.vars = std::move(vars.get_object());
    return stored;
}

ports::DeliveryRow read_delivery(Columns row) {
    ports::DeliveryRow delivery;
    delivery.id = row.text();
    delivery.kase.value = row.text();
    delivery.channel = row.text();
    delivery.address = row.text();
    delivery.order = row.count();
    delivery.state = row.text();
    delivery.attempts = row.small();
    delivery.next_at = row.instant();
    delivery.sent_unknown = row.flag();
    delivery.priority = static_cast<model::GradeLevel>(std::clamp(row.small(), 0, 3));
    delivery.since = row.instant();
    delivery.successor = row.text();
    return delivery;
}

ports::AttemptRow read_attempt(Columns row) {
    ports::AttemptRow attempt;
    attempt.delivery = row.text();
    attempt.attempt = row.small();
    attempt.at = row.instant();
    attempt.outcome = row.text();
    attempt.code = row.text();
    attempt.provider_id = row.text();
    attempt.detail = row.text();
    attempt.recipients = row.text();
    return attempt;
}

ports::DeadLetterRow read_dead_letter(Columns row) {
    ports::DeadLetterRow letter;
    letter.delivery = row.text();
    letter.kase.value = row.text();
    letter.at = row.instant();
    letter.owner = row.text();
    letter.told = row.small();
    letter.tell_at = row.maybe_instant();
    letter.settled_at = row.maybe_instant();
    letter.settled_by = row.text();
    letter.how = row.text();
    letter.note = row.text();
    return letter;
}

ports::PersonalRow read_personal(Columns row) {
    ports::PersonalRow value;
    value.ref = row.text();
    value.kase.value = row.text();
    value.field = row.text();
    value.cls = row.text();
    value.value = row.text();
    value.at = row.instant();
    return value;
}

ports::EnterpriseRow read_enterprise(Columns row) {
    ports::EnterpriseRow enterprise;
    enterprise.id.value = row.text();
    enterprise.uscc = row.text();
    enterprise.name = row.text();
    enterprise.name_key = row.text();
    enterprise.confirmed = row.flag();
    enterprise.body = row.text();
    return enterprise;
}

ports::AccountRow read_account(Columns row) {
    ports::AccountRow account;
    account.id.value = row.text();
    account.body = row.text();
    return account;
}

ports::TokenRow read_token(Columns row) {
    ports::TokenRow token;
    token.hash = row.text();
    token.account.value = row.text();
    token.name = row.text();
    token.session = row.flag();
    token.made_at = row.instant();
    token.expires_at = row.maybe_instant();
    token.used_on = row.text();
    return token;
}

ports::DocumentRow read_document(Columns row) {
    ports::DocumentRow document;
    document.id = row.text();
    document.account.value = row.text();
    document.kase.value = row.text();
    document.name = row.text();
    document.type = row.text();
    document.size = row.count();
    document.sha256 = row.text();
    document.at = row.instant();
    return document;
}

ports::StoredAnswer read_answer(Columns row) {
    ports::StoredAnswer answer;
    answer.account = row.text();
    answer.key = row.text();
    answer.body_hash = row.text();
    answer.status = row.small();
    answer.location = row.text();
    answer.etag = row.text();
    answer.at = row.instant();
    answer.body = row.text();
    return answer;
}

}  // namespace jinqiao::adapters::store::sqlite
