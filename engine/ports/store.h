#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/ids.h"
#include "engine/model/notice.h"
#include "engine/model/result.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::ports {

using model::Result;
using model::Status;

// What lists and searches need without reading the body.
struct CaseRow {
    model::CaseId id;
    std::string number;
    std::string workflow;
    std::string enterprise_id;
    std::string enterprise_name;
    std::string state;  // first region
    std::string stage;
    std::string grade;  // effective
    std::string owner_post;
    std::string filer_account;
    bool open = true;
    bool exercise = false;
    bool restricted = false;
    time::Instant filed_at;
    std::optional<time::Instant> next_due;  // earliest due of an open stage or legal clock
    std::uint64_t seq = 0;
    std::uint64_t version = 0;
    std::string summary;  // what q= searches: number, enterprise, place, note; no sealed field
    std::string body;     // encode(Case), compact JSON
    // Whom it concerns, as Addressee::text(): owner post, filer (person), everybody it was ever
    // assigned to, the post of a pending offer, approver posts of pending requests. Sorted, unique.
    std::vector<std::string> concerned = {};
};

// What a decision starts from: the snapshot and the end of the history it belongs to.
struct StoredCase {
    std::uint64_t seq = 0;
    std::string body;
    std::uint64_t last_seq = 0;  // of the last history row; 0: there is none
    std::string last_hash;
};

struct Filing {
    model::CaseId kase;
    time::Instant at;
    bool exercise = false;
    bool operator==(const Filing&) const = default;
};

// What reports count of a case (model::Figures), beside its snapshot.
struct FiguresRow {
    model::CaseId kase;
    time::Instant filed_at;
    std::optional<time::Instant> last_at;  // that anything is counted at; empty: the case is open
    bool restricted = false;
    std::string body;  // encode(Figures)
    bool operator==(const FiguresRow&) const = default;
};

struct HistoryRow {
    model::CaseId kase;     // or "directory": the stream of posts, people, absences
    std::uint64_t seq = 0;  // 1, 2, 3, … per stream, no gaps
    time::Instant at;
    std::string body;       // canonical JSON: command, events, facts' digest, before/after
    std::string prev_hash;  // hex SHA-256; of the row before; 64 zeros for the first
    std::string hash;       // hex SHA-256 over prev_hash, stream, seq, at_ms, body
};

struct TimerRow {
    model::CaseId kase;
    std::string slot;
    time::Instant at;
    int epoch = 0, rung = 0, repeat = 0;
};

struct NoticeRow {
    model::Notice notice;
    std::uint64_t seq = 0;      // history row that made it
    std::string subject, text;  // rendered once: repeats are byte for byte the same
    std::string pattern;        // what it was rendered by: template and digest of its text
    std::string sign_url;
    std::string delivery;  // DeliveryId that carries it
    std::string state;     // pending, delivered, rejected, dead
    std::optional<time::Instant> delivered_at;
};

struct DeliveryRow {
    std::string id;
    model::CaseId kase;
    std::string channel, address;
    std::uint64_t order = 0;  // rowid-like; order is kept per case and address
    std::string state;        // pending, delivered, rejected, dead; merged: travels in `successor`
    int attempts = 0;
    time::Instant next_at;      // not before
    bool sent_unknown = false;  // an attempt's outcome was unknown
    // What is ready goes out in this order. Rises to that of a later one behind it in its queue.
    model::GradeLevel priority = model::GradeLevel::blue;
    time::Instant since;    // when it might first have gone out
    std::string successor;  // delivery that carries its notices instead; empty: none
};

struct AttemptRow {
    std::string delivery;
    int attempt = 1;
    time::Instant at;
    std::string outcome;  // delivered, rejected, retry, unknown
    std::string code, provider_id, detail;
    std::string recipients = {};  // JSON [{name, outcome, code, provider_id}] of a shared address
};

// A delivery that was given up and has nobody else to go to. Belongs to a post until a person has
// dealt with it.
struct DeadLetterRow {
    std::string delivery;
    model::CaseId kase;
    time::Instant at;
    std::string owner;                     // id of the post that has to see to it
    int told = 0;                          // posts that were told of it so far
    std::optional<time::Instant> tell_at;  // when the next one is; empty: nobody any more
    std::optional<time::Instant> settled_at;
    std::string settled_by;  // account
    std::string how;         // resent, told (in another way), dropped
    std::string note;        // what the person wrote
};

