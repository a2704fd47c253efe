#include "engine/runtime/audit.h"

#include "engine/runtime/chain.h"
#include "tests/unit/runtime/office.h"

namespace jinqiao::tests {
namespace {

using runtime::verify;

// Three cases with a few rows each, and a directory stream.
struct Archive : Office {
    Archive() {
        for (int i = 0; i < 3; ++i) {
            const auto id = file(5);
            EXPECT_NE(accepted(act("wang", "ask", id)), nullptr);
            ids.push_back(id);
        }
        EXPECT_NE(accepted(change("put_absence", {{"person", "sun"},
                                                  {"from", "2026-04-01T00:00:00+08:00"},
                                                  {"until", "2026-04-02T00:00:00+08:00"}})),
                  nullptr);
    }
    std::vector<model::CaseId> ids;

    void write(const std::function<void(ports::Batch&)>& how) {
        auto batch = store.begin();
        how(**batch);
        ASSERT_TRUE((*batch)->commit().ok());
    }
    ports::HistoryRow next_row(const std::string& stream) {
        const auto last = history(stream).back();
        return runtime::chained(last.kase, last.seq + 1, last.at, {{"case_sha256", ""}}, last.hash);
    }
};

TEST(Audit, UntouchedArchiveHolds) {
    Archive archive;
    std::uint64_t done = 0;
    const auto report = verify(*archive.reader(), [&](std::uint64_t seen, std::uint64_t all) {
        EXPECT_LE(seen, all);
        done = seen;
        return true;
    });
    ASSERT_TRUE(report.ok());
    EXPECT_TRUE(report->breaks.empty());
    EXPECT_EQ(report->streams, 4U);
    EXPECT_EQ(report->rows, 7U);
    EXPECT_EQ(done, 4U);
}

TEST(Audit, EditedSnapshotShows) {
    Archive archive;
    archive.write([&](ports::Batch& batch) {
        auto row = **batch.find_case(archive.ids[1]);
        row.body.replace(row.body.find("JQ-2026"), 7, "JQ-2025");
        ASSERT_TRUE(batch.put_case(row, row.seq).ok());
    });
    const auto report = verify(*archive.reader());
    ASSERT_EQ(report->breaks.size(), 1U);
    EXPECT_EQ(report->breaks[0].stream, archive.ids[1].value);
    EXPECT_EQ(report->breaks[0].what, "snapshot");
    EXPECT_EQ(report->breaks[0].seq, 2U);
}

TEST(Audit, RowWithAnotherBodyThanItWasHashedWithShows) {
    Archive archive;
    const auto stream = archive.ids[0].value;
    auto row = archive.next_row(stream);
    row.body = R"({"events":[]})";
    archive.write([&](ports::Batch& batch) { ASSERT_TRUE(batch.append_history(row).ok()); });
    const auto report = verify(*archive.reader());
    ASSERT_EQ(report->breaks.size(), 1U);
    EXPECT_EQ(report->breaks[0].what, "hash");
    EXPECT_EQ(report->breaks[0].seq, 3U);
}

TEST(Audit, RowThatFollowsNothingShows) {
    Archive archive;
    auto row = archive.next_row(archive.ids[2].value);
    row.prev_hash = runtime::first_link();
    row.hash = runtime::link_hash(row);
    archive.write([&](ports::Batch& batch) { ASSERT_TRUE(batch.append_history(row).ok()); });
    const auto report = verify(*archive.reader());
    ASSERT_EQ(report->breaks.size(), 1U);
    EXPECT_EQ(report->breaks[0].what, "link");
}

TEST(Audit, MissingRowShows) {
    Archive archive;
    auto row = archive.next_row(archive.ids[0].value);
    ++row.seq;
    row.hash = runtime::link_hash(row);
    archive.write([&](ports::Batch& batch) { ASSERT_TRUE(batch.append_history(row).ok()); });
    const auto report = verify(*archive.reader());
    ASSERT_EQ(report->breaks.size(), 1U);
    EXPECT_EQ(report->breaks[0].what, "gap");
    EXPECT_EQ(report->breaks[0].seq, 3U);
}

TEST(Audit, CaseWithoutHistoryShows) {
    Archive archive;
    archive.write([&](ports::Batch& batch) {
        auto row = **batch.find_case(archive.ids[0]);
        row.id = model::CaseId{"smuggled"};
        row.number = "JQ-2026-999999";
        ASSERT_TRUE(batch.put_case(row, 0).ok());
    });
    const auto report = verify(*archive.reader());
    ASSERT_EQ(report->breaks.size(), 1U);
    EXPECT_EQ(report->breaks[0].what, "no_history");
    EXPECT_EQ(report->breaks[0].stream, "smuggled");
}

TEST(Audit, EditedDirectoryShows) {
    Archive archive;
    archive.write([&](ports::Batch& batch) {
        auto rows = **batch.meta("directory");
        ASSERT_TRUE(batch.put_meta("directory", rows + " ").ok());
    });
    const auto report = verify(*archive.reader());
    ASSERT_EQ(report->breaks.size(), 1U);
    EXPECT_EQ(report->breaks[0].stream, "directory");
}

TEST(Audit, StopsWhenAsked) {
    Archive archive;
    const auto report =
        verify(*archive.reader(), [](std::uint64_t done, std::uint64_t) { return done < 2; });
    EXPECT_EQ(report->streams, 2U);
}

}  // namespace
}  // namespace jinqiao::tests
