// Messages as RFC 5424 wants them, and the options of the channel.
#include <gtest/gtest.h>

#include "adapters/notify/syslog/message.h"
#include "adapters/notify/syslog/options.h"
#include "engine/time/instant.h"
#include "tests/unit/notify/section_fake.h"

namespace jinqiao::adapters::notify::syslog {
namespace {

using engine::model::GradeLevel;
using engine::ports::Transmission;
using tests::FakeSection;
using Transport = Options::Transport;

const std::string bom = "\xEF\xBB\xBF";

Message example() {
    Message message;
    message.facility = 16;
    message.severity = 4;
    message.timestamp = "2026-11-22T15:30:00.123456+08:00";
    message.host = "host1";
    message.app = "jinqiao";
    message.process = "42";
    message.id = "ALERT";
    message.element = "jq@32473";
    message.parameters = {{"case", "C-1"}, {"level", "red"}};
    message.text = "红色预警";
    return message;
}

TEST(SyslogMessage, IsTheExampleThatTwoParsersRead) {
    EXPECT_EQ(format(example(), 2048),
              "<132>1 2026-11-22T15:30:00.123456+08:00 host1 jinqiao 42 ALERT "
              "[jq@32473 case=\"C-1\" level=\"red\"] " +
                  bom + "红色预警");
}

TEST(SyslogMessage, PriorityIsFacilityTimesEightAndSeverity) {
    Message message = example();
    message.facility = 0;
    message.severity = 0;
    EXPECT_TRUE(format(message, 2048).starts_with("<0>1 "));
    message.facility = 23;
    message.severity = 7;
    EXPECT_TRUE(format(message, 2048).starts_with("<191>1 "));
}

TEST(SyslogMessage, WhatIsMissingIsADash) {
    EXPECT_EQ(format({}, 2048), "<133>1 - - - - - -");
    Message message;
    message.text = "a";
    EXPECT_EQ(format(message, 2048), "<133>1 - - - - - - " + bom + "a");
}

TEST(SyslogMessage, FieldsAreShortPrintableAsciiWithoutSpace) {
    Message message = example();
    message.host = "a b\nc行" + std::string(300, 'h');
    message.app = std::string(60, 'a');
    message.process = std::string(200, 'p');
    message.id = std::string(40, 'i');
    const std::string text = format(message, 8192);
    EXPECT_NE(text.find(" a_b_c___h"), std::string::npos);
    EXPECT_NE(text.find(std::string(240, 'h') + " "), std::string::npos);
    EXPECT_NE(text.find(" " + std::string(48, 'a') + " " + std::string(128, 'p') + " " +
                        std::string(32, 'i') + " ["),
              std::string::npos);
}

TEST(SyslogMessage, ValuesAreEscapedAndNamesAreNot) {
    Message message = example();
    message.parameters = {{"case", "a\"b\\c]d\ne"}, {"x y=]\"", "v"}};
    EXPECT_NE(format(message, 2048).find(R"([jq@32473 case="a\"b\\c\]d e" x_y___="v"] )"),
              std::string::npos)
        << format(message, 2048);
}

TEST(SyslogMessage, NobodyForgesALine) {
    Message message = example();
    message.text = "红色\r\n<0>1 - host su - - - root logged in\x1b[2J\x00\x7f\xff";
    message.text +=
        "\xE2\x80\xA8"
        "forged\xC2\x85too";
    const std::string text = format(message, 2048);
    for (const char c : text) EXPECT_FALSE((c >= 0 && c < ' ') || c == 0x7F);
    EXPECT_EQ(text.find("\xE2\x80\xA8"), std::string::npos);
    EXPECT_EQ(text.find("\xC2\x85"), std::string::npos);
    EXPECT_NE(text.find("红色 <0>1 - host"), std::string::npos);
}

TEST(SyslogMessage, OneThatIsTooLongKeepsItsLink) {
    Message message = example();
    const std::string link = "https://zone/s/abc";
    message.text = "预警" + std::string(3000, 'x') + "\n请签收：" + link + "\n尾";
    const std::string text = format(message, 480, link);
    EXPECT_LE(text.size(), 480U);
    EXPECT_TRUE(text.ends_with(" 请签收：" + link)) << text;
    message.text = std::string(3000, '\xff');
    EXPECT_LE(format(message, 480).size(), 480U);
}

TEST(SyslogMessage, FramesCountBytes) {
    EXPECT_EQ(framed("abc"), "3 abc");
    EXPECT_EQ(framed("红色"), "6 红色");
    EXPECT_EQ(framed(""), "0 ");
}

Transmission alert() {
    Transmission transmission;
    transmission.id = "01jd";
    transmission.address = "soc";
    transmission.subject = "【红色】JQ-2026-000001 预警，请签收";
    transmission.text = "收到新的预警。\n请签收：https://zone/s/abc\n";
    transmission.grade = GradeLevel::red;
    transmission.at = *engine::time::parse_rfc3339("2026-11-22T15:30:00.120+08:00");
    transmission.body = {
        {"event", "alert"}, {"number", "JQ-2026-000001"}, {"sign_url", "https://zone/s/abc"}};
    return transmission;
}

TEST(SyslogOptions, MakeTheSameMessageOnEveryAttempt) {
    FakeSection section({{"hostname", "host1"}});
    const Options options = Options::read(section);
    EXPECT_TRUE(section.faults().empty());
    const std::string text = options.message_of(alert());
    EXPECT_EQ(text,
              "<130>1 2026-11-22T15:30:00.120+08:00 host1 jinqiao - alert [jinqiao@32473 "
              "id=\"01jd\" case=\"JQ-2026-000001\" grade=\"red\" to=\"soc\" exercise=\"no\"] " +
                  bom +
                  "【红色】JQ-2026-000001 预警，请签收 收到新的预警。 请签收：https://zone/s/abc");
    Transmission again = alert();
    again.attempt = 3;
    EXPECT_EQ(options.message_of(again), text);
}

TEST(SyslogOptions, GradesHaveSeverities) {
    FakeSection section({{"facility", "daemon"}, {"severity", {{"red", "alert"}}}});
    const Options options = Options::read(section);
    EXPECT_TRUE(section.faults().empty());
    Transmission transmission = alert();
    const std::pair<GradeLevel, const char*> expected[] = {{GradeLevel::blue, "<29>"},
                                                           {GradeLevel::yellow, "<28>"},
                                                           {GradeLevel::orange, "<27>"},
                                                           {GradeLevel::red, "<25>"}};
    for (const auto& [grade, priority] : expected) {
        transmission.grade = grade;
        EXPECT_TRUE(options.message_of(transmission).starts_with(priority));
    }
}

TEST(SyslogOptions, HaveDefaultsByTransport) {
    FakeSection local(boost::json::object{});
    Options options = Options::read(local);
    EXPECT_EQ(options.path, "/dev/log");
    EXPECT_EQ(options.most, 2048U);
    EXPECT_FALSE(options.hostname.empty());
    FakeSection tls({{"transport", "tls"}, {"server", "log.example"}, {"enterprise", 12345}});
    options = Options::read(tls);
    EXPECT_TRUE(tls.faults().empty());
    EXPECT_EQ(options.port, 6514);
    EXPECT_EQ(options.most, 8192U);
    EXPECT_EQ(options.element, "jinqiao@12345");
    FakeSection tcp({{"transport", "tcp"}, {"server", "log.example"}});
    EXPECT_EQ(Options::read(tcp).port, 514);
}

TEST(SyslogOptions, EveryFaultIsNamed) {
    FakeSection section({{"transport", "carrier pigeon"},
                         {"path", "dev/log"},
                         {"server", "log.example"},
                         {"port", 0},
                         {"certificate", {{"text", "hunter2"}}},
                         {"facility", "local9"},
                         {"severity", {{"red", "loud"}}},
                         {"enterprise", 0},
                         {"most", 10},
                         {"utc_offset_minutes", 9000},
                         {"timeout", 10}});
    (void)Options::read(section);
    EXPECT_EQ(section.faults().size(), 13U);
    for (const auto& fault : section.faults())
        EXPECT_EQ(fault.find("hunter2"), std::string::npos) << fault;
    FakeSection remote({{"transport", "tcp"}, {"server", "tcp://log.example"}});
    (void)Options::read(remote);
    EXPECT_EQ(remote.faults().size(), 1U);
}

}  // namespace
}  // namespace jinqiao::adapters::notify::syslog
