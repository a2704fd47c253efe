#include "adapters/cli/replay/csv.h"

#include <gtest/gtest.h>

#include <sstream>

namespace jinqiao::adapters::cli::replay {
namespace {

std::vector<std::vector<std::string>> all(const std::string& text) {
    std::istringstream in(text);
    CsvReader reader(in);
    std::vector<std::vector<std::string>> records;
    while (true) {
        auto record = reader.next();
        if (!record) {
            ADD_FAILURE() << record.error().what;
            return records;
        }
        if (!*record) return records;
        records.push_back(**record);
    }
}

std::string fault(const std::string& text) {
    std::istringstream in(text);
    CsvReader reader(in);
    while (true) {
        auto record = reader.next();
        if (!record) return record.error().where;
        if (!*record) return {};
    }
}

using Records = std::vector<std::vector<std::string>>;

TEST(Csv, ReadsPlainFields) {
    EXPECT_EQ(all("a,b,c\n1,,3\n"), (Records{{"a", "b", "c"}, {"1", "", "3"}}));
    EXPECT_EQ(all("a,b"), (Records{{"a", "b"}}));
    EXPECT_EQ(all(""), Records{});
}

TEST(Csv, ReadsQuotedFieldsWithCommasQuotesAndLineBreaks) {
    EXPECT_EQ(all("\"a,b\",\"he said \"\"no\"\"\",\"two\nlines\"\nx,\"\",y\n"),
              (Records{{"a,b", "he said \"no\"", "two\nlines"}, {"x", "", "y"}}));
}

TEST(Csv, TakesWindowsLineEndsAndAByteOrderMark) {
    EXPECT_EQ(all("\xEF\xBB\xBF"
                  "a,b\r\n1,2\r\n"),
              (Records{{"a", "b"}, {"1", "2"}}));
}

TEST(Csv, NamesTheLineOfABrokenRecord) {
    EXPECT_EQ(fault("a,b\n\"open,1\n2,3\n"), "line 2");
    EXPECT_EQ(fault("a\n\"x\"y\n"), "line 2");
    EXPECT_EQ(fault("a\nx\"y\n"), "line 2");
}

TEST(CsvTable, FindsColumnsByName) {
    std::istringstream in("id,name\n1,金桥\n\n2,\"b\"\n");
    const auto table = CsvTable::read(in);
    ASSERT_TRUE(table.ok());
    ASSERT_EQ(table->size(), 2U);
    EXPECT_EQ(table->at(0, "name"), "金桥");
    EXPECT_EQ(table->at(1, "id"), "2");
    EXPECT_EQ(table->at(1, "nothing"), "");
    EXPECT_EQ(table->line(1), 4U);
}

TEST(CsvTable, RefusesARowOfAnotherWidth) {
    std::istringstream in("a,b\n1,2\n1,2,3\n");
    const auto table = CsvTable::read(in);
    ASSERT_FALSE(table.ok());
    EXPECT_EQ(table.error().where, "line 3");
}

}  // namespace
}  // namespace jinqiao::adapters::cli::replay
