#include "adapters/notify/robots/robot.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "tests/support/hostile.h"
#include "tests/unit/notify/section_fake.h"

namespace jinqiao::adapters::notify::robots {
namespace {

namespace json = boost::json;
using engine::model::GradeLevel;
using engine::ports::Transmission;
using tests::FakeSection;

constexpr const char* ours = "https://zone.example/s/";
constexpr const char* link = "https://zone.example/s/t0_K-en";

json::object with_url(json::object more = {}) {
    more["url"] = {{"text", "https://robot.example/send?access_token=token-xyz"}};
    return more;
}

RobotOptions options_of(const Robot& robot, json::object values) {
    FakeSection section(with_url(std::move(values)));
    RobotOptions options = robot.read(section);
    EXPECT_TRUE(section.faults().empty()) << section.faults().front();
    return options;
}

Transmission alert(const std::string& text = "收到新的预警。\n请签收：" + std::string(link)) {
    Transmission transmission;
    transmission.id = "d-1";
    transmission.address = "duty";
    transmission.subject = "【红】JQ-2026-000001 预警，请签收";
    transmission.text = text;
    transmission.grade = GradeLevel::red;
    transmission.body = {{"sign_url", link}};
    return transmission;
}

json::value body_of(const Robot& robot, json::object values, const Transmission& transmission) {
    return json::parse(robot.body(options_of(robot, std::move(values)), transmission));
}

std::string text_at(const json::value& value, const char* pointer) {
    return std::string(value.at_pointer(pointer).as_string());
}

json::object calling() { return {{"red", json::array{"@all", "13800000000", "zhangsan"}}}; }

TEST(WecomRobot, CallsWhomTheConfigurationNames) {
    const auto body = body_of(wecom(), {{"mention", calling()}}, alert());
    EXPECT_EQ(body.at("msgtype"), "text");
    EXPECT_EQ(text_at(body, "/text/content"),
              "【红】JQ-2026-000001 预警，请签收\n收到新的预警。\n请签收：" + std::string(link));
    EXPECT_EQ(body.at_pointer("/text/mentioned_list"), (json::array{"zhangsan", "@all"}));
    EXPECT_EQ(body.at_pointer("/text/mentioned_mobile_list"), (json::array{"13800000000"}));
    Transmission blue = alert();
    blue.grade = GradeLevel::blue;
    const auto quiet = body_of(wecom(), {{"mention", calling()}}, blue);
    EXPECT_FALSE(quiet.at("text").as_object().contains("mentioned_list"));
}

TEST(WecomRobot, InMarkdownLinksAreLinksAndIdsAreCalled) {
    const auto body = body_of(
        wecom(), {{"format", "markdown"}, {"mention", {{"red", json::array{"zhangsan", "lisi"}}}}},
        alert());
    EXPECT_EQ(text_at(body, "/markdown/content"),
              "**【红】JQ-2026-000001 预警，请签收**\n收到新的预警。\n请签收：[" +
                  std::string(link) + "](" + link + ")\n<@zhangsan> <@lisi>");
}

TEST(DingTalkRobot, CallsInTheTextAndBesideIt) {
    for (const char* format : {"text", "markdown"}) {
        const auto body =
            body_of(dingtalk(), {{"format", format}, {"mention", calling()}}, alert());
        EXPECT_EQ(body.at("msgtype"), format);
        EXPECT_EQ(body.at("at"), (json::object{{"atMobiles", json::array{"13800000000"}},
                                               {"atUserIds", json::array{"zhangsan"}},
                                               {"isAtAll", true}}));
        const auto* place = std::string(format) == "text" ? "/text/content" : "/markdown/text";
        EXPECT_NE(text_at(body, place).find("@13800000000 @zhangsan"), std::string::npos);
    }
}

TEST(DingTalkRobot, MarkdownHasATitleAndLines) {
    const auto body = body_of(dingtalk(), {{"keyword", "金桥"}}, alert());
    EXPECT_EQ(text_at(body, "/markdown/title"), "金桥 【红】JQ-2026-000001 预警，请签收");
    EXPECT_EQ(text_at(body, "/markdown/text"),
              "#### 金桥 【红】JQ-2026-000001 预警，请签收\n\n收到新的预警。  \n请签收：[" +
                  std::string(link) + "](" + link + ")");
    const auto held = body_of(dingtalk(), {{"keyword", "预警"}}, alert());
    EXPECT_EQ(text_at(held, "/markdown/title"), alert().subject);
}

TEST(FeishuRobot, ACardHasTheColourOfItsGrade) {
    const auto body =
        body_of(feishu(), {{"mention", {{"red", json::array{"@all", "ou_1"}}}}}, alert());
    EXPECT_EQ(body.at("msg_type"), "interactive");
    EXPECT_EQ(text_at(body, "/card/header/template"), "red");
    EXPECT_EQ(text_at(body, "/card/header/title/tag"), "plain_text");
    EXPECT_EQ(text_at(body, "/card/header/title/content"), alert().subject);
    EXPECT_EQ(text_at(body, "/card/elements/0/tag"), "div");
    EXPECT_EQ(text_at(body, "/card/elements/0/text/content"),
              "收到新的预警。\n请签收：[" + std::string(link) + "](" + link +
                  ")\n<at id=all></at><at id=ou_1></at>");
}

TEST(FeishuRobot, APostHasItsPartsAndATextItsCalls) {
    const json::object mention{{"red", json::array{"@all"}}};
    const auto post = body_of(feishu(), {{"format", "post"}, {"mention", mention}}, alert());
    EXPECT_EQ(post.at_pointer("/content/post/zh_cn/content"),
              json::parse(R"([[{"tag":"text","text":"收到新的预警。"}],
                              [{"tag":"text","text":"请签收："},
                               {"tag":"a","text":")" +
                          std::string(link) + R"(","href":")" + link +
                          R"("}],[{"tag":"at","user_id":"all"}]])"));
    const auto text = body_of(feishu(), {{"format", "text"}, {"mention", mention}}, alert());
    EXPECT_TRUE(text_at(text, "/content/text").ends_with("\n<at user_id=\"all\"></at>"));
}

TEST(FeishuRobot, SignsBesideTheMessage) {
    courier::Request request;
    request.body = feishu().body(options_of(feishu(), {}), alert());
    feishu().sign(std::chrono::sys_seconds{std::chrono::seconds{1599360473}}, "demo", request);
    const auto body = json::parse(request.body);
    EXPECT_EQ(body.at("timestamp"), "1599360473");
    EXPECT_EQ(body.at("sign"), "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=");
    EXPECT_EQ(body.at("msg_type"), "interactive");
}

TEST(DingTalkRobot, SignsInTheAddress) {
    courier::Request request;
    request.url = "https://robot.example/send?access_token=x";
    const std::chrono::sys_time<std::chrono::milliseconds> at{
        std::chrono::milliseconds{1700000000000}};
    dingtalk().sign(at, "SEC0123456789abcdef", request);
    EXPECT_EQ(request.url,
              "https://robot.example/send?access_token=x&timestamp=1700000000000&sign="
              "TSZbRFUuvaSQaRKUpF970OPCb2%2FLcQAP3wOvwZIzBZk%3D");
}

struct Spoken {
    Robot robot;
    const char* format;
    std::vector<const char*> read;  // where Markdown or calls would work
    bool markdown;
};

std::vector<Spoken> ways() {
    return {{wecom(), "text", {"/text/content"}, false},
            {wecom(), "markdown", {"/markdown/content"}, true},
            {dingtalk(), "text", {"/text/content"}, false},
            {dingtalk(), "markdown", {"/markdown/text"}, true},
            {feishu(), "text", {"/content/text"}, false},
            {feishu(), "post", {"/content/post/zh_cn/title"}, false},
            {feishu(), "card", {"/card/elements/0/text/content"}, true}};
}

// Keys and kinds of a message, without its words; lines of a post come and go.
std::string frame(const json::value& value) {
    std::string result;
    if (const auto* object = value.if_object())
        for (const auto& [key, part] : *object)
            result += std::string(key) + (key == "post" ? "" : frame(part)) + ";";
    return result + (value.is_string() ? "s" : value.is_bool() ? "b" : "");
}

TEST(Robots, WhatPeopleWriteCallsNobodyLinksNowhereAndBreaksNothing) {
    for (const auto& [robot, format, places, markdown] : ways()) {
        const auto options = options_of(robot, {{"format", format}});
        const std::string harmless = frame(json::parse(robot.body(options, alert())));
        for (const std::string& text : tests::hostile_texts()) {
            Transmission transmission = alert(text + "\n请签收：" + link);
            transmission.subject = text;
            const std::string bytes = robot.body(options, transmission);
            EXPECT_LE(bytes.size(), 20000U);
            json::error_code wrong;
            const json::value body = json::parse(bytes, wrong);
            ASSERT_FALSE(wrong) << format << " " << text.substr(0, 40);
            EXPECT_EQ(frame(body), harmless) << format << " " << text.substr(0, 40);
            EXPECT_FALSE(tests::calls_somebody(json::serialize(body)))
                << format << " " << text.substr(0, 40);
            for (const char* place : places)
                EXPECT_FALSE(markdown && tests::links_elsewhere(text_at(body, place), ours))
                    << format << " " << text.substr(0, 40);
            EXPECT_NE(bytes.find(link), std::string::npos) << format << " " << text.substr(0, 40);
        }
    }
}

TEST(Robots, KeepWithinTheProvidersBytes) {
    std::string text;
    for (int i = 0; i < 4000; ++i) text += "警[报]\n\"";
    const Transmission transmission = alert(text + "\n请签收：" + std::string(link));
    for (const auto& [robot, format, places, markdown] : ways())
        for (const std::int64_t limit : {60, 1000, 2048}) {
            const auto options = options_of(robot, {{"format", format}, {"text_limit", limit}});
            const auto body = robot.body(options, transmission);
            EXPECT_LE(body.size(), 20000U) << format;
            const auto value = json::parse(body);
            const std::size_t most = markdown ? 4096 : 2048;  // of WeCom's content
            EXPECT_TRUE(robot.protects || text_at(value, places[0]).size() <= most);
            EXPECT_NE(body.find(link), std::string::npos) << format << limit;
        }
}

TEST(Robots, SayTheSameOnEveryAttempt) {
    for (const auto& [robot, format, places, markdown] : ways()) {
        const auto options = options_of(robot, {{"format", format}});
        Transmission again = alert();
        again.attempt = 7;
        EXPECT_EQ(robot.body(options, alert()), robot.body(options, again));
    }
}

// Whatever minute one looks at, the provider's limit is not reached.
TEST(Robots, StayBelowTheLimitsOfTheirProviders) {
    const auto in_a_minute = [](const Robot& robot) {
        return robot.usage.burst +
               static_cast<std::size_t>(std::chrono::minutes{1} / robot.usage.every);
    };
    EXPECT_LE(in_a_minute(wecom()), 18U);
    EXPECT_LE(in_a_minute(dingtalk()), 18U);
    EXPECT_LE(in_a_minute(feishu()), 90U);
    EXPECT_LE(feishu().usage.burst + 1, 5U);
    for (const Robot& robot : {wecom(), dingtalk(), feishu()}) {
        EXPECT_TRUE(robot.usage.merges);
        EXPECT_FALSE(robot.usage.recognises_repeats);
    }
}

struct Faulty {
    Robot robot;
    json::object values;
};

TEST(RobotOptions, NameEveryFaultAndQuoteNoCredential) {
    const std::vector<Faulty> rows = {
        {wecom(), {{"format", "card"}}},
        {wecom(), {{"format", "markdown"}, {"mention", {{"red", json::array{"@all"}}}}}},
        {wecom(), {{"format", "markdown"}, {"mention", {{"red", json::array{"13800000000"}}}}}},
        {wecom(), {{"mention", {{"purple", json::array{"@all"}}}}}},
        {dingtalk(), {{"mention", {{"red", json::array{"<@x>"}}}}}},
        {dingtalk(), {{"mention", {{"red", json::array{"a b"}}}}}},
        {feishu(), {{"mention", {{"red", json::array{"13800000000"}}}}}},
        {feishu(), {{"format", "markdown"}}},
        {dingtalk(), {{"keyword", "<@all>"}}},
        {dingtalk(), {{"text_limit", 20001}}},
        {dingtalk(), {{"timeout", 5}}},
    };
    for (const auto& [robot, values] : rows) {
        FakeSection section(with_url(values));
        (void)robot.read(section);
        ASSERT_EQ(section.faults().size(), 1U) << json::serialize(values);
    }
    for (const char* url :
         {"http://robot.example/token-xyz", "ftp://token-xyz", "token-xyz",
          "https://robot.example/send?access_token=token-xyz&timestamp=1&sign=x"}) {
        FakeSection section({{"url", {{"text", url}}}});
        (void)dingtalk().read(section);
        ASSERT_EQ(section.faults().size(), 1U) << url;
        EXPECT_EQ(section.faults()[0].find("xyz"), std::string::npos);
    }
}

TEST(RobotOptions, EachAddressMayHaveARobotOfItsOwn) {
    json::object values;
    values["endpoints"] = {{"duty", with_url({{"secret", {{"text", "SECx"}}}})},
                           {"hrss", with_url()}};
    FakeSection section(values);
    const auto options = dingtalk().read(section);
    EXPECT_TRUE(section.faults().empty());
    EXPECT_EQ(options.endpoints.at("duty")->secret, "SECx");
    EXPECT_EQ(options.endpoints.at("nobody"), nullptr);
    EXPECT_EQ(options.endpoints.unusable("nobody"), "one of the endpoints duty, hrss");
    const auto robot = dingtalk().make(options, nullptr, nullptr);
    EXPECT_EQ(robot->lane("duty"), "duty");
    EXPECT_NE(robot->lane("duty"), robot->lane("hrss"));
    const auto alone = dingtalk().make(options_of(dingtalk(), {}), nullptr, nullptr);
    EXPECT_EQ(alone->lane("duty"), alone->lane("hrss"));
}

}  // namespace
}  // namespace jinqiao::adapters::notify::robots
