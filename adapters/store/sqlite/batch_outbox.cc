#include <boost/json/serialize.hpp>

#include "adapters/store/sqlite/batch.h"

namespace jinqiao::adapters::store::sqlite {

namespace {

constexpr char insert_notice[] = "INSERT INTO notices(" JINQIAO_NOTICE_COLUMNS
                                 ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr char set_notice_state[] = "UPDATE notices SET state=?,delivered_at_ms=? WHERE id=?";

constexpr char set_notice_delivery[] =
    "UPDATE notices SET delivery=?,state='pending',delivered_at_ms=NULL WHERE id=?";

// A delivery is the head of its queue unless an older one is pending there, or travels merged.
constexpr char insert_delivery[] =
    "INSERT INTO "
    "deliveries(id,kase,channel,address,state,attempts,next_at_ms,sent_unknown,priority,"
    "since_ms,successor,head)"
    " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?5='pending' AND NOT EXISTS(SELECT 1 FROM "
    "deliveries"
    " WHERE kase=?2 AND channel=?3 AND address=?4 AND state IN ('pending','merged')))";
// An urgent one may not wait behind what need not hurry: order is kept, so they hurry together.
// Both states are named so that SQLite can see that the queues' partial index fits.
constexpr char hurry_queue[] =
    "UPDATE deliveries SET priority=?4 WHERE kase=?1 AND channel=?2 AND address=?3"
    " AND state IN ('pending','merged') AND state='pending' AND priority<?4";
// The usual outcome changes nothing about the queue: tried again later.
constexpr char set_pending[] =
    "UPDATE deliveries SET attempts=?,next_at_ms=?,sent_unknown=?,since_ms=?"
    " WHERE id=? AND state='pending'";
constexpr char set_delivery[] =
    "UPDATE deliveries SET state=?,attempts=?,next_at_ms=?,sent_unknown=?,since_ms=?,successor=?,"
    "head=0"
    " WHERE id=?"
    " RETURNING kase,channel,address";
constexpr char no_head[] =
    "UPDATE deliveries SET head=0 WHERE kase=? AND channel=? AND address=?"
    " AND state IN ('pending','merged') AND head=1";
constexpr char oldest_is_head[] =
    "UPDATE deliveries SET head=1 WHERE state='pending' AND ord=(SELECT min(ord) FROM deliveries"
    " WHERE kase=? AND channel=? AND address=? AND state IN ('pending','merged'))";
constexpr char insert_attempt[] =
    "INSERT INTO attempts(delivery,attempt,at_ms,outcome,code,provider_id,detail,recipients)"
    " VALUES(?,?,?,?,?,?,?,?)";
constexpr char replace_dead_letter[] =
    "INSERT OR REPLACE INTO dead_letters(" JINQIAO_DEAD_LETTER_COLUMNS
    ") VALUES(?,?,?,?,?,?,?,?,?,?)";

model::Error no_such(const char* what, const std::string& id) {
    return {model::ErrorCode::not_found, std::string("there is no such ") + what,
            what + (" " + id)};
}

struct Queue {
    std::string kase, channel, address;
};

bool wait_on(Connection& connection, const ports::DeliveryRow& row) {
    return connection.use(set_pending)
               .with(row.attempts, row.next_at, row.sent_unknown, row.since, row.id)
               .run() == 1;
}

std::optional<Queue> change(Connection& connection, const ports::DeliveryRow& row) {
    Use use = connection.use(set_delivery);
    use.with(row.state, row.attempts, row.next_at, row.sent_unknown, row.since, row.successor,
             row.id);
    if (!use.step()) return std::nullopt;
    Columns columns = use.row();
    Queue queue;
    queue.kase = columns.text();
    queue.channel = columns.text();
    queue.address = columns.text();
    return queue;
}

}  // namespace

model::Status SqliteBatch::add_notice(const ports::NoticeRow& row) {
    const model::Notice& notice = row.notice;
    const std::string addressee = notice.addressee.text();
    const std::string grade{model::name(notice.grade)};
    const std::string vars = boost::json::serialize(notice.vars);
    return write_row(insert_notice, notice.id.value, notice.key, notice.kase.value, notice.event,
                     addressee, notice.person.value, notice.channel, notice.address,
                     notice.assignment.value, grade, notice.exercise, notice.urgent, notice.at,
                     notice.reason, row.seq, row.delivery, row.state, row.delivered_at, row.subject,
                     row.sign_url, row.text, vars, row.pattern);
}

model::Status SqliteBatch::put_notice_state(const model::NoticeId& id, const std::string& state,
                                            std::optional<time::Instant> delivered_at) {
    return write([&]() -> model::Status {
        const int changed =
            connection().use(set_notice_state).with(state, delivered_at, id.value).run();
        if (changed == 1) return model::Done{};
        return no_such("notice", id.value);
    });
}

model::Status SqliteBatch::add_delivery(const ports::DeliveryRow& row) {
    const int priority = static_cast<int>(row.priority);
    if (row.state == "pending" && priority > 0)
        if (auto done = write_row(hurry_queue, row.kase.value, row.channel, row.address, priority);
            !done)
            return done;
    return write_row(insert_delivery, row.id, row.kase.value, row.channel, row.address, row.state,
                     row.attempts, row.next_at, row.sent_unknown, priority, row.since,
                     row.successor);
}

model::Status SqliteBatch::carry_notice(const model::NoticeId& id, const std::string& delivery) {
    return write([&]() -> model::Status {
        if (connection().use(set_notice_delivery).with(delivery, id.value).run() == 1)
            return model::Done{};
        return no_such("notice", id.value);
    });
}

model::Status SqliteBatch::put_dead_letter(const ports::DeadLetterRow& row) {
    return write_row(replace_dead_letter, row.delivery, row.kase.value, row.at, row.owner, row.told,
                     row.tell_at, row.settled_at, row.settled_by, row.how, row.note);
}

model::Status SqliteBatch::put_delivery(const ports::DeliveryRow& row) {
    return write([&]() -> model::Status {
        if (row.state == "pending" && wait_on(connection(), row)) return model::Done{};
        const auto queue = change(connection(), row);
        if (!queue) return no_such("delivery", row.id);
        if (row.state == "pending") {  // brought back; it may be older than the present head
            connection().use(no_head).with(queue->kase, queue->channel, queue->address).run();
        }
        connection().use(oldest_is_head).with(queue->kase, queue->channel, queue->address).run();
        return model::Done{};
    });
}

model::Status SqliteBatch::add_attempt(const ports::AttemptRow& row) {
    return write_row(insert_attempt, row.delivery, row.attempt, row.at, row.outcome, row.code,
                     row.provider_id, row.detail, row.recipients);
}

}  // namespace jinqiao::adapters::store::sqlite
