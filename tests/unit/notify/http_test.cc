// A channel made in YAML: its options, what it says, how it signs. What answers mean is tested with
// the answers, and on a real socket in tests/contract.
#include "adapters/notify/http/http.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/notify/mac.h"
#include "adapters/notify/signature.h"
#include "tests/support/hostile.h"
#include "tests/unit/notify/section_fake.h"

namespace jinqiao::adapters::notify::http {
namespace {

namespace json = boost::json;
using engine::ports::Transmission;
using tests::FakeSection;
using Lines = std::vector<std::string>;
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

constexpr const char* whsec = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr Instant now{std::chrono::milliseconds{1614265330123}};

json::object secret(const char* text) { return {{"text", text}}; }

json::object gateway(const json::object& more = {}) {
    json::object values{{"plain_url", "https://sms.example/send"},
                        {"body", R"({"to":"{{address}}","text":"{{text}}"})"}};
    for (const auto& [key, value] : more) values[key] = value;
    return values;
}

Lines faults_of(const json::object& more) {
    FakeSection section(gateway(more));
    (void)Options::read(section);
    return section.faults();
}

Options options_of(const json::object& more) {
    FakeSection section(gateway(more));
    Options options = Options::read(section);
    EXPECT_EQ(section.faults(), Lines{});
    return options;
}

Transmission alert() {
    Transmission transmission;
    transmission.id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    transmission.address = "13800000000";
    transmission.subject = "红色预警";
    transmission.text = "请签收\nhttps://zone.example/s/t0_K";
    transmission.body = {{"key", "k"},
                         {"number", "JQ-1"},
                         {"grade", "red"},
                         {"sign_url", "https://zone.example/s/t0_K"},
                         {"case", "c-1"},
                         {"event", "alert"},
                         {"addressee", "post:duty"}};
    return transmission;
}

std::string body_of(const json::object& more, const Transmission& transmission = alert()) {
    const Options options = options_of(more);
    return options.body.fill(values_of(options, transmission, *options.endpoints.at(""), now));
}

TEST(HttpOptions, AFewLinesMakeAChannel) {
    const Options options = options_of({});
    EXPECT_EQ(options.method, "POST");
    EXPECT_EQ(options.content_type, "application/json; charset=utf-8");
    EXPECT_EQ(options.endpoints.at("anybody")->url, "https://sms.example/send");
    EXPECT_FALSE(options.usage.recognises_repeats);
    EXPECT_TRUE(options_of({{"idempotent", true}}).usage.recognises_repeats);
}

TEST(HttpBody, EveryVariableHasItsValue) {
    const std::string all =
        "{{id}}|{{key}}|{{case}}|{{number}}|{{grade}}|{{event}}|{{addressee}}|{{subject}}|{{text}}|"
        "{{sign_url}}|{{#exercise}}drill{{/exercise}}|{{address}}|{{timestamp}}|{{timestamp_ms}}|"
        "{{secret.token}}";
    EXPECT_EQ(
        body_of({{"body", all}, {"body_format", "text"}, {"secrets", {{"token", secret("t")}}}}),
        "msg_p5jXN8AQM9LWM0D4loKWxJek|k|c-1|JQ-1|red|alert|post:duty|红色预警|请签收\n"
        "https://zone.example/s/t0_K|https://zone.example/s/t0_K||13800000000|1614265330|"
        "1614265330123|t");
}

TEST(HttpBody, ATextIsCutToItsLimitAndKeepsTheLink) {
    Transmission transmission = alert();
    transmission.text = std::string(500, 'x') + "\n" + transmission.text;
    const auto body = json::parse(body_of({{"text_limit", 70}}, transmission));
    const std::string text(body.at("text").as_string());
    EXPECT_LE(text.size(), 70U);
    EXPECT_NE(text.find("https://zone.example/s/t0_K"), std::string::npos);
}

TEST(HttpBody, TamesForAChatUnlessItIsNone) {
    Transmission transmission = alert();
    transmission.text = "<@all> [x](http://evil.example) @a";
    const std::string tamed = body_of({}, transmission);
    EXPECT_FALSE(tests::calls_somebody(tamed));
    EXPECT_FALSE(tests::links_elsewhere(tamed, "https://zone.example/s/"));
    EXPECT_EQ(json::parse(body_of({{"tame", false}}, transmission)).at("text").as_string(),
              transmission.text);
}

TEST(HttpBody, StaysWhatItIsWhateverPeopleWrite) {
    for (const std::string& text : tests::hostile_texts()) {
        Transmission transmission = alert();
        transmission.text = transmission.subject = transmission.address = text;
        const std::string bytes = body_of({}, transmission);
        json::error_code wrong;
        const json::value body = json::parse(bytes, wrong);
        ASSERT_FALSE(wrong) << text.substr(0, 40);
        EXPECT_EQ(body.as_object().size(), 2U) << text.substr(0, 40);
        const std::string shown(body.at("text").as_string());
        EXPECT_FALSE(tests::calls_somebody(shown)) << text.substr(0, 40);
        EXPECT_FALSE(tests::links_elsewhere(shown, "https://zone.example/s/"))
            << text.substr(0, 40);
    }
}

TEST(HttpOptions, NameEveryFault) {
    struct Row {
        json::object more;
        std::string key;
        std::string found;
    };
    const std::vector<Row> rows = {
        {{{"body", R"({"a":"{{txt}}"})"}}, "body", "txt"},
        {{{"body", R"({"a":"{{secret.x}}"})"}}, "body", "secret.x"},
        {{{"body", R"({"a":{{text}}})"}}, "body", "no JSON"},
        {{{"body", "{{#text}}"}}, "body", "text"},
        {{{"body", "{{> x}}"}}, "body", "{{> x}}"},
        {{{"body_format", "yaml"}}, "body_format", "yaml"},
        {{{"body_format", "form"}, {"body", "to={{address}}&pwd=hunter2"}}, "body", "one"},
        {{{"method", "DELETE"}}, "method", "DELETE"},
        {{{"method", "GET"}}, "body", "a body"},
        {{{"headers", {{"X-A", "{{nope}}"}}}}, "X-A", "nope"},
        {{{"headers", {{"Content-Type", "x"}}}}, "Content-Type", "Content-Type"},
        {{{"headers", {{"X A", "x"}}}}, "X A", "X A"},
        {{{"headers", {{"Authorization", "Bearer plain"}}}}, "Authorization", "a text"},
        {{{"headers", {{"X-Api-Key", "abc"}}}}, "X-Api-Key", "a text"},
        {{{"plain_url", "https://sms.example/send?key=abc"}}, "plain_url", "one in the query"},
        {{{"plain_url", "https://{{address}}/send"}}, "plain_url", "one before"},
        {{{"plain_url", "http://sms.example/send"}}, "plain_url", "scheme http"},
        {{{"plain_url", "https://u:p@sms.example/send"}}, "plain_url", "a user name or password"},
        {{{"plain_url", "https://sms.example/{{x}}"}}, "plain_url", "x"},
        {{{"sign", {{"scheme", "md5"}}}}, "scheme", "md5"},
        {{{"sign", {{"scheme", "bearer"}}}}, "secret", "nothing"},
        {{{"secret", secret("t")}}, "secret", "nothing"},
        {{{"sign", {{"scheme", "standard_webhooks"}}}, {"secret", secret("t")}},
         "secret",
         "another"},
        {{{"sign", {{"scheme", "bearer"}}}, {"secret", secret("a\nb")}}, "secret", "another"},
        {{{"sign", {{"scheme", "hmac_sha256"}, {"over", "x"}}}, {"secret", secret("t")}},
         "over",
         "x"},
        {{{"sign", {{"scheme", "feishu"}}}, {"secret", secret("t")}, {"body", "[]"}},
         "body",
         "another"},
        {{{"success", {{"pointer", "errcode"}}}}, "pointer", "errcode"},
        {{{"success", {{"equals", "0"}}}}, "equals", "none"},
        {{{"success", {{"status", json::array{"999"}}}}}, "status", "999"},
        {{{"retry", {{"wait", json::array{"9"}}}}}, "retry", "neither"},
        {{{"success", {{"pointer", "/a"}}},
          {"retry", {{"wait", json::array{"9"}}, {"retry", json::array{"9"}}}}},
         "wait",
         "9"},
        {{{"success", {{"pointer", "/a"}}}, {"retry", {{"channel", json::array{"0"}}}}},
         "channel",
         "0"},
        {{{"text_limit", 10}}, "text_limit", "outside"},
        {{{"secrets", {{"a.b", secret("t")}}}}, "a.b", "a.b"},
    };
    for (const auto& [more, key, found] : rows) {
        const Lines faults = faults_of(more);
        ASSERT_EQ(faults.size(), 1U) << json::serialize(more);
        EXPECT_TRUE(faults[0].starts_with(key + ": ")) << faults[0];
        EXPECT_NE(faults[0].find(found), std::string::npos) << faults[0];
    }
}

TEST(HttpOptions, AHeaderMayNameWhatIsNoSecret) {
    EXPECT_EQ(faults_of({{"headers", {{"Idempotency-Key", "{{id}}"}, {"X-Kind", "alert"}}}}),
              Lines{});
}

TEST(HttpOptions, ASecretOfTheAddressIsNotQuoted) {
    for (const char* url : {"http://sms.example/token-xyz", "https://sms.example/{{xyz", "xyz"}) {
        FakeSection section({{"url", secret(url)}, {"body", "x"}, {"body_format", "text"}});
        (void)Options::read(section);
        ASSERT_EQ(section.faults().size(), 1U) << url;
        EXPECT_EQ(section.faults()[0].find("token-xyz"), std::string::npos);
    }
}

TEST(HttpOptions, EndpointsHaveWhatTheChannelHasAndTheirOwn) {
    json::object values = gateway({{"sign", {{"scheme", "bearer"}}},
                                   {"secret", secret("common")},
                                   {"secrets", {{"app", secret("a")}}}});
    values["endpoints"] = {{"hrss",
                            {{"url", secret("https://hrss.example/in")},
                             {"secret", secret("own")},
                             {"secrets", {{"app", secret("b")}}}}}};
    FakeSection section(values);
    const Options options = Options::read(section);
    EXPECT_EQ(section.faults(), Lines{});
    EXPECT_EQ(options.endpoints.at("hrss")->secret, "own");
    EXPECT_EQ(options.endpoints.at("hrss")->secrets.at("app"), "b");
    EXPECT_EQ(options.endpoints.at("police")->secret, "common");
    EXPECT_EQ(options.endpoints.lane("hrss"), "hrss");
    EXPECT_EQ(options.endpoints.lane("police"), "");
}

TEST(HttpOptions, AFormMayBeWrittenInLines) {
    const std::string body = "to={{address}}\n  &text={{text}}\n";
    EXPECT_EQ(body_of({{"body", body}, {"body_format", "form"}, {"tame", false}}),
              "to=13800000000&text=%E8%AF%B7%E7%AD%BE%E6%94%B6%0A"
              "https%3A%2F%2Fzone.example%2Fs%2Ft0_K");
}

courier::Request signed_by(json::object sign, const char* key, const std::string& body) {
    FakeSection section({{"sign", std::move(sign)}});
    const Signing signing = Signing::read(section);
    EXPECT_EQ(section.faults(), Lines{});
    courier::Request request;
    request.url = "https://sms.example/send?a=1";
    request.body = body;
    signing.apply(alert().id, key, now, request);
    return request;
}

TEST(Signing, BearerAndBasicAreHeaders) {
    EXPECT_EQ(signed_by({{"scheme", "bearer"}}, "tok", "{}").headers,
              (Lines{"Authorization: Bearer tok"}));
    EXPECT_EQ(
        signed_by({{"scheme", "basic"}, {"user", secret("Aladdin")}}, "open sesame", "{}").headers,
        (Lines{"Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="}));
}

TEST(Signing, HmacOfTheBodyOrOfTimeAndBody) {
    EXPECT_EQ(signed_by({{"scheme", "hmac_sha256"}, {"prefix", "sha256="}},
                        "It's a Secret to Everybody", "Hello, World!")
                  .headers,
              (Lines{"X-Signature: sha256="
                     "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"}));
    const auto both = signed_by({{"scheme", "hmac_sha256"},
                                 {"over", "timestamp.body"},
                                 {"encoding", "base64"},
                                 {"header", "X-Mac"}},
                                "k", "{}");
    ASSERT_EQ(both.headers.size(), 2U);
    EXPECT_EQ(both.headers[0], "X-Timestamp: 1614265330");
    EXPECT_TRUE(both.headers[1].starts_with("X-Mac: ") && both.headers[1].ends_with("="));
}

TEST(Signing, StandardWebhooksGivesTheStandardsVector) {
    const auto request =
        signed_by({{"scheme", "standard_webhooks"}}, whsec, R"({"test": 2432232314})");
    EXPECT_EQ(request.headers,
              (Lines{"webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp: 1614265330",
                     "webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}));
}

TEST(Signing, RobotsSignInTheQueryOrInTheBody) {
    const auto ding = signed_by({{"scheme", "dingtalk"}}, "SEC", "{}");
    EXPECT_TRUE(ding.url.starts_with("https://sms.example/send?a=1&timestamp=1614265330123&sign="));
    const auto feishu = signed_by({{"scheme", "feishu"}}, "demo", R"( {"msg_type":"text"})");
    const auto body = json::parse(feishu.body).as_object();
    EXPECT_EQ(body.at("timestamp"), "1614265330");
    EXPECT_EQ(body.at("sign").as_string(), feishu_signature(1614265330, "demo"));
    EXPECT_EQ(body.at("msg_type"), "text");
}

}  // namespace
}  // namespace jinqiao::adapters::notify::http