struct PersonalRow {  // erasable values; history holds reference and digest only
    std::string ref;
    model::CaseId kase;
    std::string field;  // payload path
    std::string cls;    // "case" or "sealed"
    std::string value;  // empty after erasure
    time::Instant at;
};

struct EnterpriseRow {
    model::EnterpriseId id;
    std::string uscc;            // empty: unknown
    std::string name, name_key;  // name_key: normalised name + '\n' + normalised address
    bool confirmed = false;
    std::string body;  // what is known: address, industry, staff, …
};

struct AccountRow {
    model::AccountId id;
    std::string body;  // JSON: roles, person, enterprise, department, language, enabled, password
};

// What opens an account without its password.
struct TokenRow {
    std::string hash;  // SHA-256 of the token, hex
    model::AccountId account;
    std::string name;      // of a session empty, or who vouched for it
    bool session = false;  // made by signing in; ends with the password and is dropped when over
    time::Instant made_at;
    std::optional<time::Instant> expires_at;
    std::string used_on;  // the last day it was used, "2026-11-23"; empty: never
};

// A file somebody sent, to be named in the payload of an alert or an action. Its content is kept
// apart and once, however many sent it.
struct DocumentRow {
    std::string id;
    model::AccountId account;  // who sent it
    model::CaseId kase;        // the first that named it; empty: none has yet
    std::string name;          // what the sender called it: personal, empty after erasure
    std::string type;          // media type, as its bytes say
    std::uint64_t size = 0;    // bytes
    std::string sha256;        // of the content, hex
    time::Instant at;
    bool operator==(const DocumentRow&) const = default;
};

struct StoredAnswer {  // of an Idempotency-Key
    std::string account, key;
    std::string body_hash;
    int status = 0;
    std::string body, location, etag;
    time::Instant at;
};

struct CaseQuery {
    std::vector<std::string> states, stages, grades, owners;
    std::optional<bool> open;
    std::optional<bool> exercise;              // empty: both
    std::optional<time::Instant> overdue_at;   // next_due <= this
    std::string q;                             // substring of summary, any script
    std::string enterprise_id, filer_account;  // visibility filters; OR-ed with `ids` if set
    std::vector<model::CaseId> ids;
    bool restricted_too = false;
    bool restricted_only = false;
    std::string sort = "-filed_at";  // filed_at, next_due, grade, number; '-' descends
    std::string cursor;              // of the page before; opaque
    int limit = 50;
    // One more visibility filter, OR-ed with those above: `concerned` holds one of these. A store
    // without an index for it may ignore it where it is the only one: callers look again.
    std::vector<std::string> concerns = {};
};
struct CasePage {
    std::vector<CaseRow> items;
    std::string next_cursor;  // empty: the last page
};

// What cases are counted by.
enum class TallyBy { stage, enterprise };

// Cases that agree in grade and in what they are counted by; the other of the two is empty.
struct CaseTally {
    std::string stage, enterprise_id, grade;
    std::uint64_t cases = 0, overdue = 0;
    bool operator==(const CaseTally&) const = default;
};

