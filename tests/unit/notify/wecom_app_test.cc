#include "adapters/notify/wecom_app/message.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/notify/wecom_app/options.h"
#include "tests/support/hostile.h"
#include "tests/unit/notify/section_fake.h"

namespace jinqiao::adapters::notify::wecom_app {
namespace {

namespace json = boost::json;
using engine::ports::Outcome;
using engine::ports::Transmission;
using Kind = Outcome::Kind;
using Members = std::vector<std::string>;
using tests::FakeSection;

constexpr const char* link = "https://zone.example/s/t0_K-en";

json::object valid(const json::object& more = {}) {
    json::object values{
        {"corp_id", "ww1"}, {"secret", {{"text", "s3cret-xyz"}}}, {"agent_id", 1000002}};
    for (const auto& [key, value] : more) values[key] = value;
    return values;
}

Options options_of(const json::object& more = {}) {
    FakeSection section(valid(more));
    Options options = Options::read(section);
    EXPECT_TRUE(section.faults().empty()) << section.faults().front();
    return options;
}

Transmission alert(const std::string& text) {
    Transmission transmission;
    transmission.id = "d-1";
    transmission.subject = "【红】JQ-2026-000001 预警，请签收";
    transmission.text = text + "\n请签收：" + link;
    transmission.body = {{"sign_url", link}};
    return transmission;
}

TEST(WecomAppMessage, AsksTheServiceToDropRepeats) {
    const auto body = json::parse(message(options_of(), alert("新的预警"), {"zhangsan", "lisi"}));
    EXPECT_EQ(body.at("touser"), "zhangsan|lisi");
    EXPECT_EQ(body.at("agentid"), 1000002);
    EXPECT_EQ(body.at("msgtype"), "text");
    EXPECT_EQ(body.at("enable_duplicate_check"), 1);
    EXPECT_EQ(body.at("duplicate_check_interval"), 14400);
    EXPECT_EQ(body.at_pointer("/text/content").as_string(),
              "【红】JQ-2026-000001 预警，请签收\n新的预警\n请签收：" + std::string(link));
}

TEST(WecomAppMessage, IsTheSameOnEveryAttempt) {
    Transmission again = alert("x");
    again.attempt = 9;
    EXPECT_EQ(message(options_of(), alert("x"), {"a"}), message(options_of(), again, {"a"}));
}

TEST(WecomAppMessage, WhatPeopleWriteCallsNobodyLinksNowhereAndFits) {
    for (const char* format : {"text", "markdown"})
        for (const std::string& text : tests::hostile_texts()) {
            Transmission transmission = alert(text);
            transmission.subject = text;
            json::error_code wrong;
            const json::value body =
                json::parse(message(options_of({{"format", format}}), transmission, {"a"}), wrong);
            ASSERT_FALSE(wrong) << text.substr(0, 40);
            EXPECT_EQ(body.as_object().size(), 7U);
            const std::string content(body.at(format).at("content").as_string());
            EXPECT_LE(content.size(), most_bytes);
            EXPECT_FALSE(tests::calls_somebody(content)) << text.substr(0, 40);
            EXPECT_FALSE(std::string(format) == "markdown" &&
                         tests::links_elsewhere(content, "https://zone.example/s/"))
                << text.substr(0, 40);
            EXPECT_NE(content.find(link), std::string::npos) << text.substr(0, 40);
        }
}

courier::Response answer(const std::string& body) {
    courier::Response response;
    response.status = 200;
    response.body = body;
    return response;
}

TEST(WecomAppAnswer, ASuccessMayLeaveSomeOut) {
    const Outcome outcome = judge_message(
        answer(R"({"errcode":0,"errmsg":"ok","invaliduser":"lisi|x","unlicenseduser":"wangwu",)"
               R"("msgid":"m-1"})"),
        {"ZhangSan", "LiSi", "WangWu"}, true, {});
    EXPECT_EQ(outcome.kind, Kind::delivered);
    ASSERT_EQ(outcome.recipients.size(), 3U);
    EXPECT_EQ(outcome.recipients[0].name, "ZhangSan");
    EXPECT_EQ(outcome.recipients[0].kind, Kind::delivered);
    EXPECT_EQ(outcome.recipients[0].provider_id, "m-1");
    EXPECT_EQ(outcome.recipients[1].name, "LiSi");
    EXPECT_EQ(outcome.recipients[1].kind, Kind::rejected);
    EXPECT_EQ(outcome.recipients[1].code, "invaliduser");
    EXPECT_EQ(outcome.recipients[2].code, "unlicenseduser");
}

TEST(WecomAppAnswer, ASuccessThatReachesNobodyIsNone) {
    const Outcome outcome = judge_message(
        answer(R"({"errcode":0,"errmsg":"ok","invaliduser":"","unlicenseduser":"lisi"})"), {"LiSi"},
        false, {});
    EXPECT_EQ(outcome.kind, Kind::rejected);
    EXPECT_EQ(outcome.code, "unlicenseduser");
    EXPECT_TRUE(outcome.recipients.empty());
}

TEST(WecomAppAnswer, NobodyValidIsSaidOfEach) {
    const Outcome outcome =
        judge_message(answer(R"({"errcode":81013,"errmsg":"x"})"), {"a", "b"}, true, {});
    EXPECT_EQ(outcome.kind, Kind::rejected);
    ASSERT_EQ(outcome.recipients.size(), 2U);
    EXPECT_EQ(outcome.recipients[1].kind, Kind::rejected);
    EXPECT_EQ(outcome.recipients[1].code, "81013");
}

TEST(WecomAppToken, ComesWithItsLife) {
    const auto got = judge_token(
        answer(R"({"errcode":0,"errmsg":"ok","access_token":"tok","expires_in":7200})"), {});
    EXPECT_EQ(got.token, "tok");
    EXPECT_EQ(got.good_for, std::chrono::seconds{7200});
}

TEST(WecomAppToken, WhatComesInsteadHasLeftNothing) {
    courier::Response silent;
    silent.failure = "timeout";
    silent.sent = true;
    EXPECT_EQ(judge_token(silent, {}).failure.kind, Kind::retry);
    const auto wrong =
        judge_token(answer(R"({"errcode":40001,"errmsg":"invalid credential"})"), {});
    EXPECT_EQ(wrong.failure.kind, Kind::rejected);
    EXPECT_TRUE(wrong.failure.concerns_lane);
    for (const char* body : {R"({"errcode":0})", R"({"errcode":0,"access_token":7})", "x", "{}"}) {
        EXPECT_EQ(judge_token(answer(body), {}).token, "") << body;
        EXPECT_EQ(judge_token(answer(body), {}).failure.kind, Kind::retry) << body;
    }
    EXPECT_TRUE(judge_token(answer(R"({"errcode":40013})"), {}).failure.concerns_lane);
}

TEST(WecomAppOptions, ReadAndNameEveryFault) {
    const Options options = options_of();
    EXPECT_EQ(options.base_url, "https://qyapi.weixin.qq.com");
    EXPECT_TRUE(options.usage.recognises_repeats);
    for (const json::object& more :
         {json::object{{"corp_id", "a b"}}, json::object{{"agent_id", -2}},
          json::object{{"format", "card"}}, json::object{{"base_url", "http://x.example"}},
          json::object{{"secret", {{"text", "a\nb-xyz"}}}}, json::object{{"text_limit", 2049}}}) {
        FakeSection section(valid(more));
        (void)Options::read(section);
        ASSERT_EQ(section.faults().size(), 1U) << json::serialize(more);
        EXPECT_EQ(section.faults()[0].find("xyz"), std::string::npos);
    }
    FakeSection empty({});
    (void)Options::read(empty);
    EXPECT_EQ(empty.faults().size(), 3U);
}

TEST(WecomAppAddress, IsOneOrSeveralMembers) {
    EXPECT_EQ(members_of("a|b|a"), (Members{"a", "b"}));
    for (const char* address : {"zhangsan", "a|b", "z.s@zone-1_x"})
        EXPECT_EQ(Options::unusable(address), "") << address;
    for (const char* address : {"", "@all", "a|", "|a", "a||b", "a b", "张三", "a,b", "a|@all"})
        EXPECT_NE(Options::unusable(address), "") << address;
    std::string many = "m0";
    for (int i = 1; i < 1000; ++i) many += "|m" + std::to_string(i);
    EXPECT_EQ(Options::unusable(many), "");
    EXPECT_NE(Options::unusable(many + "|one"), "");
}

}  // namespace
}  // namespace jinqiao::adapters::notify::wecom_app
