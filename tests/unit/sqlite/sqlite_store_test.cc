#include "adapters/store/sqlite/sqlite_store.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "tests/unit/sqlite/fixture.h"

namespace jinqiao::adapters::store::sqlite::testing {

namespace {

using tests::support::rows::a_case;
using tests::support::rows::timer;

// Runs `body` in a process that ends without closing anything.
template <class Body>
void in_a_process_that_dies(Body body) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        body();
        ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace

TEST_F(SqliteFile, KilledWithAnOpenBatchKeepsEveryCommitAndNothingElse) {
    in_a_process_that_dies([&] {
        auto store = try_open().value();
        for (int i = 0; i < 3; ++i) {
            auto batch = store->begin().value();
            if (!batch->put_case(a_case("c" + std::to_string(i)), 0)) ::_exit(1);
            if (!batch->put_timer(timer("c" + std::to_string(i), "due", i))) ::_exit(1);
            if (!batch->commit()) ::_exit(1);
        }
        auto open_batch = store->begin().value();
        if (!open_batch->put_case(a_case("lost"), 0)) ::_exit(1);
        ::_exit(0);
    });
    ASSERT_TRUE(std::filesystem::exists(beside("-wal")));  // or nothing was there to recover
    auto store = open();
    auto reader = store->reader().value();
    EXPECT_EQ(reader->count("open_cases").value(), 3U);
    EXPECT_EQ(reader->count("timers").value(), 3U);
    EXPECT_FALSE(reader->find_case(model::CaseId("lost")).value().has_value());
    put_meta(*store, "work", "goes on");
}

TEST_F(SqliteFile, LogDoesNotGrowFromKillToKill) {
    const auto log_after = [&](int lives) {
        for (int life = 0; life < lives; ++life) {
            in_a_process_that_dies([&] {
                auto store = try_open({.cap_checkpoint_pages = 400}).value();
                for (int i = 0; i < 20; ++i) {
                    auto batch = store->begin().value();
                    for (int j = 0; j < 5; ++j)
                        if (!batch->put_meta(std::to_string(i * 5 + j),
                                             std::string(4000, static_cast<char>('a' + life))))
                            ::_exit(1);
                    if (!batch->commit() || !store->maintain(false)) ::_exit(1);
                }
                ::_exit(0);  // before its own rows were worth a checkpoint
            });
        }
        return std::filesystem::file_size(beside("-wal"));
    };
    const auto few = log_after(4);
    EXPECT_LE(log_after(20), 2 * few);
}

TEST_F(SqliteFile, LogIsMovedIntoTheFileAtTheEnd) {
    auto store = open();
    put_meta(*store, "k", "v");
    EXPECT_GT(std::filesystem::file_size(beside("-wal")), 0U);
    store.reset();
    EXPECT_FALSE(std::filesystem::exists(beside("-wal")));
    EXPECT_EQ(look("SELECT value FROM meta WHERE key='k'"), "v");
}

TEST_F(SqliteFile, IdleMaintenanceMovesTheLogOnceItIsLong) {
    auto store = open({.idle_checkpoint_pages = 100});
    const auto file_size = [&] { return std::filesystem::file_size(file()); };
    const auto empty = file_size();
    put_meta(*store, "k", "v");
    EXPECT_DONE(store->maintain(true));
    EXPECT_EQ(file_size(), empty);  // not worth a pause
    auto batch = store->begin().value();
    for (int i = 0; i < 500; ++i) EXPECT_DONE(batch->put_case(a_case(std::to_string(i)), 0));
    EXPECT_ERROR(busy, store->maintain(true));
    EXPECT_DONE(batch->commit());
    EXPECT_DONE(store->maintain(false));
    EXPECT_EQ(file_size(), empty);  // not at the cap, and not idle
    EXPECT_DONE(store->maintain(true));
    EXPECT_GT(file_size(), empty);
    const auto log = std::filesystem::file_size(beside("-wal"));
    put_meta(*store, "k", "w");
    EXPECT_EQ(std::filesystem::file_size(beside("-wal")), log);  // begun again from the start
}

TEST_F(SqliteFile, ReaderAtWorkDoesNotBlockTheWriter) {
    auto store = open();
    for (int i = 0; i < 600; ++i) put_meta(*store, std::to_string(i), "v");
    auto batch = store->begin().value();
    for (int i = 0; i < 300; ++i) EXPECT_DONE(batch->put_case(a_case(std::to_string(i)), 0));
    EXPECT_DONE(batch->commit());
    std::thread reading([&] {
        auto reader = store->reader().value();
        int rows = 0;
        EXPECT_DONE(reader->each_case(false, [&](const ports::CaseRow&) { return ++rows > 0; }));
        EXPECT_GE(rows, 300);
    });
    for (int i = 0; i < 50; ++i) {
        put_meta(*store, "now", std::to_string(i));
        EXPECT_DONE(store->maintain(true));
    }
    reading.join();
    EXPECT_EQ(meta(*store, "now"), "49");
}

TEST_F(SqliteFile, ReaderMayCommitNothingAndChangeNothing) {
    auto store = open();
    put_meta(*store, "k", "v");
    auto reader = store->reader().value();
    reader->meta("k").value();
    reader.reset();  // and its connection is used again
    auto again = store->reader().value();
    put_meta(*store, "k", "w");
    EXPECT_EQ(again->meta("k").value(), "w");
}

TEST_F(SqliteFile, SecondDaemonOnTheSameFileIsTurnedAway) {
    auto store = open();
    EXPECT_ERROR(busy, try_open());
    store.reset();
    EXPECT_DONE(try_open());
}

TEST_F(SqliteFile, OpenedForLookingItReadsBesideARunningDaemonAndWritesNothing) {
    EXPECT_ERROR(unavailable, try_open({.read_only = true}));  // no file yet
    auto store = open();
    put_meta(*store, "k", "v");
    auto looking = open({.read_only = true});
    EXPECT_EQ(meta(*looking, "k"), "v");
    EXPECT_ERROR(forbidden, looking->begin());
    EXPECT_ERROR(forbidden, looking->maintain(true));
}

TEST_F(SqliteFile, DatabaseIsReadableByItsOwnerOnly) {
    auto store = open();
    put_meta(*store, "k", "v");
    for (const char* suffix : {"", "-wal", "-shm"}) {
        struct stat status {};
        ASSERT_EQ(::stat(beside(suffix).c_str(), &status), 0) << suffix;
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << suffix;
    }
}

TEST_F(SqliteFile, ErasedValueIsGoneFromTheFile) {
    const std::string secret = "phone-13912345678-of-somebody";
    auto store = open();
    ports::PersonalRow row{"r", model::CaseId("a"), "phone", "sealed", secret, {}};
    for (int turn = 0; turn < 2; ++turn) {
        auto batch = store->begin().value();
        EXPECT_DONE(batch->put_personal(row));
        EXPECT_DONE(batch->commit());
        row.value.clear();
    }
    store.reset();
    std::ifstream stream(file(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(stream)), {});
    EXPECT_EQ(bytes.find(secret), std::string::npos);
    EXPECT_NE(bytes.find("sealed"), std::string::npos);
}

TEST_F(SqliteFile, ReserveIsThereWhileThereIsRoom) {
    reserve_bytes_ = 64 * 1024;
    auto store = open();
    EXPECT_EQ(std::filesystem::file_size(beside(".reserve")), reserve_bytes_);
}

TEST_F(SqliteFile, DescribesItsLibrary) {
    EXPECT_NE(open()->describe().find("SQLite 3."), std::string::npos);
}

TEST_F(SqliteFile, FolderThatIsNotThereIsUnavailable) {
    EXPECT_ERROR(unavailable, open_sqlite(dir_.path() / "no" / "where.db"));
}

TEST_F(SqliteFile, FileThatIsNoDatabaseIsCorrupt) {
    std::ofstream(file()) << std::string(8192, 'x');
    EXPECT_ERROR(corrupt, try_open());
}

}  // namespace jinqiao::adapters::store::sqlite::testing
