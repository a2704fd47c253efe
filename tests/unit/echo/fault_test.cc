#include "adapters/echo/fault.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::echo {
namespace {

using Kind = Fault::Kind;

TEST(EchoFault, IsReadAsItIsWritten) {
    const auto read = [](const char* words) {
        const auto fault = read_fault(words);
        EXPECT_TRUE(fault) << words;
        return fault ? *fault : Fault{};
    };
    EXPECT_EQ(read("429").status, 429);
    EXPECT_EQ(read("429 retry-after 7").retry_after_s, 7);
    EXPECT_EQ(read("status 500").kind, Kind::status);
    EXPECT_EQ(read("errcode 45009").code, "45009");
    EXPECT_EQ(read("errcode isv.AMOUNT_NOT_ENOUGH").code, "isv.AMOUNT_NOT_ENOUGH");
    EXPECT_EQ(read("refuse 0001 FailedOperation.X").who, "0001");
    EXPECT_EQ(read("slow 2s").span, std::chrono::seconds{2});
    EXPECT_EQ(read("slow 250ms").span, std::chrono::milliseconds{250});
    EXPECT_EQ(read("hang").kind, Kind::hang);
    EXPECT_EQ(read("reset").kind, Kind::reset);
    EXPECT_EQ(read("drip").kind, Kind::drip);
    EXPECT_EQ(read("huge 3").mebibytes, 3U);
    EXPECT_EQ(read("malformed").kind, Kind::malformed);
    EXPECT_EQ(read(" ok ").kind, Kind::none);
}

TEST(EchoFault, OthersAreRefused) {
    for (const char* words :
         {"", "99", "600", "429 retry-after", "429 after 7", "status", "errcode", "slow",
          "slow fast", "huge 0", "hang on", "boom", "refuse x"})
        EXPECT_FALSE(read_fault(words)) << words;
}

TEST(EchoScript, PlaysItsLinesInOrderToThoseTheyAreFor) {
    Script script;
    ASSERT_TRUE(
        script.add("# what goes wrong today\n"
                   "next 2: 503\n"
                   "next aliyun: errcode isp.SYSTEM_ERROR  # once\n"
                   "reset\n"));
    EXPECT_EQ(script.left(), 4U);
    EXPECT_EQ(script.next("wecom").status, 503);
    EXPECT_EQ(script.next("aliyun").status, 503);
    EXPECT_EQ(script.next("wecom").kind, Kind::reset);  // the one before is not for it
    EXPECT_EQ(script.next("aliyun").kind, Kind::errcode);
    EXPECT_EQ(script.next("aliyun").kind, Kind::none);
}

TEST(EchoScript, GoesOnUntilItIsCleared) {
    Script script;
    ASSERT_TRUE(script.add("always tencent: 429 retry-after 1"));
    for (int i = 0; i < 5; ++i) EXPECT_EQ(script.next("tencent").status, 429);
    EXPECT_EQ(script.next("aliyun").kind, Kind::none);
    ASSERT_TRUE(script.add("clear\nnext: 500"));
    EXPECT_EQ(script.next("tencent").status, 500);
    EXPECT_EQ(script.next("tencent").kind, Kind::none);
}

TEST(EchoScript, TakesNothingOfLinesWithAFault) {
    Script script;
    EXPECT_FALSE(script.add("next 2: 503\nnext 2: boom\n"));
    EXPECT_FALSE(script.add("later: 503"));
    EXPECT_FALSE(script.add("next 2 aliyun tencent: 503"));
    EXPECT_EQ(script.left(), 0U);
}

}  // namespace
}  // namespace jinqiao::adapters::echo
