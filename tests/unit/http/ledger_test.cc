#include "adapters/http/ledger.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::http {
namespace {

TEST(Masked, AnAddressIsRecognisedAndOfNoUse) {
    EXPECT_EQ(masked("13800001234"), "138****1234");
    EXPECT_EQ(masked("+8613800001234"), "+86****1234");
    EXPECT_EQ(masked("zhang.san@zone.example"), "z***@zone.example");
    EXPECT_EQ(masked("hrss"), "hrss");
    EXPECT_EQ(masked("justice"), "j****");
    EXPECT_EQ(masked("张三"), "****");
    EXPECT_EQ(masked("zhangsan"), "z****an");
    EXPECT_EQ(masked("a1b2"), "****");
    EXPECT_EQ(masked("张三李四王五赵六钱七"), "****");
    const std::string key = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa";
    EXPECT_EQ(masked(key).find(key.substr(4, 20)), std::string::npos);
    EXPECT_LT(masked(key).size(), 12U);
    EXPECT_EQ(masked(""), "");
}

}  // namespace
}  // namespace jinqiao::adapters::http
