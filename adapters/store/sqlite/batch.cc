#include "adapters/store/sqlite/batch.h"

#include <algorithm>

namespace jinqiao::adapters::store::sqlite {

namespace {

constexpr char savepoint_sql[] = "SAVEPOINT command";
constexpr char release_sql[] = "RELEASE command";
constexpr char rollback_to_sql[] = "ROLLBACK TO command";

constexpr char add_history[] =
    "INSERT INTO history(stream,seq,at_ms,body,prev_hash,hash) VALUES(?,?,?,?,?,?)";
constexpr char set_timer[] =
    "INSERT INTO timers(kase,slot,at_ms,epoch,rung,repetition) VALUES(?,?,?,?,?,?)"
    " ON CONFLICT(kase,slot) DO UPDATE SET at_ms=excluded.at_ms,epoch=excluded.epoch,"
    "rung=excluded.rung,repetition=excluded.repetition";
constexpr char drop_timer[] = "DELETE FROM timers WHERE kase=? AND slot=?";
constexpr char set_personal[] =
    "INSERT INTO personal(ref,kase,field,cls,value,at_ms) VALUES(?,?,?,?,?,?)"
    " ON CONFLICT(ref) DO UPDATE SET kase=excluded.kase,field=excluded.field,cls=excluded.cls,"
    "value=excluded.value,at_ms=excluded.at_ms";
constexpr char set_enterprise[] =
    "INSERT INTO enterprises(id,uscc,name,name_key,confirmed,body) VALUES(?,?,?,?,?,?)"
    " ON CONFLICT(id) DO UPDATE SET uscc=excluded.uscc,name=excluded.name,"
    "name_key=excluded.name_key,confirmed=excluded.confirmed,body=excluded.body";
constexpr char set_account[] =
    "INSERT INTO accounts(id,body) VALUES(?,?) ON CONFLICT(id) DO UPDATE SET body=excluded.body";
constexpr char set_token[] =
    "INSERT INTO tokens(hash,account,name,session,made_at_ms,expires_at_ms,used_on)"
    " VALUES(?,?,?,?,?,?,?) ON CONFLICT(hash) DO UPDATE SET account=excluded.account,"
    "name=excluded.name,session=excluded.session,made_at_ms=excluded.made_at_ms,"
    "expires_at_ms=excluded.expires_at_ms,used_on=excluded.used_on";
constexpr char use_token[] = "UPDATE tokens SET used_on=? WHERE hash=?";
constexpr char drop_token[] = "DELETE FROM tokens WHERE hash=?";
constexpr char drop_sessions[] = "DELETE FROM tokens WHERE session=1 AND expires_at_ms<?";
constexpr char set_document[] =
    "INSERT INTO documents(" JINQIAO_DOCUMENT_COLUMNS
    ") VALUES(?,?,?,?,?,?,?,?)"
    " ON CONFLICT(id) DO UPDATE SET account=excluded.account,kase=excluded.kase,name=excluded.name,"
    "type=excluded.type,size=excluded.size,sha256=excluded.sha256,at_ms=excluded.at_ms";
constexpr char has_content[] = "SELECT 1 FROM contents WHERE sha256=? LIMIT 1";
constexpr char add_part[] = "INSERT INTO contents(sha256,part,bytes) VALUES(?,?,?)";
// First what only the documents about to go had as content, then these.
constexpr char drop_unused_contents[] =
    "DELETE FROM contents WHERE sha256 IN"
    " (SELECT sha256 FROM documents WHERE kase='' AND at_ms<?1) AND NOT EXISTS"
    " (SELECT 1 FROM documents AS kept WHERE kept.sha256=contents.sha256"
    " AND (kept.kase<>'' OR kept.at_ms>=?1))";
constexpr char drop_unused_documents[] = "DELETE FROM documents WHERE kase='' AND at_ms<?";
constexpr std::size_t part_bytes = 12'000;  // three pages
constexpr char add_answer[] =
    "INSERT INTO answers(account,key,body_hash,status,location,etag,at_ms,body)"
    " VALUES(?,?,?,?,?,?,?,?)";
constexpr char drop_answers[] = "DELETE FROM answers WHERE at_ms<?";
// The id is the hash of the text: whoever comes second brings the same text.
constexpr char set_policy[] =
    "INSERT INTO policies(id,text) VALUES(?,?) ON CONFLICT(id) DO NOTHING";
constexpr char set_meta[] =
    "INSERT INTO meta(key,value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value";
constexpr char count_up[] =
    "INSERT INTO counters(series,last) VALUES(?,1)"
    " ON CONFLICT(series) DO UPDATE SET last=last+1 RETURNING last";

model::Error misused(const char* what) { return {model::ErrorCode::internal, what, "store"}; }

}  // namespace

SqliteBatch::~SqliteBatch() {
    if (!ended_) writer_.roll_back();
}

model::Status SqliteBatch::before_write() {
    if (broken_) return *broken_;
    if (ended_) return misused("this transaction has ended");
    if (savepoint_ != Savepoint::asked_for) return model::Done{};
    savepoint_ = Savepoint::open;
    return run_control(savepoint_sql);
}

model::Status SqliteBatch::run_control(const char* sql) {
    return after_write(guarded([&]() -> model::Status {
        connection().use(sql).run();
        return model::Done{};
    }));
}

model::Status SqliteBatch::after_write(model::Status status) {
    if (!status && !is_about_input(status.error().code)) broken_ = status.error();
    return status;
}

model::Status SqliteBatch::savepoint() {
    if (broken_) return *broken_;
    if (ended_) return misused("this transaction has ended");
    const bool open = savepoint_ == Savepoint::open;
    savepoint_ = Savepoint::asked_for;
    if (!open) return model::Done{};
    return run_control(release_sql);
}

model::Status SqliteBatch::release() {
    if (broken_) return *broken_;
    if (savepoint_ == Savepoint::none) return misused("there is no savepoint to release");
    const bool open = savepoint_ == Savepoint::open;
    savepoint_ = Savepoint::none;
    return open ? run_control(release_sql) : model::Status(model::Done{});
}

model::Status SqliteBatch::rollback_to_savepoint() {
    if (broken_) return *broken_;
    if (savepoint_ == Savepoint::none) return misused("there is no savepoint to go back to");
    if (savepoint_ == Savepoint::asked_for) return model::Done{};
    savepoint_ = Savepoint::asked_for;  // still set, with nothing behind it
    auto undone = run_control(rollback_to_sql);
    return undone ? run_control(release_sql) : undone;
}

model::Status SqliteBatch::append_history(const ports::HistoryRow& row) {
    return write_row(add_history, row.kase.value, row.seq, row.at, row.body, row.prev_hash,
                     row.hash);
}

model::Status SqliteBatch::put_timer(const ports::TimerRow& row) {
    return write_row(set_timer, row.kase.value, row.slot, row.at, row.epoch, row.rung, row.repeat);
}

model::Status SqliteBatch::erase_timer(const model::CaseId& id, const std::string& slot) {
    return write_row(drop_timer, id.value, slot);
}

model::Status SqliteBatch::put_personal(const ports::PersonalRow& row) {
    return write_row(set_personal, row.ref, row.kase.value, row.field, row.cls, row.value, row.at);
}

model::Status SqliteBatch::put_enterprise(const ports::EnterpriseRow& row) {
    return write_row(set_enterprise, row.id.value, row.uscc, row.name, row.name_key, row.confirmed,
                     row.body);
}

model::Status SqliteBatch::put_account(const ports::AccountRow& row) {
    return write_row(set_account, row.id.value, row.body);
}

model::Status SqliteBatch::put_token(const ports::TokenRow& row) {
    return write_row(set_token, row.hash, row.account.value, row.name, row.session, row.made_at,
                     row.expires_at, row.used_on);
}

model::Status SqliteBatch::note_token_use(const std::string& hash, const std::string& day) {
    return write_row(use_token, day, hash);
}

model::Status SqliteBatch::erase_token(const std::string& hash) {
    return write_row(drop_token, hash);
}

model::Status SqliteBatch::drop_sessions_before(time::Instant expired) {
    return write_row(drop_sessions, expired);
}

model::Status SqliteBatch::put_document(const ports::DocumentRow& row) {
    return write_row(set_document, row.id, row.account.value, row.kase.value, row.name, row.type,
                     row.size, row.sha256, row.at);
}

model::Status SqliteBatch::put_content(const std::string& sha256, const std::string& bytes) {
    return write([&]() -> model::Status {
        if (connection().use(has_content).with(sha256).step()) return model::Done{};
        std::size_t at = 0;
        for (int part = 0; part == 0 || at < bytes.size(); ++part) {
            const Blob blob{bytes.data() + at, std::min(part_bytes, bytes.size() - at)};
            connection().use(add_part).with(sha256, part, blob).run();
            at += blob.size;
        }
        return model::Done{};
    });
}

model::Status SqliteBatch::drop_unused_documents_before(time::Instant at) {
    if (auto done = write_row(drop_unused_contents, at); !done) return done;
    return write_row(drop_unused_documents, at);
}

model::Status SqliteBatch::put_answer(const ports::StoredAnswer& row) {
    return write_row(add_answer, row.account, row.key, row.body_hash, row.status, row.location,
                     row.etag, row.at, row.body);
}

model::Status SqliteBatch::drop_answers_before(time::Instant at) {
    return write_row(drop_answers, at);
}

model::Status SqliteBatch::put_policy(const model::PolicyId& id, const std::string& text) {
    return write_row(set_policy, id.value, text);
}

model::Status SqliteBatch::put_meta(const std::string& key, const std::string& value) {
    return write_row(set_meta, key, value);
}

model::Result<std::uint64_t> SqliteBatch::next_number(const std::string& series) {
    std::uint64_t number = 0;
    auto counted = write([&]() -> model::Status {
        Use query = connection().use(count_up);
        query.with(series);
        if (!query.step()) return misused("a counter did not count");
        number = query.row().count();
        return model::Done{};
    });
    if (!counted) return counted.error();
    return number;
}

model::Status SqliteBatch::commit() {
    if (ended_) return misused("this transaction has ended");
    ended_ = true;
    if (!broken_) return writer_.commit();
    writer_.roll_back();
    writer_.note(*broken_);
    return *broken_;
}

}  // namespace jinqiao::adapters::store::sqlite
