#include "adapters/notify/tame.h"

#include <gtest/gtest.h>

#include "adapters/notify/text.h"
#include "tests/support/hostile.h"

namespace jinqiao::adapters::notify {
namespace {

constexpr std::string_view link = "https://zone.example/s/a_b-C";
const auto bare = [](std::string_view ours) { return std::string(ours); };

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

TEST(Hostile, ThereAreEnoughOfThem) { EXPECT_GE(tests::hostile_texts().size(), 200U); }

TEST(Tame, CallsNobodyAndKeepsItsDirection) {
    for (const std::string& text : tests::hostile_texts()) {
        const std::string result = tame(text);
        EXPECT_FALSE(tests::calls_somebody(result)) << text.substr(0, 40);
        EXPECT_TRUE(is_utf8(result)) << text.substr(0, 40);
        for (const char* mark : {"\xE2\x80\xAE", "\xE2\x81\xA6", "\x1b", "\r"})
            EXPECT_EQ(result.find(mark), std::string::npos) << text.substr(0, 40);
    }
}

TEST(TameMarkdown, LaysNoLinkAndOpensNoBlock) {
    for (const std::string& text : tests::hostile_texts()) {
        const std::string result = "\n" + tame_markdown(text);
        EXPECT_FALSE(tests::links_elsewhere(result, link)) << text.substr(0, 40);
        for (const char* block :
             {"\n#", "\n>", "\n-", "\n ", "\n\t", "\n=", "\n|", "\n~", "`", "*"})
            EXPECT_EQ(result.find(block), std::string::npos) << text.substr(0, 40);
    }
}

TEST(TameMarkdown, LeavesWhatIsHarmless) {
    const std::string text = "案件 JQ-2026-000123｜橙色\nhttps://other.example/a_b?x=1 (见附件)";
    EXPECT_EQ(tame_markdown(text), text);
}

TEST(Links, OfOurOwnArriveAsTheyAre) {
    const std::string text =
        "请签收：https://zone.example/s/a_b-C\n@all https://zone.example/s/x_9，";
    const auto shout = [](std::string_view words) { return tame_markdown(words); };
    const std::string result = around_links(
        text, link, shout, [](std::string_view ours) { return "{" + std::string(ours) + "}"; });
    EXPECT_NE(result.find("{https://zone.example/s/a_b-C}"), std::string::npos);
    EXPECT_NE(result.find("{https://zone.example/s/x_9}"), std::string::npos);
    EXPECT_FALSE(tests::calls_somebody(result));
}

TEST(Links, OfOthersAreWords) {
    for (const char* text : {"https://zone.example.evil/s/x", "http://zone.example/s/x"})
        EXPECT_EQ(around_links(
                      text, link, [](auto) { return std::string("w"); }, bare),
                  "w");
    EXPECT_EQ(around_links(
                  "x", "", [](auto) { return std::string("w"); }, bare),
              "w");
    EXPECT_EQ(around_links(
                  "x", "not a link", [](auto) { return std::string("w"); }, bare),
              "w");
}

TEST(Fitted, WhatGrowsOnTheWayStillFitsAndKeepsTheLink) {
    std::string text;
    for (int i = 0; i < 900; ++i) text += "[@<";
    text += "\n签收：" + std::string(link) + "\nafter";
    const std::string result = fitted(text, 1000, link, [](std::string_view part) {
        return around_links(part, link, tame_markdown, bare);
    });
    EXPECT_LE(result.size(), 1000U);
    EXPECT_GT(result.size(), 900U);
    EXPECT_NE(result.find(link), std::string::npos);
    EXPECT_TRUE(is_utf8(result));
}

TEST(Fitted, AFrameThatIsTooLongByItselfEnds) {
    const auto framed = [](std::string_view part) {
        return std::string(50, 'x') + std::string(part);
    };
    EXPECT_EQ(fitted("text", 10, {}, framed), std::string(50, 'x'));
}

}  // namespace
}  // namespace jinqiao::adapters::notify