// Reading. Sees committed data only (a Batch also sees its own writes). One thread at a time.
class Reader {
  public:
    virtual ~Reader() = default;
    virtual Result<std::optional<CaseRow>> find_case(const model::CaseId& id) = 0;
    virtual Result<std::optional<CaseRow>> find_number(const std::string& number) = 0;
    virtual Result<CasePage> list_cases(const CaseQuery& query) = 0;
    // How many there are of each kind among all that list_cases would give, page after page;
    // overdue: next_due <= now. In no particular order. Counting all open cases reads no case.
    virtual Result<std::vector<CaseTally>> tally_cases(const CaseQuery& query, TallyBy by,
                                                       time::Instant now) = 0;
    // Without what only lists need, in one look.
    virtual Result<std::optional<StoredCase>> stored_case(const model::CaseId& id) = 0;
    virtual Result<std::uint64_t> case_seq(
        const model::CaseId& id) = 0;  // 0: there is no such case
    // Cases of one enterprise filed at or after `since`, newest first; of one instant the later id.
    // No case is read for it.
    virtual Result<std::vector<Filing>> filings_of(const model::EnterpriseId& enterprise,
                                                   time::Instant since) = 0;
    virtual Result<std::vector<HistoryRow>> history(const std::string& stream,
                                                    std::uint64_t after_seq, int limit) = 0;
    virtual Result<std::optional<HistoryRow>> last_history(const std::string& stream) = 0;
    // Every stream that has history, in order; for audit verify. The callback returns false to
    // stop.
    virtual Status each_stream(const std::function<bool(const std::string& stream)>& visit) = 0;
    virtual Status each_case(bool open_only, const std::function<bool(const CaseRow&)>& visit) = 0;
    // Of the cases that have anything to count in [from, until): filed before `until`, and open or
    // with something counted at or after `from`. By id. Costs as much as it answers.
    virtual Result<std::vector<FiguresRow>> figures(time::Instant from, time::Instant until) = 0;
    // Of all that are restricted, by id.
    virtual Result<std::vector<FiguresRow>> restricted_figures() = 0;
    virtual Result<std::vector<TimerRow>> timers_due(time::Instant until, int limit) = 0;  // by at
    virtual Result<std::vector<TimerRow>> timers_of(const model::CaseId& id) = 0;
    virtual Result<std::vector<NoticeRow>> notices(const model::CaseId& id) = 0;
    virtual Result<std::optional<NoticeRow>> find_notice(const model::NoticeId& id) = 0;
    virtual Result<std::vector<NoticeRow>> notices_of_delivery(const std::string& delivery) = 0;
    // Channels for which a delivery is pending, ready or not. Sorted.
    virtual Result<std::vector<std::string>> delivery_channels() = 0;
    // Pending deliveries of a channel ready at `until`, those of the highest priority first, of one
    // priority the longest ready; at most one per (case, channel, address): the oldest that is
    // pending or merged, if it is pending. Costs as much as it answers, however many are pending.
    virtual Result<std::vector<DeliveryRow>> deliveries_ready(const std::string& channel,
                                                              time::Instant until, int limit) = 0;
    virtual Result<std::optional<time::Instant>> next_delivery_at() = 0;
    // By `order`, those after the one given (0: from the first). Pending and dead ones cost as much
    // as is answered, however many have been delivered.
    virtual Result<std::vector<DeliveryRow>> deliveries_in_state(const std::string& state,
                                                                 std::uint64_t after,
                                                                 int limit) = 0;
    virtual Result<std::optional<DeliveryRow>> find_delivery(const std::string& id) = 0;
    // Those that travel in this one: their notices are among its own.
    virtual Result<std::vector<DeliveryRow>> deliveries_merged_into(const std::string& id) = 0;
    virtual Result<std::vector<AttemptRow>> attempts(const std::string& delivery) = 0;
    virtual Result<std::optional<DeadLetterRow>> find_dead_letter(const std::string& delivery) = 0;
    // Not settled yet, the oldest first, those after (at, delivery) of the row given.
    virtual Result<std::vector<DeadLetterRow>> dead_letters(
        const std::optional<DeadLetterRow>& after, int limit) = 0;
    virtual Result<std::vector<DeadLetterRow>> dead_letters_to_tell(time::Instant until,
                                                                    int limit) = 0;
    virtual Result<std::optional<PersonalRow>> personal(const std::string& ref) = 0;
    virtual Result<std::optional<EnterpriseRow>> find_enterprise(const model::EnterpriseId& id) = 0;
    virtual Result<std::optional<EnterpriseRow>> enterprise_by_uscc(const std::string& uscc) = 0;
    virtual Result<std::optional<EnterpriseRow>> enterprise_by_name_key(const std::string& key) = 0;
    virtual Result<std::vector<EnterpriseRow>> search_enterprises(const std::string& q,
                                                                  int limit) = 0;
    virtual Result<std::optional<AccountRow>> find_account(const model::AccountId& id) = 0;
    virtual Result<std::vector<AccountRow>> accounts() = 0;
    virtual Result<std::optional<TokenRow>> find_token(const std::string& hash) = 0;
    // Of one account, sessions too, the oldest first.
    virtual Result<std::vector<TokenRow>> tokens_of(const model::AccountId& id) = 0;
    virtual Result<std::optional<DocumentRow>> find_document(const std::string& id) = 0;
    // Those of an account that no case has named yet, the oldest first.
    virtual Result<std::vector<DocumentRow>> unused_documents(const model::AccountId& account) = 0;
    virtual Result<std::optional<std::string>> document_content(const std::string& sha256) = 0;
    virtual Result<std::optional<StoredAnswer>> answer(const std::string& account,
                                                       const std::string& key) = 0;
    virtual Result<std::optional<std::string>> policy_text(const model::PolicyId& id) = 0;
    virtual Result<std::optional<std::string>> meta(const std::string& key) = 0;
    virtual Result<std::uint64_t> count(
        const std::string& table) = 0;  // open_cases (real ones), open_exercises, timers, notices,
                                        // deliveries_pending, deliveries_dead, dead_letters
};

