#include "adapters/store/sqlite/copy.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "tests/unit/sqlite/fixture.h"

namespace jinqiao::adapters::store::sqlite::testing {

namespace {

using tests::support::rows::a_case;

std::uint64_t rows_of(const FileSummary& summary, const std::string& table) {
    for (const auto& [name, count] : summary.rows)
        if (name == table) return count;
    return 0;
}

}  // namespace

class Copy : public SqliteFile {
  protected:
    std::filesystem::path copy() const { return dir_.path() / "copy.db"; }
    static void put_case(ports::Store& store, int number) {
        auto batch = store.begin().value();
        EXPECT_DONE(batch->put_case(a_case("c" + std::to_string(number)), 0));
        EXPECT_DONE(batch->commit());
    }
};

TEST_F(Copy, HoldsWhatWasCommittedAndNoLog) {
    auto store = open();
    for (int i = 0; i < 5; ++i) put_case(*store, i);
    ASSERT_GT(std::filesystem::file_size(beside("-wal")), 0U);  // the cases are in the log only
    EXPECT_DONE(copy_sqlite(file(), copy()));
    const auto summary = inspect_sqlite(copy());
    ASSERT_TRUE(summary.ok());
    EXPECT_EQ(rows_of(*summary, "cases"), 5U);
    EXPECT_EQ(summary->version, newest_version());
    EXPECT_FALSE(std::filesystem::exists(copy().string() + "-wal"));
    struct stat found {};
    ASSERT_EQ(::stat(copy().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST_F(Copy, IsOfOneInstantWhileTheDaemonCommits) {
    auto store = open();
    for (int i = 0; i < 400; ++i) put_case(*store, i);
    int steps = 0;
    // Commits between the steps neither begin the copy anew nor come into it.
    const auto copied = copy_sqlite(file(), copy(), [&](std::uint64_t, std::uint64_t) {
        put_case(*store, 1000 + steps++);
        EXPECT_DONE(store->maintain(true));
        return true;
    });
    EXPECT_DONE(copied);
    EXPECT_GT(steps, 0);
    const auto summary = inspect_sqlite(copy());
    ASSERT_TRUE(summary.ok());
    EXPECT_EQ(rows_of(*summary, "cases"), 400U);
    EXPECT_EQ(store->reader().value()->count("open_cases").value(),
              400U + static_cast<unsigned>(steps));
}

TEST_F(Copy, OpensAsAStoreThatGoesOn) {
    {
        auto store = open();
        put_meta(*store, "who", "the first");
        EXPECT_DONE(copy_sqlite(file(), copy()));
    }
    auto again = open_sqlite(copy(), {.reserve_bytes = 0}).value();
    EXPECT_EQ(meta(*again, "who"), "the first");
    put_meta(*again, "who", "the second");
    EXPECT_EQ(meta(*again, "who"), "the second");
}

TEST_F(Copy, StoppedLeavesNothing) {
    open();
    EXPECT_ERROR(conflict,
                 copy_sqlite(file(), copy(), [](std::uint64_t, std::uint64_t) { return false; }));
    EXPECT_FALSE(std::filesystem::exists(copy()));
}

TEST_F(Copy, NeverWritesOverAFile) {
    open();
    std::ofstream(copy()) << "somebody's";
    EXPECT_ERROR(conflict, copy_sqlite(file(), copy()));
    EXPECT_EQ(std::filesystem::file_size(copy()), 10U);
}

TEST_F(Copy, RefusesWhatIsNotOurs) {
    EXPECT_ERROR(not_found, copy_sqlite(file(), copy()));
    EXPECT_FALSE(std::filesystem::exists(file()));  // looking makes no database
    change("CREATE TABLE theirs(x)");
    EXPECT_ERROR(invalid, copy_sqlite(file(), copy()));
    EXPECT_FALSE(std::filesystem::exists(copy()));
}

TEST_F(Copy, DamagedPageIsFound) {
    {
        auto store = open();
        for (int i = 0; i < 50; ++i) put_case(*store, i);
        EXPECT_DONE(copy_sqlite(file(), copy()));
    }
    ASSERT_TRUE(inspect_sqlite(copy()).ok());
    {
        std::fstream bytes(copy(), std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekp(4096 * 2);  // the head of the third page
        bytes << std::string(64, '\x55');
    }
    EXPECT_ERROR(corrupt, inspect_sqlite(copy()));
}

TEST_F(Copy, OlderVersionIsCopiedAndNewerIsNot) {
    open();
    change("PRAGMA user_version=1");
    EXPECT_DONE(copy_sqlite(file(), copy()));
    EXPECT_EQ(inspect_sqlite(copy())->version, 1);
    std::filesystem::remove(copy());
    change("PRAGMA user_version=999");
    EXPECT_ERROR(invalid, copy_sqlite(file(), copy()));
}

}  // namespace jinqiao::adapters::store::sqlite::testing
