#include "engine/runtime/figures.h"

#include "tests/unit/runtime/office.h"

namespace jinqiao::tests {
namespace {

constexpr auto ever = time::Instant::max();

struct CountedOffice : Office {
    std::vector<ports::FiguresRow> stored_figures() {
        return reader()->figures(time::Instant{}, ever).value();
    }
    // Of every case there is, as they follow from its snapshot.
    std::vector<ports::FiguresRow> derived() {
        std::vector<ports::FiguresRow> rows;
        const auto seen = world.get();
        EXPECT_TRUE(reader()
                        ->each_case(false,
                                    [&](const ports::CaseRow& row) {
                                        rows.push_back(runtime::figures_row(stored(row.id), *seen));
                                        return true;
                                    })
                        .ok());
        return rows;
    }
};

TEST(Figures, AreStoredWithEveryChangeOfTheCase) {
    CountedOffice office;
    const auto id = office.file();
    const auto filed = office.stored_figures();
    EXPECT_EQ(filed, office.derived());
    ASSERT_EQ(filed.size(), 1U);
    EXPECT_NE(accepted(office.act("wang", "ask", id)), nullptr);
    office.file();
    EXPECT_EQ(office.stored_figures(), office.derived());
    EXPECT_EQ(office.stored_figures().size(), 2U);
    office.restart();
    EXPECT_EQ(office.stored_figures(), office.derived());
}

// A database that an older program wrote has cases without figures.
TEST(Figures, OfAnOlderDatabaseAreCountedOnce) {
    CountedOffice office;
    office.file();
    office.file();
    const auto known = office.stored_figures();
    const auto world = office.world.get();
    adapters::store::memory::MemoryStore older;
    auto batch = older.begin().value();
    ASSERT_TRUE(
        office.reader()
            ->each_case(false,
                        [&](const ports::CaseRow& row) { return batch->put_case(row, 0).ok(); })
            .ok());
    ASSERT_TRUE(batch->commit().ok());
    ASSERT_TRUE(runtime::count_anew(older, *world).ok());
    EXPECT_EQ(older.reader().value()->figures(time::Instant{}, ever).value(), known);
    // A second start has nothing to do, and changes nothing.
    auto spoilt = known.front();
    spoilt.body = "spoilt";
    batch = older.begin().value();
    ASSERT_TRUE(batch->put_figures(spoilt).ok());
    ASSERT_TRUE(batch->commit().ok());
    ASSERT_TRUE(runtime::count_anew(older, *world).ok());
    EXPECT_EQ(older.reader().value()->figures(time::Instant{}, ever).value().front().body,
              "spoilt");
    // Another derivation makes them all anew.
    batch = older.begin().value();
    ASSERT_TRUE(batch->put_meta(runtime::figures_meta, "0").ok());
    ASSERT_TRUE(batch->commit().ok());
    ASSERT_TRUE(runtime::count_anew(older, *world).ok());
    EXPECT_EQ(older.reader().value()->figures(time::Instant{}, ever).value(), known);
}

}  // namespace
}  // namespace jinqiao::tests
