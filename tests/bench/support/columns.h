#pragma once
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <string>

#include "adapters/store/paging.h"
#include "engine/ports/store.h"
#include "tests/bench/support/statements.h"

// The values of a row in the order in which its statement binds them. They are handed to `take`
// instead of returned, because some live only as long as the call: texts are bound without a copy.
namespace jinqiao::tests::bench {

namespace ports = engine::ports;

// The columns after the plain ones grow with the statement.
template <class Take>
void updated_columns(Statement which, const ports::CaseRow& row, std::uint64_t expected_seq,
                     const Take& take) {
    const std::string concerned = boost::json::serialize(boost::json::value_from(row.concerned));
    const std::int64_t due = adapters::store::due_ms(row);
    const auto with_plain = [&](const auto&... more) {
        take(row.enterprise_name, row.state, row.stage, row.grade, row.restricted, row.seq,
             row.version, row.summary, concerned, row.body, more..., row.id.value, expected_seq);
    };
    if (which == Statement::update_case) return with_plain();
    if (which == Statement::update_case_due) return with_plain(due);
    with_plain(due, row.open, row.owner_post, row.enterprise_id, row.number);
}

template <class Take>
void columns(const ports::CaseRow& row, const Take& take) {  // of a new one
    const std::string concerned = boost::json::serialize(boost::json::value_from(row.concerned));
    take(row.id.value, row.number, row.workflow, row.enterprise_id, row.enterprise_name, row.state,
         row.stage, row.grade, row.owner_post, row.filer_account, row.open, row.exercise,
         row.restricted, row.filed_at, adapters::store::due_ms(row), row.seq, row.version,
         row.summary, concerned, row.body);
}

template <class Take>
void columns(const ports::HistoryRow& row, const Take& take) {
    take(row.kase.value, row.seq, row.at, row.body, row.prev_hash, row.hash);
}

template <class Take>
void columns(const ports::TimerRow& row, const Take& take) {
    take(row.kase.value, row.slot, row.at, row.epoch, row.rung, row.repeat);
}

template <class Take>
void columns(const ports::NoticeRow& row, const Take& take) {
    const engine::model::Notice& notice = row.notice;
    const std::string addressee = notice.addressee.text();
    const std::string grade{engine::model::name(notice.grade)};
    const std::string vars = boost::json::serialize(notice.vars);
    take(notice.id.value, notice.key, notice.kase.value, notice.event, addressee,
         notice.person.value, notice.channel, notice.address, notice.assignment.value, grade,
         notice.exercise, notice.urgent, notice.at, notice.reason, row.seq, row.delivery, row.state,
         row.delivered_at, row.subject, row.sign_url, row.text, vars, row.pattern);
}

template <class Take>
void columns(const ports::DeliveryRow& row, const Take& take) {  // of a new one
    take(row.id, row.kase.value, row.channel, row.address, row.state, row.attempts, row.next_at,
         row.sent_unknown, static_cast<int>(row.priority), row.since, row.successor);
}

template <class Take>
void columns(const ports::AttemptRow& row, const Take& take) {
    take(row.delivery, row.attempt, row.at, row.outcome, row.code, row.provider_id, row.detail,
         row.recipients);
}

template <class Take>
void columns(const ports::DeadLetterRow& row, const Take& take) {
    take(row.delivery, row.kase.value, row.at, row.owner, row.told, row.tell_at, row.settled_at,
         row.settled_by, row.how, row.note);
}

template <class Take>
void columns(const ports::PersonalRow& row, const Take& take) {
    take(row.ref, row.kase.value, row.field, row.cls, row.value, row.at);
}

template <class Take>
void columns(const ports::EnterpriseRow& row, const Take& take) {
    take(row.id.value, row.uscc, row.name, row.name_key, row.confirmed, row.body);
}

template <class Take>
void columns(const ports::AccountRow& row, const Take& take) {
    take(row.id.value, row.body);
}

template <class Take>
void columns(const ports::StoredAnswer& row, const Take& take) {
    take(row.account, row.key, row.body_hash, row.status, row.location, row.etag, row.at, row.body);
}

}  // namespace jinqiao::tests::bench
