#include "adapters/store/paging.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::store::testing {

TEST(Paging, CursorCarriesAnyKeyAndIdInCharactersFitForAUrl) {
    const Sort sort = parse_sort("-number").value();
    const std::string cursor = write_cursor(sort, {-7, "JQ-2026 \"第一\"", "a/b?c"});
    EXPECT_EQ(cursor.find_first_not_of("0123456789abcdef"), std::string::npos);
    const auto back = read_cursor(sort, cursor);
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->number, -7);
    EXPECT_EQ(back->text, "JQ-2026 \"第一\"");
    EXPECT_EQ(back->id, "a/b?c");
}

TEST(Paging, FoldingLeavesEverythingButAsciiLettersAlone) {
    EXPECT_EQ(folded("AbZ 第一 É_"), "abz 第一 É_");
}

TEST(Paging, UnknownGradeRanksBelowAll) {
    EXPECT_LT(grade_rank("violet"), grade_rank("blue"));
    EXPECT_LT(grade_rank("orange"), grade_rank("red"));
}

}  // namespace jinqiao::adapters::store::testing
