#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "adapters/notify/cloud_event.h"
#include "adapters/notify/http_outcome.h"
#include "adapters/notify/signature.h"
#include "adapters/notify/webhook/options.h"
#include "adapters/notify/webhook/webhook.h"
#include "tests/unit/notify/section_fake.h"

namespace jinqiao::adapters::notify::webhook {
namespace {

using engine::ports::Outcome;
using engine::ports::Transmission;
using tests::FakeSection;

constexpr const char* secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

// Vectors of the standard's own library.
TEST(Signature, ReproducesTheStandardsVector) {
    const auto key = decode_secret(secret);
    ASSERT_TRUE(key.has_value());
    EXPECT_EQ(webhook_signature({*key}, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                                R"({"test": 2432232314})"),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Signature, ReproducesTheVectorWithACloudEvent) {
    const std::string body =
        R"({"specversion":"1.0","id":"evt-1","source":"/jinqiao/cases",)"
        R"("type":"cn.jinqiao.alert.escalated","time":"2026-01-02T03:04:05Z",)"
        R"("datacontenttype":"application/json","subject":"C-1","data":{"level":"红色"}})";
    ASSERT_EQ(body.size(), 205U);
    EXPECT_EQ(webhook_signature({*decode_secret(secret)}, "evt-1", 1767323045, body),
              "v1,+kYm+mpPGUhZh55HF6gYzE3oD791a/9B5cECuyvadEI=");
}

TEST(Signature, SignsWithBothKeysDuringARotation) {
    const auto one = *decode_secret(secret);
    const std::string other(32, 'k');
    const std::string both = webhook_signature({one, other}, "id", 1, "body");
    EXPECT_EQ(both, webhook_signature({one}, "id", 1, "body") + " " +
                        webhook_signature({other}, "id", 1, "body"));
}

TEST(Signature, RefusesTextsThatAreNoSecret) {
    for (const char* text :
         {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
          "whsec_c2hvcnQ=", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa!!", "whsec_MfKQ9r8GKYqrTwjUPD8I"})
        EXPECT_FALSE(decode_secret(text).has_value()) << text;
}

Transmission alert() {
    Transmission transmission;
    transmission.id = "d-1";
    transmission.address = "hrss";
    transmission.body = {{"id", "n-1"},      {"key", "k"},         {"number", "JQ-2026-000001"},
                         {"event", "alert"}, {"text", "橙色预警"}, {"exercise", false}};
    return transmission;
}

TEST(CloudEvent, HasTheRequiredAttributesAndTheNoticeAsData) {
    const auto event = boost::json::parse(cloud_event(alert(), "/zone")).as_object();
    EXPECT_EQ(event.at("specversion"), "1.0");
    EXPECT_EQ(event.at("id"), "d-1");
    EXPECT_EQ(event.at("source"), "/zone");
    EXPECT_EQ(event.at("type"), "cn.jinqiao.notice.alert");
    EXPECT_EQ(event.at("subject"), "JQ-2026-000001");
    EXPECT_EQ(event.at("data").at("text"), "橙色预警");
}

TEST(CloudEvent, IsTheSameOnEveryAttempt) {
    Transmission again = alert();
    again.attempt = 7;
    EXPECT_EQ(cloud_event(alert(), "/zone"), cloud_event(again, "/zone"));
}

courier::Response answer(int status) {
    courier::Response response;
    response.status = status;
    return response;
}

Outcome::Kind kind(const courier::Response& response) {
    return http_outcome(response, std::chrono::sys_seconds{}).kind;
}

TEST(Judge, ReadsTheStatus) {
    for (const int status : {200, 201, 202, 204})
        EXPECT_EQ(kind(answer(status)), Outcome::Kind::delivered);
    for (const int status : {301, 302, 307, 400, 401, 403, 404, 410, 415, 422})
        EXPECT_EQ(kind(answer(status)), Outcome::Kind::rejected) << status;
    for (const int status : {408, 425, 429, 500, 502, 503, 504})
        EXPECT_EQ(kind(answer(status)), Outcome::Kind::retry) << status;
}

TEST(Judge, HonoursRetryAfter) {
    auto response = answer(503);
    response.headers.emplace_back("retry-after", "90");
    EXPECT_EQ(http_outcome(response, {}).retry_after, std::chrono::seconds{90});
    EXPECT_EQ(http_outcome(answer(503), {}).retry_after, std::nullopt);
}

TEST(Judge, SaysWhenTheNextOneWillNotBeTakenEither) {
    const auto concerns = [](int status) { return http_outcome(answer(status), {}).concerns_lane; };
    for (const int status : {401, 403, 407, 410, 429}) EXPECT_TRUE(concerns(status)) << status;
    for (const int status : {200, 302, 400, 404, 408, 413, 422, 500, 503})
        EXPECT_FALSE(concerns(status)) << status;
    auto response = answer(503);
    response.headers.emplace_back("retry-after", "90");
    EXPECT_TRUE(http_outcome(response, {}).concerns_lane);
    EXPECT_EQ(http_outcome(answer(410), {}).kind, Outcome::Kind::rejected);
}

TEST(Webhook, AnAddressWithAnEndpointHasALaneOfItsOwn) {
    Options options;
    options.endpoints["hrss"] = {};
    options.endpoints[""] = {};
    const Webhook webhook(options, nullptr, [] { return std::chrono::sys_seconds{}; });
    EXPECT_EQ(webhook.lane("hrss"), "hrss");
    EXPECT_EQ(webhook.lane("police"), "");
}

TEST(Judge, DoesNotKnowWhetherAnUnansweredRequestArrived) {
    courier::Response response;
    response.failure = "timeout";
    EXPECT_EQ(kind(response), Outcome::Kind::retry);
    response.sent = true;
    EXPECT_EQ(kind(response), Outcome::Kind::unknown);
    response.failure = "refused_address";
    EXPECT_EQ(kind(response), Outcome::Kind::rejected);
}

boost::json::object valid() {
    return {{"url", {{"text", "https://hooks.example.com/in"}}}, {"secret", {{"text", secret}}}};
}

TEST(WebhookOptions, ReadsAnEndpointForAllAddresses) {
    FakeSection section(valid());
    const Options options = Options::read(section);
    EXPECT_TRUE(section.faults().empty());
    ASSERT_NE(options.endpoint("anything"), nullptr);
    EXPECT_EQ(options.endpoint("anything")->url, "https://hooks.example.com/in");
    EXPECT_EQ(options.endpoint("anything")->keys.size(), 1U);
}

TEST(WebhookOptions, GivesAnAddressItsOwnEndpoint) {
    boost::json::object values;
    values["endpoints"] = {{"hrss", valid()}};
    FakeSection section(values);
    const Options options = Options::read(section);
    EXPECT_TRUE(section.faults().empty());
    EXPECT_NE(options.endpoint("hrss"), nullptr);
    EXPECT_EQ(options.endpoint("police"), nullptr);
}

TEST(WebhookOptions, SignsWithThePreviousSecretToo) {
    auto values = valid();
    values["previous_secret"] = {{"text", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}};
    FakeSection section(values);
    EXPECT_EQ(Options::read(section).endpoint("")->keys.size(), 2U);
}

TEST(WebhookOptions, NamesEveryFaultWithoutQuotingCredentials) {
    boost::json::object values{{"url", {{"text", "http://hooks.example.com/token-xyz"}}},
                               {"secret", {{"text", "not-a-secret-xyz"}}},
                               {"timeout", 10}};
    FakeSection section(values);
    (void)Options::read(section);
    ASSERT_EQ(section.faults().size(), 3U);
    for (const std::string& fault : section.faults())
        EXPECT_EQ(fault.find("xyz"), std::string::npos) << fault;
}

TEST(WebhookOptions, AllowsPlainHttpOnlyWithPrivateTargets) {
    auto values = valid();
    values["url"] = {{"text", "http://10.0.0.5/in"}};
    FakeSection refused(values);
    (void)Options::read(refused);
    EXPECT_EQ(refused.faults().size(), 1U);
    values["allow_private"] = true;
    FakeSection allowed(values);
    (void)Options::read(allowed);
    EXPECT_TRUE(allowed.faults().empty());
}

}  // namespace
}  // namespace jinqiao::adapters::notify::webhook
