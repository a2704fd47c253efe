#include "adapters/notify/text.h"

#include <gtest/gtest.h>

#include "adapters/notify/mac.h"

namespace jinqiao::adapters::notify {
namespace {

TEST(Text, IsCutBetweenCharacters) {
    EXPECT_EQ(cut("红色", 6), "红色");
    EXPECT_EQ(cut("红色", 5), "红");
    EXPECT_EQ(cut("红色", 2), "");
    EXPECT_EQ(cut("a😀b", 4), "a");
    EXPECT_EQ(cut("a😀b", 5), "a😀");
}

TEST(Text, ThatIsTooLongKeepsItsLinkAndSaysThatSomethingIsMissing) {
    const std::string link = "https://zone/s/abc";
    const std::string text = "第一行说明情况\n第二行\n请签收：" + link;
    EXPECT_EQ(fit(text, text.size(), link), text);
    for (std::size_t most = 45; most < text.size(); ++most) {
        const std::string short_text = fit(text, most, link);
        EXPECT_LE(short_text.size(), most);
        EXPECT_TRUE(short_text.ends_with("\n请签收：" + link)) << short_text;
        EXPECT_NE(short_text.find("…"), std::string::npos);
        for (std::string_view rest = short_text; !rest.empty();
             rest.remove_prefix(character_length(rest)))
            ASSERT_NE(character_length(rest), 0U) << most;
    }
    EXPECT_EQ(fit(text, 24, link), "…\n" + link);
    EXPECT_EQ(fit("abcdef", 5), "ab…");
    for (std::size_t most = 0; most < 24; ++most) EXPECT_LE(fit(text, most, link).size(), most);
}

TEST(Text, CallsNobody) {
    for (const std::string call : {"<@all>", "<at user_id=\"all\">", "@13800000000", "<@<@all>>"}) {
        const std::string tame = calling_nobody(call);
        EXPECT_EQ(tame.find("<@"), std::string::npos) << tame;
        EXPECT_EQ(tame.find("<a"), std::string::npos) << tame;
        EXPECT_EQ(tame.find("@1"), std::string::npos) << tame;
        EXPECT_EQ(tame.find("@a"), std::string::npos) << tame;
    }
    EXPECT_EQ(calling_nobody("红色 C-1"), "红色 C-1");
}

TEST(Text, KeepsLinesAndLosesControlCharacters) {
    EXPECT_EQ(clean_lines(std::string("a\x00\x07\r\nb\tc\x1b[31m\xc2\x85", 15)), "a\nb\tc[31m");
    EXPECT_EQ(clean_lines("\xff红"), "\xEF\xBF\xBD红");
}

// RFC 4231, case 2; RFC 2202, case 2; FIPS 180-2.
TEST(Mac, AgreesWithItsStandard) {
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex(hmac_sha1("Jefe", "what do ya want for nothing?")),
              "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    EXPECT_EQ(hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_TRUE(equal_secrets("abc", "abc"));
    EXPECT_FALSE(equal_secrets("abc", "abd"));
    EXPECT_FALSE(equal_secrets("abc", "ab"));
}

}  // namespace
}  // namespace jinqiao::adapters::notify
