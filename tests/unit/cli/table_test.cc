#include "adapters/cli/table.h"

#include <gtest/gtest.h>

#include <sstream>

namespace jinqiao::adapters::cli {
namespace {

TEST(Table, CountsChineseCharactersTwice) {
    EXPECT_EQ(display_width("abc"), 3U);
    EXPECT_EQ(display_width("金桥"), 4U);
    EXPECT_EQ(display_width("（A）"), 5U);
    EXPECT_EQ(display_width("e\u0301"), 1U);
    EXPECT_EQ(display_width("\xFF\xFE"), 2U);  // no UTF-8
    EXPECT_EQ(display_width("\xE9\x87"), 2U);  // cut off
}

TEST(Table, AlignsColumnsOfBothScripts) {
    Table table({"编号", "state"});
    table.add({"JQ-1", "核实中"});
    table.add({"二", "ended"});
    std::ostringstream out;
    table.print(out);
    EXPECT_EQ(out.str(), "编号  state\nJQ-1  核实中\n二    ended\n");
}

TEST(Table, LeavesNoBlanksAtTheEnd) {
    Table table({"a", "b"});
    table.add({"long one", ""});
    std::ostringstream out;
    table.print(out);
    EXPECT_EQ(out.str(), "a         b\nlong one\n");
}

TEST(Table, LetsNothingMoveTheCursor) {
    EXPECT_EQ(printable("a\x1b[31mb\nc\td"), "a [31mb c d");
    EXPECT_EQ(printable("金\u0085桥"), "金 桥");
}

}  // namespace
}  // namespace jinqiao::adapters::cli
