#include "engine/time/explanation.h"

#include <gtest/gtest.h>

namespace jinqiao::engine::time {
namespace {

TEST(Explanation, LinesComeBackAsTheyWere) {
    const std::vector<Line> lines = {
        {"start", {{"date", "2026-09-15"}, {"at", "2026-09-15T10:00:00+08:00"}}},
        {"month_end", {}},
        {"suspended", {{"reason", "甲=乙, a\tb\nc\\n\\"}, {"days", ""}}},
    };
    const Explanation packed(lines);
    EXPECT_EQ(packed.lines(), lines);
    EXPECT_EQ(Explanation::stored(packed.text()).lines(), lines);
    EXPECT_EQ(Explanation::stored(packed.text()), packed);
}

TEST(Explanation, OfNoLineIsEmpty) {
    EXPECT_TRUE(Explanation(std::vector<Line>{}).empty());
    EXPECT_TRUE(Explanation::stored("").empty());
    EXPECT_TRUE(Explanation().lines().empty());
    EXPECT_EQ(Explanation(std::vector<Line>{}), Explanation());
}

TEST(Explanation, OtherLinesAreAnotherExplanation) {
    const Explanation one({Line{"end", {{"date", "2026-09-15"}}}});
    EXPECT_NE(one, Explanation({Line{"end", {{"date", "2026-09-16"}}}}));
    EXPECT_NE(one, Explanation());
}

// A damaged text shows less; it is no reason to lose the case that it explains.
TEST(Explanation, AnyTextIsTaken) {
    using Lines = std::vector<Line>;
    EXPECT_EQ(Explanation::stored("end\tdate").lines(), (Lines{{"end", {}}}));
    EXPECT_EQ(Explanation::stored("end\tdate=x\\").lines(), (Lines{{"end", {{"date", "x\\"}}}}));
    EXPECT_EQ(Explanation::stored("\t\t=\n").lines(), (Lines{{"", {{"", ""}}}}));
}

}  // namespace
}  // namespace jinqiao::engine::time
