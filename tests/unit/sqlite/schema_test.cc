#include "adapters/store/sqlite/schema.h"

#include <vector>

#include "tests/unit/sqlite/fixture.h"

namespace jinqiao::adapters::store::sqlite::testing {

namespace {

std::vector<const char*> steps_and(const char* next) {
    std::vector<const char*> steps(schema_steps().begin(), schema_steps().end());
    steps.push_back(next);
    return steps;
}

}  // namespace

class Schema : public SqliteFile {
  protected:
    model::Status migrate_to(std::vector<const char*> steps) {
        SQLite::Database database(file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        return migrate(database, steps);
    }
    int version() { return std::stoi(look("PRAGMA user_version")); }
};

TEST_F(Schema, NewFileGetsTheNewestVersionAndOurName) {
    open().reset();
    EXPECT_EQ(version(), static_cast<int>(schema_steps().size()));
    EXPECT_EQ(look("PRAGMA application_id"), std::to_string(application_id));
    EXPECT_EQ(look("PRAGMA page_size"), "4096");
    EXPECT_EQ(look("PRAGMA journal_mode"), "wal");
}

TEST_F(Schema, FileOfTheVersionBeforeIsBroughtUpToDateWithItsRows) {
    auto store = open();
    put_meta(*store, "k", "v");
    store.reset();
    const int before = version();
    EXPECT_DONE(
        migrate_to(steps_and("ALTER TABLE meta ADD COLUMN note TEXT NOT NULL DEFAULT 'n'")));
    EXPECT_EQ(version(), before + 1);
    EXPECT_EQ(look("SELECT value || note FROM meta WHERE key='k'"), "vn");
}

TEST_F(Schema, TheTokenAnAccountHadIsItsFirstOfSeveral) {
    const auto steps = schema_steps();
    EXPECT_DONE(migrate_to({steps.begin(), steps.begin() + 4}));
    change("INSERT INTO accounts(id,body,token_hash) VALUES('a','{}','h'),('b','{}','')");
    auto store = open();
    auto reader = store->reader().value();
    EXPECT_EQ(reader->find_token("h").value()->account.value, "a");
    EXPECT_TRUE(reader->tokens_of(model::AccountId("b")).value().empty());
    EXPECT_EQ(reader->accounts().value().size(), 2U);
}

TEST_F(Schema, FileFromBeforeThereWereDocumentsTakesThem) {
    const auto steps = schema_steps();
    EXPECT_DONE(migrate_to({steps.begin(), steps.begin() + 5}));
    change("INSERT INTO meta(key,value) VALUES('k','v')");
    auto store = open();
    EXPECT_EQ(meta(*store, "k"), "v");
    auto batch = store->begin().value();
    EXPECT_DONE(batch->put_content("aa", "bytes"));
    EXPECT_DONE(batch->commit());
    EXPECT_EQ(store->reader().value()->document_content("aa").value(), "bytes");
}

TEST_F(Schema, CasesOfAnOlderFileAreFoundByWhomTheyConcern) {
    const auto steps = schema_steps();
    EXPECT_DONE(migrate_to({steps.begin(), steps.begin() + 6}));
    change(
        "INSERT INTO cases SELECT 'a','N-1','w','e','E','s','t','red','p','f',1,0,0,1,2,1,1,"
        "'','[\"person:li\",\"post:desk\"]','{}'");
    auto store = open();
    ports::CaseQuery query;
    query.concerns = {"post:desk"};
    EXPECT_EQ(store->reader().value()->list_cases(query).value().items.size(), 1U);
    query.concerns = {"post:other"};
    EXPECT_TRUE(store->reader().value()->list_cases(query).value().items.empty());
}

// What waited to be sent when the older program stopped goes out by its grade.
TEST_F(Schema, PendingDeliveriesOfAnOlderFileHaveTheirPriority) {
    const auto steps = schema_steps();
    EXPECT_DONE(migrate_to({steps.begin(), steps.begin() + 7}));
    change(
        "INSERT INTO notices VALUES('n1','k1','a','alert','post:x','','file','x','','blue',0,0,"
        "1000,'',1,'d1','pending',NULL,'','','','{}'),"
        "('n2','k2','b','alert','post:x','','file','x','','red',0,0,2000,'',1,'d2','pending',NULL,"
        "'','','','{}');"
        "INSERT INTO deliveries VALUES(1,'d1','a','file','x','pending',0,5000,0,1),"
        "(2,'d2','b','file','x','pending',1,6000,0,1)");
    auto store = open();
    auto reader = store->reader().value();
    const auto ready = reader->deliveries_ready("file", engine::time::from_ms(9000), 10).value();
    ASSERT_EQ(ready.size(), 2U);
    EXPECT_EQ(ready[0].id, "d2");
    EXPECT_EQ(ready[0].priority, model::GradeLevel::red);
    EXPECT_EQ(ready[0].since, engine::time::from_ms(2000));
    EXPECT_EQ(ready[1].priority, model::GradeLevel::blue);
    EXPECT_EQ(reader->find_notice(model::NoticeId("n1")).value()->pattern, "");
}

TEST_F(Schema, FileOfVersionNoughtGoesThroughEveryStep) {
    change("PRAGMA application_id=0");
    EXPECT_EQ(version(), 0);
    auto store = open();
    put_meta(*store, "k", "v");
    EXPECT_EQ(meta(*store, "k"), "v");
}

TEST_F(Schema, StepThatFailsLeavesTheVersionBefore) {
    open().reset();
    const int before = version();
    EXPECT_THROW((void)migrate_to(steps_and("CREATE TABLE half(a) STRICT; CREATE NONSENSE")),
                 SQLite::Exception);
    EXPECT_EQ(version(), before);
    EXPECT_EQ(look("SELECT count(*) FROM sqlite_master WHERE name='half'"), "0");
}

TEST_F(Schema, NewerFileIsRefusedAndLeftAlone) {
    open().reset();
    change("PRAGMA user_version=99");
    const auto refused = try_open();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, model::ErrorCode::invalid);
    EXPECT_NE(refused.error().what.find("version 99"), std::string::npos);
    EXPECT_EQ(refused.error().where, file().string());
    EXPECT_EQ(version(), 99);
    EXPECT_ERROR(invalid, try_open({.read_only = true}));
}

TEST_F(Schema, DatabaseOfAnotherProgramIsRefusedAndLeftAlone) {
    change("CREATE TABLE theirs(a)");
    EXPECT_ERROR(invalid, try_open());
    EXPECT_EQ(look("SELECT count(*) FROM sqlite_master"), "1");
}

// A list of cases, a due timer or a delivery must not cost more the more there is.
TEST_F(Schema, HotQueriesGoByIndex) {
    open().reset();
    SQLite::Database database(file().string());
    const auto plan = [&](const std::string& sql) {
        std::string text;
        SQLite::Statement query(database, "EXPLAIN QUERY PLAN " + sql);
        while (query.executeStep()) text += query.getColumn(3).getString() + "; ";
        return text;
    };
    EXPECT_EQ(plan("SELECT * FROM timers WHERE at_ms<=1 ORDER BY at_ms,kase,slot LIMIT 9"),
              "SEARCH timers USING INDEX timers_at (at_ms<?); ");
    EXPECT_EQ(plan("SELECT * FROM history WHERE stream='a' ORDER BY seq DESC LIMIT 1"),
              "SEARCH history USING INDEX history_stream (stream=?); ");
    EXPECT_EQ(plan("SELECT rowid FROM cases WHERE open=1 AND restricted=0"
                   " ORDER BY filed_at_ms DESC,id DESC LIMIT 9"),
              "SCAN cases USING INDEX cases_filed; ");
    EXPECT_EQ(plan("SELECT rowid FROM cases WHERE open=0 AND next_due_ms<=?"
                   " AND next_due_ms<9223372036854775807 ORDER BY next_due_ms,id LIMIT 9"),
              "SEARCH cases USING INDEX cases_tail (next_due_ms<?); ");
    const auto of_somebody = plan(
        "SELECT cases.rowid FROM (SELECT DISTINCT kase FROM concerns WHERE who IN"
        " (SELECT value FROM json_each(?))) AS seen CROSS JOIN cases ON cases.id=seen.kase"
        " WHERE open=1 ORDER BY filed_at_ms DESC,id DESC LIMIT 9");
    EXPECT_NE(of_somebody.find("SEARCH concerns USING PRIMARY KEY (who=?)"), std::string::npos);
    EXPECT_NE(of_somebody.find("SEARCH cases USING INDEX cases_id (id=?)"), std::string::npos);
}

}  // namespace jinqiao::adapters::store::sqlite::testing
