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

TEST(Table, GivesWayOnANarrowTerminalWithoutLosingAWord) {
    Table table({"number", "what"});
    table.add({"JQ-1", "one two three four"});
    table.add({"JQ-2", "职工聚集讨薪已经三天"});
    std::ostringstream out;
    table.print(out, {18, false});
    EXPECT_EQ(out.str(),
              "number  what\nJQ-1    one two\n        three four\n"
              "JQ-2    职工聚集讨\n        薪已经三天\n");
}

TEST(Table, WrapsAtBlanksAndBetweenChineseCharacters) {
    using Pieces = std::vector<std::string>;
    EXPECT_EQ(wrapped("", 5), Pieces{""});
    EXPECT_EQ(wrapped("short", 5), Pieces{"short"});
    EXPECT_EQ(wrapped("one two", 5), (Pieces{"one", "two"}));
    EXPECT_EQ(wrapped("unbroken", 5), (Pieces{"unbro", "ken"}));
    EXPECT_EQ(wrapped("a金桥", 4), (Pieces{"a金", "桥"}));
    EXPECT_EQ(wrapped("金ab", 3), (Pieces{"金", "ab"}));
}

TEST(Table, NoLineBeginsWithWhatClosesOrEndsWithWhatOpens) {
    using Pieces = std::vector<std::string>;
    EXPECT_EQ(wrapped("任务下达、通知", 8), (Pieces{"任务下", "达、通知"}));
    EXPECT_EQ(wrapped("精密（金桥）", 6), (Pieces{"精密", "（金", "桥）"}));
}

TEST(Table, ColoursOnlyWhereThereAreSome) {
    Table table({"grade"});
    table.add({{"red", Tint::red}});
    std::ostringstream plain, coloured;
    table.print(plain);
    table.print(coloured, {0, true});
    EXPECT_EQ(plain.str(), "grade\nred\n");
    EXPECT_EQ(coloured.str(), "\x1b[1mgrade\x1b[0m\n\x1b[1;31mred\x1b[0m\n");
}

}  // namespace
}  // namespace jinqiao::adapters::cli
