#include <gtest/gtest.h>

#include "adapters/notify/safe_name.h"

namespace jinqiao::adapters::notify {
namespace {

TEST(SafeName, LeavesIdsAndChineseAsTheyAre) {
    EXPECT_EQ(safe_name("hrss"), "hrss");
    EXPECT_EQ(safe_name("department:hrss"), "department:hrss");
    EXPECT_EQ(safe_name("01jd7-n3-1"), "01jd7-n3-1");
    EXPECT_EQ(safe_name("值班台"), "值班台");
}

TEST(SafeName, LeavesNoFolder) {
    EXPECT_EQ(safe_name("../../etc/passwd"), "%2e.%2f..%2fetc%2fpasswd");
    EXPECT_EQ(safe_name("."), "%2e");
    EXPECT_EQ(safe_name(".."), "%2e.");
    EXPECT_EQ(safe_name("/"), "%2f");
    EXPECT_EQ(safe_name(std::string_view("a\0b", 3)), "a%00b");
    EXPECT_EQ(safe_name("a%2fb"), "a%252fb");
    EXPECT_EQ(safe_name(""), "%");
}

TEST(SafeName, KeepsLongNamesApartAndWhole) {
    std::string one;
    for (int i = 0; i < 100; ++i) one += "值";
    const std::string two = one + "班";
    EXPECT_LE(safe_name(one).size(), 180U);
    EXPECT_NE(safe_name(one), safe_name(two));
    // Not cut within a character.
    EXPECT_EQ(safe_name(one).substr(0, 3), "值");
    EXPECT_EQ((safe_name(one).size() - 17) % 3, 0U);
}

}  // namespace
}  // namespace jinqiao::adapters::notify
