#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "engine/runtime/canonical.h"
#include "engine/runtime/case_cache.h"
#include "engine/runtime/digest.h"
#include "engine/runtime/enterprises.h"
#include "engine/runtime/sign_link.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {
namespace {

namespace model = engine::model;
namespace runtime = engine::runtime;
using engine::time::testing::at;
using namespace std::chrono_literals;

TEST(Canonical, OrderOfKeysAndWhiteSpaceDoNotMatter) {
    const auto one = boost::json::parse(R"({"b": [1, {"z": null, "a": "甲"}], "a": true})");
    const auto other = boost::json::parse(R"({"a":true,"b":[1,{"a":"甲","z":null}]})");
    EXPECT_EQ(runtime::canonical(one), R"({"a":true,"b":[1,{"a":"甲","z":null}]})");
    EXPECT_EQ(runtime::canonical(one), runtime::canonical(other));
    EXPECT_EQ(runtime::canonical(boost::json::parse("[[],{}]")), "[[],{}]");
}

TEST(Canonical, WritesWhatTheLibraryWouldWrite) {
    for (const char* text :
         {R"("")", R"("a\"b\\c/d")", R"("\u0001\n\t\u001f甲")", "-9223372036854775808", "0",
          "18446744073709551615", "1.5E0", "true", "null", R"({"a\nb":"c"})"}) {
        const auto value = boost::json::parse(text);
        EXPECT_EQ(runtime::canonical(value), boost::json::serialize(value)) << text;
    }
}

TEST(Digest, AgreesWithThePublishedVectors) {
    EXPECT_EQ(runtime::sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(runtime::to_hex(runtime::hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

const std::string key(32, 'k');
const model::AssignmentId assignment{"01jd00000000000000000000ab-a3"};

TEST(SignLink, HolderOfTheTokenIsTakenAtItsWordUntilItExpires) {
    const auto expires = at("2026-03-10 10:00");
    const auto token = runtime::make_sign_token(key, assignment, expires);
    EXPECT_EQ(token, runtime::make_sign_token(key, assignment, expires));
    EXPECT_EQ(token.find_first_of("+/=|"), std::string::npos);
    EXPECT_EQ(runtime::read_sign_token(key, token, expires - 1s), assignment);
    EXPECT_FALSE(runtime::read_sign_token(key, token, expires));
    EXPECT_EQ(runtime::case_of(assignment).value, "01jd00000000000000000000ab");
}

TEST(SignLink, NothingButTheTokenItselfIsAccepted) {
    const auto expires = at("2026-03-10 10:00");
    const auto now = at("2026-03-03 10:00");
    const auto token = runtime::make_sign_token(key, assignment, expires);
    EXPECT_FALSE(runtime::read_sign_token(std::string(32, 'x'), token, now));
    for (std::size_t i = 0; i < token.size(); ++i) {
        auto forged = token;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(runtime::read_sign_token(key, forged, now)) << i;
        EXPECT_FALSE(runtime::read_sign_token(key, token.substr(0, i), now)) << i;
    }
    EXPECT_FALSE(runtime::read_sign_token(key, token + "A", now));
    EXPECT_FALSE(runtime::read_sign_token(key, token + "=", now));
    EXPECT_FALSE(runtime::read_sign_token(key, "", now));
}

// A mail system may fold the case of an address, and may show it to others.
TEST(SignLink, AnAddressToAnswerToIsMadeFromTheLink) {
    const auto now = at("2026-03-03 10:00");
    const auto expires = now + std::chrono::hours(24);
    const model::AssignmentId told{"01m3xk9v4c7t2q8w5e6r1y0z3b-c2-a13"};
    const auto link = runtime::make_sign_token(key, told, expires);
    const auto token = runtime::mail_token(link);
    EXPECT_LE(token.size() + std::string("duty+").size(), 64U);
    EXPECT_EQ(token, runtime::mail_token(link));
    EXPECT_EQ(token.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string::npos);
    EXPECT_EQ(runtime::read_mail_token(key, token, now), told);
    std::string loud;
    for (const char c : token)
        loud += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    EXPECT_EQ(runtime::read_mail_token(key, loud, now), told);
    EXPECT_EQ(runtime::read_mail_token(key, token, expires - 1s), told);
    EXPECT_FALSE(runtime::read_mail_token(key, token, expires));
    EXPECT_FALSE(runtime::read_mail_token(std::string(32, 'x'), token, now));
    EXPECT_FALSE(runtime::read_sign_token(key, token, now)) << "it is no link";
    EXPECT_FALSE(runtime::read_mail_token(key, link, now)) << "nor is a link one of these";
    for (std::size_t i = 0; i < token.size(); ++i) {
        auto forged = token;
        forged[i] = forged[i] == 'b' ? 'c' : 'b';
        EXPECT_FALSE(runtime::read_mail_token(key, forged, now)) << i;
        EXPECT_FALSE(runtime::read_mail_token(key, token.substr(0, i), now)) << i;
        EXPECT_FALSE(runtime::read_mail_token(key, token.substr(i + 1), now)) << i;
    }
    EXPECT_EQ(runtime::mail_token(""), "");
    EXPECT_EQ(runtime::mail_token("nonsense"), "");
}

TEST(SignLink, TokenOfAnyLengthOfIdComesBack) {
    const auto expires = at("2026-03-10 10:00");
    for (std::size_t size = 1; size < 40; ++size) {
        const model::AssignmentId id{std::string(size, 'c') + "-a1"};
        EXPECT_EQ(runtime::read_sign_token(key, runtime::make_sign_token(key, id, expires),
                                           at("2026-03-03 10:00")),
                  id);
    }
}

TEST(Enterprises, WidthCaseAndSpacesDoNotMakeAnotherName) {
    EXPECT_EQ(runtime::normalised("　ＡＢＣ（上海） Ltd. "), "abc(上海)ltd.");
    EXPECT_EQ(runtime::normalised("金桥\u00a0电子\t有限公司"), "金桥电子有限公司");
    EXPECT_EQ(runtime::normalised(""), "");
    EXPECT_EQ(runtime::normalised("\xef"), "\xef");  // cut off inside a character
    EXPECT_EQ(runtime::enterprise_key("Ａ", "B 1"), "a\nb1");
}

TEST(CaseCache, ForgetsWhatWasUsedLongestAgo) {
    runtime::CaseCache cache(2);
    const auto put = [&](const std::string& id) {
        auto kase = std::make_shared<model::Case>();
        kase->id = model::CaseId{id};
        cache.put({kase, "hash of " + id});
    };
    put("a");
    put("b");
    ASSERT_NE(cache.find_case(model::CaseId{"a"}), nullptr);
    EXPECT_EQ(cache.find(model::CaseId{"a"})->chain, "hash of a");
    put("c");
    EXPECT_EQ(cache.find_case(model::CaseId{"b"}), nullptr);
    EXPECT_FALSE(cache.find(model::CaseId{"b"}));
    EXPECT_NE(cache.find_case(model::CaseId{"a"}), nullptr);
    EXPECT_EQ(cache.size(), 2U);
    cache.drop(model::CaseId{"a"});
    EXPECT_EQ(cache.find_case(model::CaseId{"a"}), nullptr);
}

}  // namespace
}  // namespace jinqiao::tests
