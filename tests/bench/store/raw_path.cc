#include <boost/json/serialize.hpp>

#include <sqlite3.h>

#include "tests/bench/store/store_paths.h"

namespace jinqiao::tests::bench {

namespace {

constexpr int cap_pages = 20000;
constexpr int idle_pages = 1000;

// One prepared statement, bound from left to right.
class Raw {
  public:
    Raw(sqlite3* database, const char* sql) {
        if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_,
                               nullptr) != SQLITE_OK) {
            fail(sqlite3_errmsg(database));
        }
    }
    ~Raw() { sqlite3_finalize(statement_); }
    Raw(const Raw&) = delete;
    Raw& operator=(const Raw&) = delete;

    Raw& operator<<(const std::string& text) {
        sqlite3_bind_text(statement_, ++bound_, text.data(), static_cast<int>(text.size()),
                          SQLITE_STATIC);
        return *this;
    }
    Raw& operator<<(std::int64_t value) {
        sqlite3_bind_int64(statement_, ++bound_, value);
        return *this;
    }
    Raw& operator<<(std::nullptr_t) {
        sqlite3_bind_null(statement_, ++bound_);
        return *this;
    }
    void run() {
        if (sqlite3_step(statement_) != SQLITE_DONE) {
            fail(sqlite3_errmsg(sqlite3_db_handle(statement_)));
        }
        sqlite3_reset(statement_);
        bound_ = 0;
    }

  private:
    sqlite3_stmt* statement_ = nullptr;
    int bound_ = 0;
};

struct Closer {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using Handle = std::unique_ptr<sqlite3, Closer>;

Handle opened(const std::filesystem::path& file) {
    sqlite3* database = nullptr;
    if (sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        nullptr) != SQLITE_OK) {
        fail("cannot open " + file.string());
    }
    sqlite3_exec(database,
                 "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
                 "PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
                 "PRAGMA secure_delete=ON; PRAGMA cache_size=-32768",
                 nullptr, nullptr, nullptr);
    return Handle(database);
}

std::int64_t ms(engine::time::Instant at) { return engine::time::to_ms(at); }
std::int64_t number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

class RawPath final : public Path {
  public:
    explicit RawPath(const std::filesystem::path& file)
        : database_(opened(file)),
          begin_(database_.get(), "BEGIN IMMEDIATE"),
          commit_(database_.get(), "COMMIT"),
          case_(database_.get(),
                "UPDATE cases SET enterprise_name=?,state=?,stage=?,grade=?,restricted=?,seq=?,"
                "version=?,summary=?,body=?,next_due_ms=? WHERE id=? AND seq=?"),
          history_(database_.get(),
                   "INSERT INTO history(stream,seq,at_ms,body,prev_hash,hash)"
                   " VALUES(?,?,?,?,?,?)"),
          timer_(database_.get(),
                 "INSERT INTO timers(kase,slot,at_ms,epoch,rung,repetition) VALUES(?,?,?,?,?,?)"
                 " ON CONFLICT(kase,slot) DO UPDATE SET at_ms=excluded.at_ms,"
                 "epoch=excluded.epoch,rung=excluded.rung,repetition=excluded.repetition"),
          notice_(database_.get(),
                  "INSERT INTO notices(id,key,kase,event,addressee,person,channel,address,"
                  "assignment,grade,exercise,urgent,at_ms,reason,seq,delivery,state,"
                  "delivered_at_ms,subject,sign_url,text,vars)"
                  " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
          delivery_(database_.get(),
                    "INSERT INTO deliveries(id,kase,channel,address,state,attempts,next_at_ms,"
                    "sent_unknown,head) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?5='pending' AND NOT "
                    "EXISTS(SELECT 1 FROM deliveries WHERE kase=?2 AND channel=?3 AND address=?4"
                    " AND state='pending'))") {
        sqlite3_wal_hook(
            database_.get(),
            [](void* self, sqlite3*, const char*, int pages) {
                static_cast<RawPath*>(self)->pages_ = pages;
                return SQLITE_OK;
            },
            this);
    }

    void begin() override { begin_.run(); }
    void commit() override { commit_.run(); }
    void write(const Transition& rows) override {
        write_case(rows);
        const ports::HistoryRow& entry = rows.history;
        history_ << entry.kase.value << number(entry.seq) << ms(entry.at) << entry.body
                 << entry.prev_hash << entry.hash;
        history_.run();
        const ports::TimerRow& timer = rows.timer;
        timer_ << timer.kase.value << timer.slot << ms(timer.at) << std::int64_t{timer.epoch}
               << std::int64_t{timer.rung} << std::int64_t{timer.repeat};
        timer_.run();
        write_notice(rows.notice);
        const ports::DeliveryRow& sent = rows.delivery;
        delivery_ << sent.id << sent.kase.value << sent.channel << sent.address << sent.state
                  << std::int64_t{sent.attempts} << ms(sent.next_at)
                  << std::int64_t{sent.sent_unknown};
        delivery_.run();
    }
    void maintain(bool idle) override {
        if (pages_ < (idle ? idle_pages : cap_pages)) return;
        int in_log = 0;
        int moved = 0;
        sqlite3_wal_checkpoint_v2(database_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log,
                                  &moved);
        if (moved == in_log) pages_ = 0;
    }

  private:
    void write_case(const Transition& rows) {
        const ports::CaseRow& kase = rows.kase;
        case_ << kase.enterprise_name << kase.state << kase.stage << kase.grade
              << std::int64_t{kase.restricted} << number(kase.seq) << number(kase.version)
              << kase.summary << kase.body << ms(*kase.next_due) << kase.id.value
              << number(rows.expected_seq);
        case_.run();
        if (sqlite3_changes(database_.get()) != 1) fail("a case moved under the benchmark");
    }
    void write_notice(const ports::NoticeRow& told) {
        const engine::model::Notice& notice = told.notice;
        const std::string addressee = notice.addressee.text();
        const std::string grade{engine::model::name(notice.grade)};
        const std::string vars = boost::json::serialize(notice.vars);
        notice_ << notice.id.value << notice.key << notice.kase.value << notice.event << addressee
                << notice.person.value << notice.channel << notice.address
                << notice.assignment.value << grade << std::int64_t{notice.exercise}
                << std::int64_t{notice.urgent} << ms(notice.at) << notice.reason << number(told.seq)
                << told.delivery << told.state << nullptr << told.subject << told.sign_url
                << told.text << vars;
        notice_.run();
    }

    Handle database_;
    Raw begin_, commit_, case_, history_, timer_, notice_, delivery_;
    int pages_ = 0;
};

}  // namespace

std::unique_ptr<Path> raw_path(const std::filesystem::path& file) {
    return std::make_unique<RawPath>(file);
}

}  // namespace jinqiao::tests::bench