// One transaction of the committer. Savepoints nest one deep. Nothing is visible to others, and
// nothing durable, before commit() returned Done. Destroyed without commit: rolled back.
class Batch : public virtual Reader {
  public:
    virtual Status savepoint() = 0;
    virtual Status release() = 0;
    virtual Status rollback_to_savepoint() = 0;
    // Inserts when `expected_seq` is 0, else updates the row whose seq is expected_seq;
    // conflict if there is none such.
    virtual Status put_case(const CaseRow& row, std::uint64_t expected_seq) = 0;
    virtual Status put_figures(const FiguresRow& row) = 0;     // of this case: replaced
    virtual Status append_history(const HistoryRow& row) = 0;  // conflict on a used seq
    virtual Status put_timer(const TimerRow& row) = 0;         // insert or move, by (case, slot)
    virtual Status erase_timer(const model::CaseId& id, const std::string& slot) = 0;
    virtual Status add_notice(const NoticeRow& row) = 0;  // a known key is a conflict
    virtual Status put_notice_state(const model::NoticeId& id, const std::string& state,
                                    std::optional<time::Instant> delivered_at) = 0;
    // `order` is allotted. Raises the priority of those before it in its queue to its own.
    virtual Status add_delivery(const DeliveryRow& row) = 0;
    // state, attempts, next_at, sent_unknown, since, successor
    virtual Status put_delivery(const DeliveryRow& row) = 0;
    // From now on this delivery carries it, and it waits for that one's outcome.
    virtual Status carry_notice(const model::NoticeId& id, const std::string& delivery) = 0;
    virtual Status put_dead_letter(const DeadLetterRow& row) = 0;  // same delivery: replaced
    virtual Status add_attempt(const AttemptRow& row) = 0;
    virtual Status put_personal(const PersonalRow& row) = 0;  // same ref: replaced (erasure)
    virtual Status put_enterprise(const EnterpriseRow& row) = 0;
    virtual Status put_account(const AccountRow& row) = 0;
    virtual Status put_token(const TokenRow& row) = 0;  // same hash: replaced
    // Nothing if there is no such token any more: who was revoked meanwhile is not brought back.
    virtual Status note_token_use(const std::string& hash, const std::string& day) = 0;
    virtual Status erase_token(const std::string& hash) = 0;
    virtual Status drop_sessions_before(time::Instant expired) = 0;
    virtual Status put_document(const DocumentRow& row) = 0;  // same id: replaced
    // Of the bytes with this SHA-256; nothing if they are there.
    virtual Status put_content(const std::string& sha256, const std::string& bytes) = 0;
    // Documents sent before then that no case has named, and what no document has as content then.
    virtual Status drop_unused_documents_before(time::Instant at) = 0;
    virtual Status put_answer(const StoredAnswer& row) = 0;  // conflict if (account, key) exists
    virtual Status drop_answers_before(time::Instant at) = 0;
    virtual Status put_policy(const model::PolicyId& id, const std::string& text) = 0;
    virtual Status put_meta(const std::string& key, const std::string& value) = 0;
    virtual Result<std::uint64_t> next_number(
        const std::string& series) = 0;  // 1, 2, 3, …; gaps after rollback are fine
    // Durable (fsynced) when it returns Done. Error disk_full: rolled back, try later.
    // unknown: outcome not known, read before answering. corrupt: stop the program.
    virtual Status commit() = 0;
};

// Threads  begin() and its Batch: the committer's thread only, one at a time. reader(): any thread,
//          each Reader used by one thread. maintain(): committer's thread, when idle (checkpoints).
class Store {
  public:
    virtual ~Store() = default;
    virtual Result<std::unique_ptr<Batch>> begin() = 0;
    virtual Result<std::unique_ptr<Reader>> reader() = 0;
    virtual Status maintain(bool idle) = 0;
    virtual std::string describe() const = 0;  // library version and known defects, for the log
};

}  // namespace jinqiao::engine::ports
