#include "engine/time/ledger.h"

#include <gtest/gtest.h>

#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::time::testing {
namespace {

TEST(Ledger, ASuspensionHoldsItsFirstInstantAndNotItsLast) {
    const Ledger ledger{pause("2026-10-09 10:00", "2026-10-14 09:00")};
    EXPECT_FALSE(suspended_at(ledger, at("2026-10-09 09:59")));
    EXPECT_TRUE(suspended_at(ledger, at("2026-10-09 10:00")));
    EXPECT_TRUE(suspended_at(ledger, at("2026-10-14 08:59")));
    EXPECT_FALSE(suspended_at(ledger, at("2026-10-14 09:00")));
}

TEST(Ledger, AnOpenSuspensionHoldsFromThenOn) {
    const Ledger ledger{pause("2026-10-09 10:00", "2026-10-09 11:00"),
                        open_pause("2026-10-12 10:00")};
    EXPECT_FALSE(suspended_at(ledger, at("2026-10-10 10:00")));
    EXPECT_TRUE(suspended_at(ledger, at("2036-10-12 10:00")));
    EXPECT_FALSE(suspended_at({}, at("2026-10-12 10:00")));
}

TEST(Ledger, OrderedAndSeparateEntriesAreWellFormed) {
    EXPECT_TRUE(is_well_formed({}));
    EXPECT_TRUE(is_well_formed({pause("2026-10-09 10:00", "2026-10-09 11:00"),
                                pause("2026-10-09 11:00", "2026-10-09 12:00"),
                                open_pause("2026-10-10 10:00")}));
}

TEST(Ledger, OverlappingReversedOrLaterThanOpenEntriesAreNot) {
    EXPECT_FALSE(is_well_formed({pause("2026-10-09 10:00", "2026-10-09 11:00"),
                                 pause("2026-10-09 10:59", "2026-10-09 12:00")}));
    EXPECT_FALSE(is_well_formed({pause("2026-10-09 11:00", "2026-10-09 10:00")}));
    EXPECT_FALSE(is_well_formed(
        {open_pause("2026-10-09 10:00"), pause("2026-10-10 10:00", "2026-10-10 11:00")}));
}

}  // namespace
}  // namespace jinqiao::engine::time::testing
