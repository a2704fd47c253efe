// One-time passwords against the vectors of their standards.
#include "adapters/http/totp.h"

#include <gtest/gtest.h>

#include <set>

namespace jinqiao::adapters::http {
namespace {

const std::string rfc_secret = "12345678901234567890";

engine::time::Instant at(std::int64_t seconds) { return engine::time::from_ms(seconds * 1000); }

TEST(Totp, MakesTheCodesOfRfc4226) {
    const std::array codes{"755224", "287082", "359152", "969429", "338314",
                           "254676", "287922", "162583", "399871", "520489"};
    for (std::size_t i = 0; i < codes.size(); ++i)
        EXPECT_EQ(totp_code(rfc_secret, static_cast<std::int64_t>(i)), codes[i]) << i;
}

// Appendix B, SHA-1, of which six digits are the last six of eight.
TEST(Totp, MakesTheCodesOfRfc6238) {
    const std::vector<std::pair<std::int64_t, std::string>> vectors{{59, "287082"},
                                                                    {1'111'111'109, "081804"},
                                                                    {1'111'111'111, "050471"},
                                                                    {1'234'567'890, "005924"},
                                                                    {2'000'000'000, "279037"},
                                                                    {20'000'000'000, "353130"}};
    for (const auto& [seconds, code] : vectors) {
        EXPECT_EQ(totp_code(rfc_secret, seconds / 30), code);
        EXPECT_EQ(totp_step(rfc_secret, code, at(seconds), 0), seconds / 30);
    }
}

TEST(Totp, ClocksMayDifferByOneStep) {
    const std::int64_t now = 1'111'111'109;
    for (const auto off : {-30, 0, 30})
        EXPECT_TRUE(totp_step(rfc_secret, totp_code(rfc_secret, (now + off) / 30), at(now), 0));
    for (const auto off : {-60, 60, 90})
        EXPECT_FALSE(totp_step(rfc_secret, totp_code(rfc_secret, (now + off) / 30), at(now), 0));
}

TEST(Totp, NoCodeIsGoodTwiceAndNoneBeforeIt) {
    const std::int64_t now = 1'111'111'109;
    const auto code = totp_code(rfc_secret, now / 30);
    const auto step = totp_step(rfc_secret, code, at(now), 0);
    ASSERT_TRUE(step);
    EXPECT_FALSE(totp_step(rfc_secret, code, at(now), *step));
    EXPECT_FALSE(totp_step(rfc_secret, totp_code(rfc_secret, *step - 1), at(now), *step));
    EXPECT_TRUE(totp_step(rfc_secret, totp_code(rfc_secret, *step + 1), at(now), *step));
}

TEST(Totp, WhatIsNoCodeIsNone) {
    for (const auto* code : {"", "287082 ", "28708", "2870820", "abcdef"})
        EXPECT_FALSE(totp_step(rfc_secret, code, at(59), 0)) << code;
}

TEST(Base32, IsThatOfRfc4648) {
    const std::vector<std::pair<std::string, std::string>> vectors{{"", ""},
                                                                   {"f", "MY"},
                                                                   {"fo", "MZXQ"},
                                                                   {"foo", "MZXW6"},
                                                                   {"foob", "MZXW6YQ"},
                                                                   {"fooba", "MZXW6YTB"},
                                                                   {"foobar", "MZXW6YTBOI"}};
    for (const auto& [plain, coded] : vectors) EXPECT_EQ(base32(plain), coded);
}

TEST(OtpauthUri, IsWhatProgramsScan) {
    EXPECT_EQ(otpauth_uri("示例 zone", "li.wei", rfc_secret),
              "otpauth://totp/%E7%A4%BA%E4%BE%8B%20zone:li.wei?secret="
              "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E7%A4%BA%E4%BE%8B%20zone"
              "&algorithm=SHA1&digits=6&period=30");
}

TEST(RecoveryCodes, AreTenDifferentOnesThatPeopleCanType) {
    const auto codes = recovery_codes();
    EXPECT_EQ(codes.size(), 10u);
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 10u);
    EXPECT_EQ(codes[0].size(), 19u);
    EXPECT_EQ(codes[0][4], '-');
    EXPECT_EQ(recovery_hash("a", "abcd-efgh"), recovery_hash("a", "ABCD EFGH"));
    EXPECT_NE(recovery_hash("a", "abcd-efgh"), recovery_hash("b", "abcd-efgh"));
    EXPECT_NE(recovery_hash("a", "abcd-efgh"), recovery_hash("a", "abcd-efgi"));
}

TEST(Seal, OpensForTheSameKeyAndAccountOnly) {
    const auto sealed = seal("key", "li", rfc_secret);
    EXPECT_EQ(unseal("key", "li", sealed), rfc_secret);
    EXPECT_EQ(sealed.find(rfc_secret), std::string::npos);
    EXPECT_NE(seal("key", "li", rfc_secret), sealed);
    EXPECT_FALSE(unseal("other", "li", sealed));
    EXPECT_FALSE(unseal("key", "wang", sealed));
    auto spoilt = sealed;
    spoilt.back() = spoilt.back() == '0' ? '1' : '0';
    EXPECT_FALSE(unseal("key", "li", spoilt));
    for (const auto* text : {"", "00", "zz", "0"}) EXPECT_FALSE(unseal("key", "li", text));
}

TEST(TotpSecret, IsRandomAndLongEnough) {
    EXPECT_EQ(totp_secret().size(), 20u);
    EXPECT_NE(totp_secret(), totp_secret());
}

}  // namespace
}  // namespace jinqiao::adapters::http
