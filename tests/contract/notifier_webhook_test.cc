#include "adapters/notify/webhook/webhook.h"

#include <gtest/gtest.h>

#include "adapters/notify/signature.h"
#include "tests/contract/notifier_contract.h"
#include "tests/contract/notifier_faults.h"
#include "tests/contract/notifier_peer.h"

namespace jinqiao::tests {
namespace {

using adapters::notify::courier::Courier;
using WebhookOptions = adapters::notify::webhook::Options;
using adapters::notify::webhook::Webhook;
using engine::ports::Outcome;

constexpr const char* secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr std::int64_t attempt_at = 1'784'000'000;

class WebhookHarness : public NotifierHarness {
  public:
    std::unique_ptr<engine::ports::Notifier> make() override { return make(true, peer.url()); }
    std::unique_ptr<engine::ports::Notifier> make(bool allow_private, const std::string& url) {
        WebhookOptions options;
        options.reaching.allow_private = allow_private;
        options.reaching.timeout = std::chrono::milliseconds{5000};
        options.endpoints[""] = {url, {*adapters::notify::decode_secret(secret)}};
        return std::make_unique<Webhook>(std::move(options), std::make_shared<Courier>(), [] {
            return std::chrono::sys_seconds{std::chrono::seconds{attempt_at}};
        });
    }
    std::string address() override { return "hrss"; }
    std::vector<Arrived> arrived() override {
        std::vector<Arrived> result;
        for (const auto& request : peer.received())
            result.push_back({request.headers.at("webhook-id"), request.body});
        return result;
    }
    void break_far_side() override { answer("503 Service Unavailable"); }
    void mend_far_side() override { answer("200 OK"); }
    void answer(const std::string& status, const std::string& extra = {}) {
        peer.answer_with("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n" + extra +
                         "Connection: close\r\n\r\n");
    }

    Peer peer;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Webhook, NotifierContract, WebhookHarness);

// What a receiver says in words is nobody's business: its status is the answer.
class WebhookFaults : public FaultHarness {
  public:
    std::unique_ptr<engine::ports::Notifier> make(const std::string& base) override {
        return harness_.make(true, base + "/in/token-xyz");
    }
    std::string taken() override { return "{\"taken\":true}"; }
    std::vector<Answered> answers() override {
        return {{.body = "no", .kind = OutcomeKind::delivered, .code = "200"},
                {.kind = OutcomeKind::rejected,
                 .code = "410",
                 .concerns_lane = true,
                 .raw = http_answer("410 Gone")}};
    }
    std::vector<std::string> credentials() override { return {"xyz", "127.0.0.1", "whsec"}; }
    std::set<OutcomeKind> unreadable() override { return {OutcomeKind::delivered}; }

  private:
    WebhookHarness harness_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Webhook, NotifierFaults, WebhookFaults);

class WebhookWire : public ::testing::Test {
  protected:
    Outcome send(bool allow_private = true, std::string url = {}) {
        auto notifier = harness_.make(allow_private, url.empty() ? harness_.peer.url() : url);
        Outcomes outcomes;
        notifier->send(transmission("hrss", 1), outcomes.slot());
        const auto seen = outcomes.wait(1);
        EXPECT_EQ(seen.size(), 1U);
        return seen.empty() ? Outcome{} : seen[0];
    }
    WebhookHarness harness_;
};

TEST_F(WebhookWire, SignsExactlyTheBytesItSends) {
    EXPECT_EQ(send().kind, Outcome::Kind::delivered);
    const auto received = harness_.peer.received();
    ASSERT_EQ(received.size(), 1U);
    const auto& headers = received[0].headers;
    EXPECT_EQ(headers.at("content-type"), "application/cloudevents+json; charset=utf-8");
    EXPECT_EQ(headers.at("webhook-id"), "01jdelivery-1");
    EXPECT_EQ(headers.at("webhook-timestamp"), std::to_string(attempt_at));
    EXPECT_EQ(headers.at("webhook-signature"),
              adapters::notify::webhook_signature({*adapters::notify::decode_secret(secret)},
                                                  "01jdelivery-1", attempt_at, received[0].body));
    EXPECT_FALSE(headers.contains("expect"));
}

TEST_F(WebhookWire, DoesNotFollowARedirect) {
    Peer elsewhere;
    harness_.answer("302 Found", "Location: " + elsewhere.url() + "\r\n");
    EXPECT_EQ(send().kind, Outcome::Kind::rejected);
    EXPECT_TRUE(elsewhere.received().empty());
}

TEST_F(WebhookWire, AGoneReceiverIsNotTriedAgain) {
    harness_.answer("410 Gone");
    const Outcome outcome = send();
    EXPECT_EQ(outcome.kind, Outcome::Kind::rejected);
    EXPECT_EQ(outcome.code, "410");
}

TEST_F(WebhookWire, WaitsAsLongAsItIsAskedTo) {
    harness_.answer("429 Too Many Requests", "Retry-After: 77\r\n");
    EXPECT_EQ(send().retry_after, std::chrono::seconds{77});
    harness_.answer("503 Busy", "Retry-After: Tue, 14 Jul 2026 03:34:20 GMT\r\n");
    EXPECT_EQ(send().retry_after, std::chrono::seconds{60});
}

TEST_F(WebhookWire, AHangUpAfterTheBodyIsAnUnknownOutcome) {
    harness_.peer.answer_with("");
    const Outcome outcome = send();
    EXPECT_EQ(outcome.kind, Outcome::Kind::unknown) << outcome.code;
}

TEST_F(WebhookWire, NobodyListeningIsWorthAnotherAttempt) {
    std::string url;
    {
        const Peer gone;
        url = gone.url();
    }
    const Outcome outcome = send(true, url);
    EXPECT_EQ(outcome.kind, Outcome::Kind::retry);
    EXPECT_EQ(outcome.code, "connect");
}

TEST_F(WebhookWire, RefusesPrivateTargetsByAddressNotByName) {
    // A name that resolves to loopback is as private as the number.
    const std::string by_name = "http://localhost:" + std::to_string(harness_.peer.port()) + "/in";
    for (const std::string& url : {harness_.peer.url(), by_name}) {
        const Outcome outcome = send(false, url);
        EXPECT_EQ(outcome.kind, Outcome::Kind::rejected);
        EXPECT_EQ(outcome.code, "refused_address");
    }
    EXPECT_TRUE(harness_.peer.received().empty());
}

TEST_F(WebhookWire, NeverShowsAddressOrSecretInAnOutcome) {
    const std::string url = "http://127.0.0.1:1/in/token-xyz";
    const Outcome outcome = send(true, url);
    for (const std::string& text : {outcome.code, outcome.detail, outcome.provider_id}) {
        EXPECT_EQ(text.find("xyz"), std::string::npos);
        EXPECT_EQ(text.find("127.0.0.1"), std::string::npos);
        EXPECT_EQ(text.find("whsec"), std::string::npos);
    }
}

}  // namespace
}  // namespace jinqiao::tests
