// Against a real broker, of the package mosquitto.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <fstream>

#include "adapters/notify/mqtt/mqtt.h"
#include "tests/contract/mqtt_peer.h"
#include "tests/contract/notifier_contract.h"

namespace jinqiao::tests {
namespace {

using adapters::notify::mqtt::Mqtt;
using MqttOptions = adapters::notify::mqtt::Options;
using engine::ports::Outcome;
using Kind = Outcome::Kind;

MqttOptions options_for(const MqttPeer& peer) {
    MqttOptions options;
    options.server = "127.0.0.1";
    options.port = peer.port();
    options.tls = false;
    options.timeout = std::chrono::milliseconds{8000};
    return options;
}

std::vector<NotifierHarness::Arrived> arrived_at(const MqttPeer& peer) {
    std::vector<NotifierHarness::Arrived> result;
    for (const auto& line : peer.settled()) {
        const std::string payload = line.substr(line.find(' ') + 1);
        result.push_back({boost::json::parse(payload).at("id").as_string().c_str(), payload});
    }
    return result;
}

template <bool version5>
class MqttHarness : public NotifierHarness {
  public:
    std::unique_ptr<engine::ports::Notifier> make() override {
        MqttOptions options = options_for(peer_);
        options.version5 = version5;
        return std::make_unique<Mqtt>(options);
    }
    std::string address() override { return "desk"; }
    std::vector<Arrived> arrived() override { return arrived_at(peer_); }
    void break_far_side() override { peer_.stop(); }
    void mend_far_side() override { peer_.start(); }

  private:
    MqttPeer peer_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Mqtt5, NotifierContract, MqttHarness<true>);
INSTANTIATE_TYPED_TEST_SUITE_P(Mqtt311, NotifierContract, MqttHarness<false>);

class MqttWire : public testing::Test {
  protected:
    static Outcome send(Mqtt& notifier, int number = 1, int patience_ms = 8000) {
        Outcomes outcomes;
        auto message = transmission("desk", number);
        message.patience = std::chrono::milliseconds{patience_ms};
        notifier.send(message, outcomes.slot());
        const auto seen = outcomes.wait(1);
        EXPECT_EQ(seen.size(), 1U);
        return seen.empty() ? Outcome{} : seen[0];
    }
    static Outcome send(const MqttOptions& options) {
        Mqtt notifier(options);
        return send(notifier);
    }
    const SmtpCertificate certificate_{"localhost"};
};

TEST_F(MqttWire, AnEventOfACaseHasItsTopic) {
    const MqttPeer peer;
    EXPECT_EQ(send(options_for(peer)).code, "puback");
    const auto lines = peer.settled();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(lines[0].starts_with("jinqiao/blue/01jcase {\"specversion\":\"1.0\"")) << lines[0];
}

TEST_F(MqttWire, WhatNobodySubscribesToIsNotDelivered) {
    const MqttPeer peer({}, nullptr, false);
    const Outcome outcome = send(options_for(peer));
    EXPECT_EQ(outcome.kind, Kind::retry);
    EXPECT_EQ(outcome.code, "no_subscribers");
}

TEST_F(MqttWire, ABrokerThatSaysNothingLeavesItUnknownAndGetsItAgain) {
    MqttPeer peer;
    Mqtt notifier(options_for(peer));
    EXPECT_EQ(send(notifier, 1).kind, Kind::delivered);
    peer.freeze();
    const Outcome outcome = send(notifier, 2, 500);
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_EQ(outcome.code, "timeout");
    peer.thaw();
    EXPECT_EQ(send(notifier, 2).kind, Kind::delivered);
    const auto all = arrived_at(peer);
    ASSERT_GE(all.size(), 2U);
    EXPECT_EQ(all.back().id, "01jdelivery-2");
}

TEST_F(MqttWire, ABrokerThatNeverAnswersIsNotConnected) {
    MqttPeer peer;
    peer.freeze();
    MqttOptions options = options_for(peer);
    options.connect_timeout = std::chrono::milliseconds{400};
    Mqtt notifier(options);
    const Outcome outcome = send(notifier);
    EXPECT_EQ(outcome.kind, Kind::retry);
    EXPECT_EQ(outcome.code, "connect");
    peer.thaw();
}

TEST_F(MqttWire, ARefusedLoginConcernsAllAndIsNotTriedWithEveryNotice) {
    const MqttPeer peer("allow_anonymous false", nullptr, false);
    for (const bool version5 : {true, false}) {
        MqttOptions options = options_for(peer);
        options.version5 = version5;
        options.user = "jinqiao";
        options.password = "hunter2";
        Mqtt notifier(options);
        for (int i = 0; i < 3; ++i) {
            const Outcome outcome = send(notifier, i);
            EXPECT_EQ(outcome.kind, Kind::retry);
            EXPECT_TRUE(outcome.code.starts_with("login 0x")) << outcome.code;
            EXPECT_TRUE(outcome.concerns_lane);
            EXPECT_EQ(outcome.detail.find("hunter2"), std::string::npos);
        }
    }
}

TEST_F(MqttWire, ATopicThatIsNotOursIsRejected) {
    const MqttPeer peer("acl_file /dev/null", nullptr, false);
    const Outcome outcome = send(options_for(peer));
    EXPECT_EQ(outcome.kind, Kind::rejected);
    EXPECT_EQ(outcome.code, "0x87");
    EXPECT_TRUE(outcome.concerns_lane);
}

TEST_F(MqttWire, TlsIsForWhoeverIsWhoItSays) {
    const MqttPeer peer({}, &certificate_);
    MqttOptions options = options_for(peer);
    options.tls = true;
    options.server = "localhost";
    options.authorities = certificate_.pem();
    EXPECT_EQ(send(options).code, "puback");
    EXPECT_EQ(peer.settled().size(), 1U);

    MqttOptions wrong_name = options;
    wrong_name.server = "127.0.0.1";
    MqttOptions no_authority = options;
    no_authority.authorities.clear();
    for (const auto& each : {wrong_name, no_authority}) {
        const Outcome outcome = send(each);
        EXPECT_EQ(outcome.kind, Kind::retry);
        EXPECT_EQ(outcome.code, "tls");
    }
    EXPECT_EQ(peer.settled().size(), 1U);
}

TEST_F(MqttWire, InPlainTextNothingLeavesThePrivateNetwork) {
    MqttOptions options;
    options.tls = false;
    options.server = "8.8.8.8";  // no packet leaves: the address is judged before
    EXPECT_EQ(send(options).code, "refused_address");
    options.server = "no-such-host.invalid";
    EXPECT_EQ(send(options).code, "resolve");
}

}  // namespace
}  // namespace jinqiao::tests
