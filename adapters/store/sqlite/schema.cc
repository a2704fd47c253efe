#include "adapters/store/sqlite/schema.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Transaction.h>

#include <array>
#include <string>

#include "adapters/store/sqlite/errors.h"

namespace jinqiao::adapters::store::sqlite {

namespace {

// Case rows carry what lists need in front of the body, which mostly lies on overflow pages that a
// list never reads. Indexes on columns that change are few: each costs pages per transition.
// History and the outbox are appended by rowid; a clustered (stream, seq) was measured a quarter
// more expensive.
constexpr char version_1[] = R"sql(
CREATE TABLE cases(
  id TEXT NOT NULL, number TEXT NOT NULL, workflow TEXT NOT NULL,
  enterprise_id TEXT NOT NULL, enterprise_name TEXT NOT NULL,
  state TEXT NOT NULL, stage TEXT NOT NULL, grade TEXT NOT NULL,
  owner_post TEXT NOT NULL, filer_account TEXT NOT NULL,
  open INTEGER NOT NULL, exercise INTEGER NOT NULL, restricted INTEGER NOT NULL,
  filed_at_ms INTEGER NOT NULL, next_due_ms INTEGER NOT NULL,
  seq INTEGER NOT NULL, version INTEGER NOT NULL,
  summary TEXT NOT NULL, concerned TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX cases_id ON cases(id);
CREATE UNIQUE INDEX cases_number ON cases(number) WHERE number <> '';
CREATE INDEX cases_filed ON cases(filed_at_ms, id);
CREATE INDEX cases_enterprise ON cases(enterprise_id, filed_at_ms, id);
CREATE INDEX cases_filer ON cases(filer_account);
CREATE INDEX cases_due ON cases(next_due_ms, id) WHERE open = 1;
CREATE INDEX cases_owner ON cases(owner_post, filed_at_ms, id) WHERE open = 1;

CREATE TABLE history(
  stream TEXT NOT NULL, seq INTEGER NOT NULL, at_ms INTEGER NOT NULL,
  body TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX history_stream ON history(stream, seq);

CREATE TABLE timers(
  kase TEXT NOT NULL, slot TEXT NOT NULL, at_ms INTEGER NOT NULL,
  epoch INTEGER NOT NULL, rung INTEGER NOT NULL, repetition INTEGER NOT NULL,
  PRIMARY KEY(kase, slot)) STRICT, WITHOUT ROWID;
CREATE INDEX timers_at ON timers(at_ms);

CREATE TABLE notices(
  id TEXT NOT NULL, key TEXT NOT NULL, kase TEXT NOT NULL, event TEXT NOT NULL,
  addressee TEXT NOT NULL, person TEXT NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL,
  assignment TEXT NOT NULL, grade TEXT NOT NULL, exercise INTEGER NOT NULL,
  urgent INTEGER NOT NULL, at_ms INTEGER NOT NULL, reason TEXT NOT NULL,
  seq INTEGER NOT NULL, delivery TEXT NOT NULL, state TEXT NOT NULL, delivered_at_ms INTEGER,
  subject TEXT NOT NULL, sign_url TEXT NOT NULL, text TEXT NOT NULL, vars TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX notices_id ON notices(id);
CREATE UNIQUE INDEX notices_key ON notices(key);
CREATE INDEX notices_case ON notices(kase);
CREATE INDEX notices_delivery ON notices(delivery);

-- head = 1: the oldest pending one of its (case, channel, address), the only one that may go out.
CREATE TABLE deliveries(
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL, kase TEXT NOT NULL, channel TEXT NOT NULL,
  address TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
  next_at_ms INTEGER NOT NULL, sent_unknown INTEGER NOT NULL, head INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX deliveries_id ON deliveries(id);
CREATE INDEX deliveries_group ON deliveries(kase, channel, address, ord) WHERE state = 'pending';
CREATE INDEX deliveries_head ON deliveries(ord, next_at_ms) WHERE head = 1;
CREATE INDEX deliveries_next ON deliveries(next_at_ms) WHERE head = 1;
CREATE INDEX deliveries_dead ON deliveries(ord) WHERE state = 'dead';

CREATE TABLE attempts(
  delivery TEXT NOT NULL REFERENCES deliveries(id), attempt INTEGER NOT NULL,
  at_ms INTEGER NOT NULL, outcome TEXT NOT NULL, code TEXT NOT NULL, provider_id TEXT NOT NULL,
  detail TEXT NOT NULL) STRICT;
CREATE INDEX attempts_delivery ON attempts(delivery, attempt);

CREATE TABLE personal(
  ref TEXT NOT NULL PRIMARY KEY, kase TEXT NOT NULL, field TEXT NOT NULL, cls TEXT NOT NULL,
  value TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT;

CREATE TABLE enterprises(
  id TEXT NOT NULL PRIMARY KEY, uscc TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL,
  confirmed INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX enterprises_uscc ON enterprises(uscc) WHERE uscc <> '';
CREATE INDEX enterprises_name ON enterprises(name_key);

CREATE TABLE accounts(
  id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL, token_hash TEXT NOT NULL) STRICT;
CREATE INDEX accounts_token ON accounts(token_hash) WHERE token_hash <> '';

CREATE TABLE answers(
  account TEXT NOT NULL, key TEXT NOT NULL, body_hash TEXT NOT NULL, status INTEGER NOT NULL,
  location TEXT NOT NULL, etag TEXT NOT NULL, at_ms INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX answers_key ON answers(account, key);
CREATE INDEX answers_at ON answers(at_ms);

CREATE TABLE policies(id TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE meta(
  key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counters(
  series TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

// What may go out is asked for by channel: one that is slow or down must cost the others nothing.
constexpr char version_2[] = R"sql(
DROP INDEX deliveries_head;
CREATE INDEX deliveries_channel ON deliveries(channel, next_at_ms, ord) WHERE head = 1;
)sql";

// The auditor asks every few seconds for the oldest that wait, among years of delivered ones.
constexpr char version_3[] = R"sql(
CREATE INDEX deliveries_pending ON deliveries(ord) WHERE state = 'pending';
)sql";

// Exercises are left out of figures; they are few, so an index of them costs nothing.
constexpr char version_4[] = R"sql(
CREATE INDEX cases_exercise ON cases(id) WHERE open = 1 AND exercise = 1;
)sql";

// An account may have several tokens, each with a name and an end of its own.
constexpr char version_5[] = R"sql(
CREATE TABLE tokens(
  hash TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, name TEXT NOT NULL,
  session INTEGER NOT NULL, made_at_ms INTEGER NOT NULL, expires_at_ms INTEGER,
  used_on TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_account ON tokens(account, made_at_ms);
CREATE INDEX tokens_sessions ON tokens(expires_at_ms) WHERE session = 1;
INSERT INTO tokens(hash,account,name,session,made_at_ms,expires_at_ms,used_on)
  SELECT token_hash, id, 'first', 0, 0, NULL, '' FROM accounts WHERE token_hash <> '';
DROP INDEX accounts_token;
ALTER TABLE accounts DROP COLUMN token_hash;
)sql";

// Content is cut into small parts: a row then costs about as many pages as any other, which is what
// the length of the log is judged by, and no page of the cache has to hold a whole film.
constexpr char version_6[] = R"sql(
CREATE TABLE documents(
  id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, kase TEXT NOT NULL, name TEXT NOT NULL,
  type TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT;
CREATE INDEX documents_unused ON documents(account, at_ms, id) WHERE kase = '';
CREATE INDEX documents_old ON documents(at_ms) WHERE kase = '';
CREATE INDEX documents_content ON documents(sha256);
CREATE TABLE contents(
  sha256 TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX contents_part ON contents(sha256, part);
)sql";

// Whom a case concerns, the other way round: what somebody may see, or is to do, is a few of very
// many cases. Kept by triggers, because whoever writes a case would have to know what was there
// before; they act only when the list changes, which few transitions do.
// What is left to do for ended cases is asked for beside what is due of the open ones.
constexpr char version_7[] = R"sql(
CREATE INDEX cases_tail ON cases(next_due_ms, id)
  WHERE open = 0 AND next_due_ms < 9223372036854775807;
CREATE TABLE concerns(
  who TEXT NOT NULL, kase TEXT NOT NULL, PRIMARY KEY(who, kase)) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO concerns
  SELECT one.value, cases.id
  FROM cases, json_each(iif(json_valid(cases.concerned), cases.concerned, '[]')) AS one;
CREATE TRIGGER case_concerns AFTER INSERT ON cases BEGIN
  INSERT OR IGNORE INTO concerns SELECT value, NEW.id FROM json_each(NEW.concerned);
END;
CREATE TRIGGER case_concerns_others AFTER UPDATE OF concerned ON cases
WHEN OLD.concerned <> NEW.concerned BEGIN
  DELETE FROM concerns
    WHERE kase = OLD.id AND who IN (SELECT value FROM json_each(OLD.concerned));
  INSERT OR IGNORE INTO concerns SELECT value, NEW.id FROM json_each(NEW.concerned);
END;
)sql";

// What is ready goes out by priority. Several notices may travel as one message: those merged keep
// their place in their queues until it has ended. What reached nobody belongs to somebody.
constexpr char version_8[] = R"sql(
ALTER TABLE deliveries ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN since_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN successor TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN recipients TEXT NOT NULL DEFAULT '';
ALTER TABLE notices ADD COLUMN pattern TEXT NOT NULL DEFAULT '';
UPDATE deliveries SET since_ms = coalesce((SELECT at_ms FROM notices
  WHERE notices.delivery = deliveries.id), next_at_ms) WHERE state = 'pending';
UPDATE deliveries SET priority = coalesce((SELECT max(CASE grade
  WHEN 'red' THEN 3 WHEN 'orange' THEN 2 WHEN 'yellow' THEN 1 ELSE 0 END)
  FROM notices WHERE notices.delivery = deliveries.id), 0) WHERE state = 'pending';
DROP INDEX deliveries_channel;
CREATE INDEX deliveries_channel ON deliveries(channel, priority, next_at_ms, ord) WHERE head = 1;
DROP INDEX deliveries_group;
CREATE INDEX deliveries_group ON deliveries(kase, channel, address, ord)
  WHERE state IN ('pending', 'merged');
CREATE INDEX deliveries_merged ON deliveries(successor, ord) WHERE state = 'merged';
CREATE TABLE dead_letters(
  delivery TEXT NOT NULL PRIMARY KEY, kase TEXT NOT NULL, at_ms INTEGER NOT NULL,
  owner TEXT NOT NULL, told INTEGER NOT NULL, tell_at_ms INTEGER, settled_at_ms INTEGER,
  settled_by TEXT NOT NULL, how TEXT NOT NULL, note TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX dead_letters_open ON dead_letters(at_ms, delivery) WHERE settled_at_ms IS NULL;
CREATE INDEX dead_letters_tell ON dead_letters(tell_at_ms)
  WHERE settled_at_ms IS NULL AND tell_at_ms IS NOT NULL;
)sql";

// The board counts all open cases several times a minute: it finds what it needs in the index by
// due time, which every transition writes anyway, and reads no case. `open` is in it because SQLite
// looks it up in the row otherwise, partial index or not.
constexpr char version_9[] = R"sql(
DROP INDEX cases_due;
CREATE INDEX cases_due
  ON cases(next_due_ms, id, open, stage, grade, exercise, restricted, enterprise_id) WHERE open = 1;
)sql";

// What reports count, apart from the snapshots, which are a hundred times as large. An open case is
// in every period that begins after it was filed: its last instant is the last there is. Filled by
// whoever opens the file (engine/runtime/figures.h): what they are is not for SQL to know.
constexpr char version_10[] = R"sql(
CREATE TABLE figures(
  kase TEXT NOT NULL PRIMARY KEY, filed_at_ms INTEGER NOT NULL, last_at_ms INTEGER NOT NULL,
  restricted INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX figures_period ON figures(last_at_ms, filed_at_ms);
CREATE INDEX figures_restricted ON figures(kase) WHERE restricted = 1;
)sql";

constexpr std::array<const char*, 10> all_steps{version_1, version_2, version_3, version_4,
                                                version_5, version_6, version_7, version_8,
                                                version_9, version_10};

int pragma(SQLite::Database& database, const char* name) {
    return database.execAndGet(std::string("PRAGMA ") + name).getInt();
}

bool is_empty(SQLite::Database& database) {
    return database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
}

model::Error refused(const SQLite::Database& database, const std::string& why) {
    return {model::ErrorCode::invalid, why, database.getFilename()};
}

model::Status check_owner(SQLite::Database& database) {
    const int owner = pragma(database, "application_id");
    if (owner == application_id) return model::Done{};
    return refused(database, "this is a database of another program (application_id " +
                                 std::to_string(owner) + ")");
}

model::Error newer(const SQLite::Database& database, std::size_t version, std::size_t known) {
    return refused(database, "the file has version " + std::to_string(version) +
                                 ", this program knows versions up to " + std::to_string(known) +
                                 "; start the newer program or restore a backup");
}

void take_step(SQLite::Database& database, const char* step, std::size_t version) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    database.exec(step);
    database.exec("PRAGMA application_id=" + std::to_string(application_id));
    database.exec("PRAGMA user_version=" + std::to_string(version));
    transaction.commit();
}

}  // namespace

std::span<const char* const> schema_steps() { return all_steps; }

model::Status migrate(SQLite::Database& database, std::span<const char* const> steps) {
    auto version = static_cast<std::size_t>(pragma(database, "user_version"));
    if (version != 0 || !is_empty(database)) {
        if (auto owner = check_owner(database); !owner) return owner;
    }
    if (version > steps.size()) return newer(database, version, steps.size());
    for (; version < steps.size(); ++version) take_step(database, steps[version], version + 1);
    return model::Done{};
}

model::Status check_version(SQLite::Database& database, std::span<const char* const> steps) {
    if (auto owner = check_owner(database); !owner) return owner;
    const auto version = static_cast<std::size_t>(pragma(database, "user_version"));
    if (version > steps.size()) return newer(database, version, steps.size());
    if (version == steps.size()) return model::Done{};
    return refused(database, "the file has the older version " + std::to_string(version) +
                                 "; start the daemon once to bring it up to date");
}

}  // namespace jinqiao::adapters::store::sqlite
