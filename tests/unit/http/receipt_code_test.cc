#include "adapters/http/receipt_code.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "adapters/http/sealed_answer.h"

namespace jinqiao::adapters::http {
namespace {

TEST(ReceiptCode, IsTwentyFiveDigitsInGroupsAndNeverTheSame) {
    const std::regex shape("\\d{5}(-\\d{5}){4}");
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const auto code = new_receipt_code();
        EXPECT_TRUE(std::regex_match(code, shape)) << code;
        EXPECT_EQ(receipt_digits(code).size(), 25U);
        EXPECT_TRUE(seen.insert(code).second);
    }
}

TEST(ReceiptCode, IsReadAsPeopleTypeIt) {
    EXPECT_EQ(receipt_digits("12345-67890"), "1234567890");
    EXPECT_EQ(receipt_digits(" 12 345\t67890 "), "1234567890");
    EXPECT_EQ(receipt_digits("１２３４５　６７８９０"), "1234567890");
    EXPECT_EQ(receipt_digits("12a"), "12a");
    EXPECT_EQ(receipt_digits("\xef\xbc"), "\xef\xbc");
}

TEST(ReceiptCode, IsHashedUnderTheKeyOfTheInstallation) {
    const auto hash = receipt_hash("key", "1234567890");
    EXPECT_EQ(hash.size(), 64U);
    EXPECT_EQ(hash, receipt_hash("key", "1234567890"));
    EXPECT_NE(hash, receipt_hash("other", "1234567890"));
    EXPECT_NE(hash, receipt_hash("key", "1234567891"));
}

Request request(const std::string& key, const std::string& body = "{}") {
    Request out;
    out.method = "POST";
    out.target = "/api/v1/anonymous/alerts";
    out.idempotency_key = key;
    out.body = body;
    return out;
}

TEST(SealedAnswer, IsReadByWhoeverHasTheKeyAndNobodyElse) {
    const auto mine = sealed_answer("server", request("k1"));
    const auto kept = shut(mine, "12345-67890");
    EXPECT_EQ(kept.find("12345"), std::string::npos);
    EXPECT_EQ(mine.key.find("k1"), std::string::npos);
    EXPECT_EQ(open(mine, kept), "12345-67890");
    EXPECT_NE(shut(mine, "12345-67890"), kept);
    EXPECT_FALSE(open(sealed_answer("server", request("k2")), kept));
    EXPECT_FALSE(open(sealed_answer("other", request("k1")), kept));
    EXPECT_FALSE(open(mine, kept.substr(2)));
    EXPECT_FALSE(open(mine, ""));
    EXPECT_FALSE(open(mine, "zz"));
}

TEST(SealedAnswer, ToldApartByBodyAndCall) {
    const auto one = sealed_answer("server", request("k1", "a"));
    EXPECT_EQ(one.key, sealed_answer("server", request("k1", "b")).key);
    EXPECT_NE(one.body_hash, sealed_answer("server", request("k1", "b")).body_hash);
    auto elsewhere = request("k1", "a");
    elsewhere.target = "/api/v1/anonymous/messages";
    EXPECT_NE(one.key, sealed_answer("server", elsewhere).key);
    EXPECT_TRUE(sealed_answer("server", request("")).key.empty());
}

}  // namespace
}  // namespace jinqiao::adapters::http
