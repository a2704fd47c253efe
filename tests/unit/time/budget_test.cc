#include "engine/time/budget.h"

#include <gtest/gtest.h>

namespace jinqiao::engine::time {
namespace {

TEST(Budget, EachSpellingIsReadAndWrittenAlike) {
    const std::pair<const char*, Budget> table[] = {{"30 min", {30, Unit::minutes}},
                                                    {"2 h", {2, Unit::hours}},
                                                    {"4 wh", {4, Unit::working_hours}},
                                                    {"15 N", {15, Unit::natural_days}},
                                                    {"3 W", {3, Unit::working_days}},
                                                    {"6 months", {6, Unit::months}},
                                                    {"1 y", {1, Unit::years}},
                                                    {"0 min", {0, Unit::minutes}},
                                                    {"36500 N", {36500, Unit::natural_days}}};
    for (const auto& [text, value] : table) {
        EXPECT_EQ(parse_budget(text), value) << text;
        EXPECT_EQ(to_string(value), text);
    }
}

TEST(Budget, AnythingElseIsRefused) {
    for (const char* text : {"",
                             " ",
                             "15",
                             "N",
                             "15N",
                             "15  N",
                             " 15 N",
                             "15 N ",
                             "-1 N",
                             "+1 N",
                             "015 N",
                             "1.5 h",
                             "15 n",
                             "3 w",
                             "2 hours",
                             "1 month",
                             "1 Y",
                             "3 days",
                             "15 N*",
                             "1e3 N",
                             "0x1 N",
                             "36501 N",
                             "101 y",
                             "1201 months",
                             "99999999999999999999 min",
                             "52560001 min"})
        EXPECT_FALSE(parse_budget(text)) << text;
}

TEST(Budget, OnlyTheSameUnitExtends) {
    EXPECT_TRUE(compatible({15, Unit::natural_days}, {15, Unit::natural_days}));
    EXPECT_FALSE(compatible({15, Unit::natural_days}, {5, Unit::working_days}));
    EXPECT_FALSE(compatible({1, Unit::years}, {6, Unit::months}));
    EXPECT_FALSE(compatible({1, Unit::hours}, {30, Unit::minutes}));
}

TEST(Budget, DayKindsAreThoseThatEndAtMidnight) {
    for (Unit unit : {Unit::natural_days, Unit::working_days, Unit::months, Unit::years})
        EXPECT_TRUE(is_day_kind(unit)) << spelling(unit);
    for (Unit unit : {Unit::minutes, Unit::hours, Unit::working_hours})
        EXPECT_FALSE(is_day_kind(unit)) << spelling(unit);
}

}  // namespace
}  // namespace jinqiao::engine::time
