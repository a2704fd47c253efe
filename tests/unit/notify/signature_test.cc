// Vectors computed by the providers' own rules.
#include "adapters/notify/signature.h"

#include <gtest/gtest.h>

#include "adapters/notify/courier/url.h"

namespace jinqiao::adapters::notify {
namespace {

TEST(RobotSignature, DingTalkSignsMillisecondsByTheSecret) {
    const std::string signature = dingtalk_signature(1700000000000, "SEC0123456789abcdef");
    EXPECT_EQ(signature, "TSZbRFUuvaSQaRKUpF970OPCb2/LcQAP3wOvwZIzBZk=");
    EXPECT_EQ(courier::percent_encode(signature),
              "TSZbRFUuvaSQaRKUpF970OPCb2%2FLcQAP3wOvwZIzBZk%3D");
}

TEST(RobotSignature, FeishuSignsNothingByTimeAndSecret) {
    EXPECT_EQ(feishu_signature(1599360473, "demo"), "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=");
}

}  // namespace
}  // namespace jinqiao::adapters::notify
