// Topics, what a broker's answers mean, and the options of the channel.
#include <gtest/gtest.h>

#include "adapters/notify/mqtt/options.h"
#include "adapters/notify/mqtt/session.h"
#include "tests/unit/notify/section_fake.h"

namespace jinqiao::adapters::notify::mqtt {
namespace {

using engine::model::GradeLevel;
using engine::ports::Outcome;
using engine::ports::Transmission;
using tests::FakeSection;
using Kind = Outcome::Kind;

Transmission alert() {
    Transmission transmission;
    transmission.id = "01jd";
    transmission.channel = "bus";
    transmission.address = "desk";
    transmission.grade = GradeLevel::red;
    transmission.body = {{"case", "01jcase"}, {"number", "JQ-2026-000001"}, {"event", "alert"}};
    return transmission;
}

std::string topic(const std::string& wanted, const Transmission& transmission = alert()) {
    Options options;
    options.topic = wanted;
    return options.topic_of(transmission);
}

TEST(MqttTopic, IsMadeOfTheTemplate) {
    EXPECT_EQ(Options{}.topic_of(alert()), "jinqiao/red/01jcase");
    EXPECT_EQ(topic("{{channel}}/{{address}}/{{event}}/{{number}}/{{exercise}}/x"),
              "bus/desk/alert/JQ-2026-000001/real/x");
    EXPECT_EQ(topic("plain"), "plain");
    Transmission drill = alert();
    drill.exercise = true;
    EXPECT_EQ(topic("{{exercise}}", drill), "exercise");
}

TEST(MqttTopic, NobodyWritesToAnotherOne) {
    Transmission transmission = alert();
    transmission.address = "a/+/#/{{grade}}";
    EXPECT_EQ(topic("to/{{address}}", transmission), "to/a_____{{grade}}");
}

TEST(MqttTopic, WhatIsPutInIsOneLevelAndNeverEmpty) {
    Transmission transmission = alert();
    transmission.address = std::string("\0\n", 2);
    EXPECT_EQ(topic("to/{{address}}/x", transmission), "to/-/x");
    transmission.address = "$SYS";
    EXPECT_EQ(topic("{{address}}/x", transmission), "_SYS/x");
    transmission.address = std::string(100, 'x') + std::string(60, '\xff');
    EXPECT_LE(topic("{{address}}", transmission).size(), 128U);
    transmission.body.clear();
    EXPECT_EQ(topic("{{case}}/{{number}}/{{event}}", transmission), "-/-/-");
}

TEST(MqttAnswers, ToPublish) {
    EXPECT_EQ(published(0x00).kind, Kind::delivered);
    EXPECT_EQ(published(0x10).kind, Kind::retry);
    EXPECT_EQ(published(0x10).code, "no_subscribers");
    EXPECT_EQ(published(0x87).kind, Kind::rejected);
    EXPECT_EQ(published(0x87).code, "0x87");
    EXPECT_TRUE(published(0x87).concerns_lane);
    EXPECT_EQ(published(0x90).kind, Kind::rejected);
    EXPECT_FALSE(published(0x90).concerns_lane);
    EXPECT_EQ(published(0x97).kind, Kind::retry);
    EXPECT_TRUE(published(0x97).concerns_lane);
    EXPECT_EQ(published(0x99).kind, Kind::rejected);
    EXPECT_EQ(published(0x80).kind, Kind::retry);
}

TEST(MqttAnswers, ToConnect) {
    for (const int reason : {0x86, 0x87, 0x8A}) {
        EXPECT_EQ(not_connected(reason, true).kind, Kind::retry);
        EXPECT_TRUE(not_connected(reason, true).code.starts_with("login 0x8"));
        EXPECT_TRUE(not_connected(reason, true).concerns_lane);
    }
    EXPECT_EQ(not_connected(5, false).code, "login 0x05");
    EXPECT_EQ(not_connected(0x88, true).code, "0x88");
    EXPECT_EQ(not_connected(3, false).code, "0x03");
}

TEST(MqttOptions, HaveDefaults) {
    FakeSection section({{"server", "mq.example"}});
    const Options options = Options::read(section);
    EXPECT_TRUE(section.faults().empty());
    EXPECT_TRUE(options.tls);
    EXPECT_EQ(options.port, 8883);
    EXPECT_TRUE(options.version5);
    EXPECT_EQ(options.expires, std::chrono::hours{24});
    FakeSection plain({{"server", "10.0.0.5"}, {"tls", false}, {"version", "3.1.1"}});
    EXPECT_EQ(Options::read(plain).port, 1883);
    EXPECT_FALSE(Options::read(plain).version5);
}

TEST(MqttOptions, EveryFaultIsNamed) {
    FakeSection section({{"server", "mqtt://mq.example"},
                         {"tls", false},
                         {"port", 0},
                         {"authorities", {{"text", "hunter2"}}},
                         {"password", {{"text", "hunter2\nhunter3"}}},
                         {"version", "4"},
                         {"client_id", "a\nb"},
                         {"topic", "a/#"},
                         {"source", ""},
                         {"expires", -1},
                         {"keep_alive", 1},
                         {"timeout", 1},
                         {"connect_timeout", 1}});
    (void)Options::read(section);
    EXPECT_EQ(section.faults().size(), 14U);
    for (const auto& fault : section.faults())
        EXPECT_EQ(fault.find("hunter"), std::string::npos) << fault;
    for (const char* bad : {"", "/a", "$SYS/a", "a/+", "a/{{enterprise}}", "a/{{grade", "a\nb"}) {
        FakeSection wrong({{"server", "mq.example"}, {"topic", bad}});
        (void)Options::read(wrong);
        EXPECT_EQ(wrong.faults().size(), 1U) << bad;
    }
}

}  // namespace
}  // namespace jinqiao::adapters::notify::mqtt
