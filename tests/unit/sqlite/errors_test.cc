#include "adapters/store/sqlite/errors.h"

#include <gtest/gtest.h>

#include "adapters/store/sqlite/version.h"
#include "tests/unit/sqlite/fixture.h"

namespace jinqiao::adapters::store::sqlite::testing {

namespace {

model::ErrorCode statement(int code) { return error_of(SQLite::Exception("x", code)).code; }
model::ErrorCode commit(int code) { return commit_error_of(SQLite::Exception("x", code)).code; }

}  // namespace

TEST(SqliteErrors, CommitSaysWhetherTheOutcomeIsKnown) {
    EXPECT_EQ(commit(13), model::ErrorCode::disk_full);
    EXPECT_EQ(commit(11), model::ErrorCode::corrupt);
    EXPECT_EQ(commit(26), model::ErrorCode::corrupt);
    EXPECT_EQ(commit(5), model::ErrorCode::busy);
    EXPECT_EQ(commit(10), model::ErrorCode::unknown);
    EXPECT_EQ(commit(1), model::ErrorCode::unknown);
}

TEST(SqliteErrors, StatementSaysWhetherTryingAgainHelps) {
    EXPECT_EQ(statement(13), model::ErrorCode::disk_full);
    EXPECT_EQ(statement(6), model::ErrorCode::busy);
    EXPECT_EQ(statement(14), model::ErrorCode::unavailable);
    EXPECT_EQ(statement(18), model::ErrorCode::invalid);
    EXPECT_EQ(statement(21), model::ErrorCode::internal);
}

TEST(SqliteErrors, OnlyErrorsAboutTheInputLetATransactionGoOn) {
    EXPECT_TRUE(is_about_input(model::ErrorCode::conflict));
    EXPECT_TRUE(is_about_input(model::ErrorCode::not_found));
    EXPECT_FALSE(is_about_input(model::ErrorCode::disk_full));
    EXPECT_FALSE(is_about_input(model::ErrorCode::corrupt));
}

TEST(SqliteVersion, KnowsWhichReleasesHaveTheWalResetDefect) {
    EXPECT_TRUE(has_wal_reset_defect(3040001));
    EXPECT_TRUE(has_wal_reset_defect(3044005));
    EXPECT_FALSE(has_wal_reset_defect(3044006));
    EXPECT_TRUE(has_wal_reset_defect(3050006));
    EXPECT_FALSE(has_wal_reset_defect(3050007));
    EXPECT_TRUE(has_wal_reset_defect(3051002));
    EXPECT_FALSE(has_wal_reset_defect(3051003));
}

// SQLite's own limit on the size of the file stands in for a full disk.
TEST_F(SqliteFile, FullStoreRefusesTheBatchKeepsTheRestAndRecovers) {
    SqliteOptions options;
    options.page_limit = 80;
    auto store = open(options);
    put_meta(*store, "before", "v");
    {
        auto batch = store->begin().value();
        EXPECT_DONE(batch->put_meta("lost", "v"));
        model::Status status = model::Done{};
        for (int i = 0; i < 200 && status; ++i) {
            ports::CaseRow row = tests::support::rows::a_case(std::to_string(i));
            row.body = std::string(6000, 'x');
            status = batch->put_case(row, 0);
        }
        ASSERT_FALSE(status.ok());
        EXPECT_EQ(status.error().code, model::ErrorCode::disk_full);
        EXPECT_ERROR(disk_full, batch->put_meta("later", "v"));
        EXPECT_ERROR(disk_full, batch->commit());
    }
    EXPECT_EQ(meta(*store, "before"), "v");
    EXPECT_EQ(meta(*store, "lost"), "(none)");
    put_meta(*store, "after", "v");
    EXPECT_EQ(meta(*store, "after"), "v");
}

}  // namespace jinqiao::adapters::store::sqlite::testing
