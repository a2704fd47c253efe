#include "adapters/store/sqlite/reader.h"

#include <algorithm>

#include "adapters/store/paging.h"

namespace jinqiao::adapters::store::sqlite {

namespace {

#define HISTORY_COLUMNS "stream,seq,at_ms,body,prev_hash,hash"
#define TIMER_COLUMNS "kase,slot,at_ms,epoch,rung,repetition"
#define ENTERPRISE_COLUMNS "id,uscc,name,name_key,confirmed,body"

constexpr char history_after[] =
    "SELECT " HISTORY_COLUMNS " FROM history WHERE stream=? AND seq>? ORDER BY seq LIMIT ?";
constexpr char history_last[] =
    "SELECT " HISTORY_COLUMNS " FROM history WHERE stream=? ORDER BY seq DESC LIMIT 1";
// By rowid, which rises with each row that is written; history loses none.
constexpr char trail_end[] =
    "SELECT rowid," HISTORY_COLUMNS " FROM history ORDER BY rowid DESC LIMIT ?";
constexpr char trail_before[] =
    "SELECT rowid," HISTORY_COLUMNS " FROM history WHERE rowid<? ORDER BY rowid DESC LIMIT ?";
// A step over the index from one stream to the next, instead of reading all of history.
constexpr char next_stream[] = "SELECT min(stream) FROM history WHERE stream>?";
constexpr char first_timers[] =
    "SELECT " TIMER_COLUMNS " FROM timers WHERE at_ms<=? ORDER BY at_ms,kase,slot LIMIT ?";
constexpr char timers_of_case[] =
    "SELECT " TIMER_COLUMNS " FROM timers WHERE kase=? ORDER BY at_ms,slot";
constexpr char personal_by_ref[] =
    "SELECT ref,kase,field,cls,value,at_ms FROM personal WHERE ref=?";
constexpr char enterprise_by_id[] = "SELECT " ENTERPRISE_COLUMNS " FROM enterprises WHERE id=?";
constexpr char enterprise_of_uscc[] =
    "SELECT " ENTERPRISE_COLUMNS " FROM enterprises WHERE uscc=? AND uscc<>'' ORDER BY id LIMIT 1";
constexpr char enterprise_of_key[] =
    "SELECT " ENTERPRISE_COLUMNS " FROM enterprises WHERE name_key=? ORDER BY id LIMIT 1";
constexpr char enterprises_like[] =
    "SELECT " ENTERPRISE_COLUMNS
    " FROM enterprises WHERE instr(lower(name),?1)>0 OR instr(lower(uscc),?1)>0"
    " ORDER BY name,id LIMIT ?2";
constexpr char account_by_id[] = "SELECT id,body FROM accounts WHERE id=?";
constexpr char all_accounts[] = "SELECT id,body FROM accounts ORDER BY id";
#define JINQIAO_TOKEN_COLUMNS "hash,account,name,session,made_at_ms,expires_at_ms,used_on"
constexpr char token_by_hash[] = "SELECT " JINQIAO_TOKEN_COLUMNS " FROM tokens WHERE hash=?";
constexpr char tokens_of_account[] =
    "SELECT " JINQIAO_TOKEN_COLUMNS " FROM tokens WHERE account=? ORDER BY made_at_ms,hash";
constexpr char document_by_id[] = "SELECT " JINQIAO_DOCUMENT_COLUMNS " FROM documents WHERE id=?";
constexpr char documents_nobody_named[] =
    "SELECT " JINQIAO_DOCUMENT_COLUMNS
    " FROM documents WHERE account=? AND kase='' ORDER BY at_ms,id";
constexpr char content_parts[] = "SELECT bytes FROM contents WHERE sha256=? ORDER BY part";
constexpr char answer_by_key[] =
    "SELECT account,key,body_hash,status,location,etag,at_ms,body FROM answers"
    " WHERE account=? AND key=?";
constexpr char policy_by_id[] = "SELECT text FROM policies WHERE id=?";
constexpr char meta_by_key[] = "SELECT value FROM meta WHERE key=?";

struct Count {
    const char* name;
    const char* sql;
};
constexpr Count counts[] = {
    {"open_cases",
     "SELECT (SELECT count(*) FROM cases WHERE open=1) -"
     " (SELECT count(*) FROM cases WHERE open=1 AND exercise=1)"},
    {"open_exercises", "SELECT count(*) FROM cases WHERE open=1 AND exercise=1"},
    {"timers", "SELECT count(*) FROM timers"},
    {"notices", "SELECT count(*) FROM notices"},
    {"deliveries_pending", "SELECT count(*) FROM deliveries WHERE state='pending'"},
    {"deliveries_dead", "SELECT count(*) FROM deliveries WHERE state='dead'"},
    {"dead_letters", "SELECT count(*) FROM dead_letters WHERE settled_at_ms IS NULL"},
};

std::string first_text(Columns row) { return row.text(); }

ports::TrailRow read_trail(Columns row) {
    const auto place = row.count();
    return {place, read_history(row)};
}

int at_least_none(int limit) { return std::max(limit, 0); }

}  // namespace

model::Result<std::vector<ports::HistoryRow>> SqliteReader::history(const std::string& stream,
                                                                    std::uint64_t after_seq,
                                                                    int limit) {
    return find_all(connection_, history_after, read_history, stream, after_seq,
                    at_least_none(limit));
}

model::Result<std::optional<ports::HistoryRow>> SqliteReader::last_history(
    const std::string& stream) {
    return find_one(connection_, history_last, read_history, stream);
}

model::Result<std::vector<ports::TrailRow>> SqliteReader::trail(std::uint64_t before, int limit) {
    if (before == 0) return find_all(connection_, trail_end, read_trail, at_least_none(limit));
    return find_all(connection_, trail_before, read_trail, before, at_least_none(limit));
}

model::Status SqliteReader::each_stream(
    const std::function<bool(const std::string& stream)>& visit) {
    std::string stream;
    while (true) {
        // min() over nothing is one row with NULL, which reads as the empty text: no stream's name.
        auto next = find_one(connection_, next_stream, first_text, stream);
        if (!next) return next.error();
        if (!*next || (*next)->empty()) return model::Done{};
        stream = std::move(**next);
        if (!visit(stream)) return model::Done{};
    }
}

model::Result<std::vector<ports::TimerRow>> SqliteReader::timers_due(time::Instant until,
                                                                     int limit) {
    return find_all(connection_, first_timers, read_timer, until, at_least_none(limit));
}

model::Result<std::vector<ports::TimerRow>> SqliteReader::timers_of(const model::CaseId& id) {
    return find_all(connection_, timers_of_case, read_timer, id.value);
}

model::Result<std::optional<ports::PersonalRow>> SqliteReader::personal(const std::string& ref) {
    return find_one(connection_, personal_by_ref, read_personal, ref);
}

model::Result<std::optional<ports::EnterpriseRow>> SqliteReader::find_enterprise(
    const model::EnterpriseId& id) {
    return find_one(connection_, enterprise_by_id, read_enterprise, id.value);
}

model::Result<std::optional<ports::EnterpriseRow>> SqliteReader::enterprise_by_uscc(
    const std::string& uscc) {
    return find_one(connection_, enterprise_of_uscc, read_enterprise, uscc);
}

model::Result<std::optional<ports::EnterpriseRow>> SqliteReader::enterprise_by_name_key(
    const std::string& key) {
    return find_one(connection_, enterprise_of_key, read_enterprise, key);
}

model::Result<std::vector<ports::EnterpriseRow>> SqliteReader::search_enterprises(
    const std::string& q, int limit) {
    const std::string wanted = folded(q);
    return find_all(connection_, enterprises_like, read_enterprise, wanted, at_least_none(limit));
}

model::Result<std::optional<ports::AccountRow>> SqliteReader::find_account(
    const model::AccountId& id) {
    return find_one(connection_, account_by_id, read_account, id.value);
}

model::Result<std::optional<ports::TokenRow>> SqliteReader::find_token(const std::string& hash) {
    return find_one(connection_, token_by_hash, read_token, hash);
}

model::Result<std::vector<ports::TokenRow>> SqliteReader::tokens_of(const model::AccountId& id) {
    return find_all(connection_, tokens_of_account, read_token, id.value);
}

model::Result<std::vector<ports::AccountRow>> SqliteReader::accounts() {
    return find_all(connection_, all_accounts, read_account);
}

model::Result<std::optional<ports::DocumentRow>> SqliteReader::find_document(
    const std::string& id) {
    return find_one(connection_, document_by_id, read_document, id);
}

model::Result<std::vector<ports::DocumentRow>> SqliteReader::unused_documents(
    const model::AccountId& account) {
    return find_all(connection_, documents_nobody_named, read_document, account.value);
}

model::Result<std::optional<std::string>> SqliteReader::document_content(
    const std::string& sha256) {
    return guarded([&]() -> model::Result<std::optional<std::string>> {
        Use query = connection_.use(content_parts);
        query.with(sha256);
        std::optional<std::string> bytes;
        while (query.step()) {
            if (!bytes) bytes.emplace();
            *bytes += query.row().text();
        }
        return bytes;
    });
}

model::Result<std::optional<ports::StoredAnswer>> SqliteReader::answer(const std::string& account,
                                                                       const std::string& key) {
    return find_one(connection_, answer_by_key, read_answer, account, key);
}

model::Result<std::optional<std::string>> SqliteReader::policy_text(const model::PolicyId& id) {
    return find_one(connection_, policy_by_id, first_text, id.value);
}

model::Result<std::optional<std::string>> SqliteReader::meta(const std::string& key) {
    return find_one(connection_, meta_by_key, first_text, key);
}

model::Result<std::uint64_t> SqliteReader::count(const std::string& table) {
    for (const Count& known : counts) {
        if (table != known.name) continue;
        auto rows = find_one(connection_, known.sql, [](Columns row) { return row.count(); });
        if (!rows) return rows.error();
        return rows->value_or(0);
    }
    return model::Error{model::ErrorCode::invalid, "nothing is counted as '" + table + "'",
                        "store"};
}

}  // namespace jinqiao::adapters::store::sqlite
