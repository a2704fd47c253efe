// What people write, through the channels whose formats are not those of a chat.
#include "tests/support/hostile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>

#include "adapters/notify/cap/alert.h"
#include "adapters/notify/cloud_event.h"
#include "adapters/notify/exec/answer.h"
#include "adapters/notify/mqtt/options.h"
#include "adapters/notify/sms/variables.h"
#include "adapters/notify/smtp/message.h"
#include "adapters/notify/syslog/message.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify {
namespace {

engine::ports::Transmission saying(const std::string& text) {
    engine::ports::Transmission transmission;
    transmission.id = "d-1";
    transmission.address = "hrss@example.test";
    transmission.subject = transmission.text = text;
    transmission.body = {{"id", "n-1"}, {"number", "JQ-1"}, {"event", "alert"}, {"text", text}};
    return transmission;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

// Whatever stands in the data goes out as it is, so it is UTF-8: neither the API nor the
// configuration takes anything else.
TEST(HostileWebhook, TheEventStaysAnEvent) {
    for (const std::string& text : tests::hostile_texts()) {
        if (!is_utf8(text)) continue;
        boost::json::error_code wrong;
        const auto event = boost::json::parse(cloud_event(saying(text), "/zone"), wrong);
        ASSERT_FALSE(wrong) << text.substr(0, 40);
        EXPECT_EQ(event.as_object().size(), 7U) << text.substr(0, 40);
        EXPECT_EQ(event.at("data").as_object().size(), 4U) << text.substr(0, 40);
    }
}

std::string names_of_headers(const std::string& message) {
    std::string names;
    const std::string head = message.substr(0, message.find("\r\n\r\n"));
    for (std::size_t at = 0; at < head.size();) {
        const std::size_t end = std::min(head.find("\r\n", at), head.size());
        if (head[at] != ' ') names += head.substr(at, head.find(':', at) - at) + ",";
        at = end + 2;
    }
    return names;
}

TEST(HostileMail, TheMessageHasItsHeadersAndNoOthers) {
    smtp::Letterhead head;
    head.from = "alerts@example.test";
    const std::string harmless = names_of_headers(smtp::message(saying("预警"), head));
    EXPECT_NE(harmless.find("Subject,"), std::string::npos);
    for (const std::string& text : tests::hostile_texts()) {
        const std::string message = smtp::message(saying(text), head);
        EXPECT_EQ(names_of_headers(message), harmless) << text.substr(0, 40);
        EXPECT_TRUE(std::all_of(message.begin(), message.end(), [](unsigned char c) {
            return c < 0x7F && (c >= 0x20 || c == '\r' || c == '\n');
        })) << text.substr(0, 40);
        for (std::size_t at = 0; at < message.size();) {
            const std::size_t end = message.find("\r\n", at);
            ASSERT_NE(end, std::string::npos);
            ASSERT_LE(end - at, 998U) << text.substr(0, 40);
            at = end + 2;
        }
    }
}

// Element names in the order in which they open; "!" where a document is not well formed.
std::string elements_of(const std::string& document) {
    std::string names;
    std::vector<std::string> open;
    for (std::size_t at = document.find("?>") + 2; at < document.size();) {
        const std::size_t begin = document.find('<', at);
        const std::string_view text = std::string_view(document).substr(at, begin - at);
        for (std::size_t i = 0; (i = text.find('&', i)) != std::string_view::npos; ++i)
            if (text.substr(i, 8).find(';') == std::string_view::npos) return "!";
        if (text.find("]]>") != std::string_view::npos) return "!";
        if (begin == std::string::npos) break;
        const std::size_t end = document.find('>', begin);
        if (end == std::string::npos) return "!";
        const std::string tag = document.substr(begin + 1, end - begin - 1);
        at = end + 1;
        if (tag.starts_with('/')) {
            if (open.empty() || open.back() != tag.substr(1)) return "!";
            open.pop_back();
            continue;
        }
        open.push_back(tag.substr(0, tag.find(' ')));
        names += open.back() + " ";
    }
    return open.empty() ? names : "!";
}

TEST(HostileCap, TheDocumentHasTheSameElementsWhateverTheySay) {
    cap::Issuer issuer;
    issuer.sender = "jinqiao@zone.example";
    auto plain = saying("平安");
    plain.body["case"] = "c-1";
    const std::string harmless = elements_of(cap::alert(plain, issuer, {}));
    ASSERT_GT(harmless.size(), 100U);
    for (const std::string& text : tests::hostile_texts()) {
        auto transmission = saying(text);
        transmission.body["number"] = transmission.body["case"] = text;
        const std::string document = cap::alert(transmission, issuer, {});
        // What is left of some texts is nothing.
        if (cap::escaped(text).find_first_not_of(" \t\n") == std::string::npos) continue;
        // A number of which nothing is left groups no incidents.
        std::string elements = elements_of(document);
        if (elements.find("incidents ") == std::string::npos)
            elements.insert(elements.find("info "), "incidents ");
        ASSERT_EQ(elements, harmless) << text.substr(0, 40);
        for (const unsigned char c : document)
            ASSERT_TRUE(c >= 0x20 || c == '\n' || c == '\t') << text.substr(0, 40);
    }
}

TEST(HostileSyslog, OneMessageStaysOneLine) {
    for (const std::string& text : tests::hostile_texts()) {
        syslog::Message message;
        message.host = message.app = message.process = message.id = text;
        message.element = "jinqiao@32473";
        // Values are ids and numbers, which are short.
        const std::string value(cut(text, 200));
        message.parameters = {{"case", value}, {"level", value}};
        message.text = text;
        const std::string line = syslog::format(message, 2048);
        ASSERT_LE(line.size(), 2048U);
        for (const unsigned char c : line)
            ASSERT_TRUE(c >= 0x20 && c != 0x7F) << text.substr(0, 40);
        // Seven fields before the structured data, which nobody's text closes early.
        ASSERT_EQ(
            std::count(line.begin(), line.begin() + static_cast<long>(line.find("[jinqiao@")), ' '),
            6)
            << text.substr(0, 40);
    }
}

// A broker ends the connection of whoever names a topic that is not UTF-8 or has a wildcard
// (MQTT 5, 1.5.4 and 3.3.2.1), and others would not get their notices.
TEST(HostileMqtt, ATopicKeepsItsLevels) {
    mqtt::Options options;
    options.topic = "jinqiao/{{number}}/{{event}}/{{address}}";
    for (const std::string& text : tests::hostile_texts()) {
        auto transmission = saying(text);
        transmission.address = text;
        transmission.body["number"] = transmission.body["event"] = text;
        const std::string topic = options.topic_of(transmission);
        ASSERT_EQ(std::count(topic.begin(), topic.end(), '/'), 3) << text.substr(0, 40);
        ASSERT_EQ(topic.find("//"), std::string::npos) << text.substr(0, 40);
        ASSERT_EQ(topic.find_first_of("+#"), std::string::npos) << text.substr(0, 40);
        ASSERT_TRUE(is_utf8(topic)) << text.substr(0, 40);
        ASSERT_LT(topic.size(), 500U);
        for (const unsigned char c : topic)
            ASSERT_TRUE(c >= 0x20 && c != 0x7F) << text.substr(0, 40);
    }
}

// Whatever reads it reads one line, and finds there what people wrote.
TEST(HostileExec, ARequestStaysOneLine) {
    for (const std::string& text : tests::hostile_texts()) {
        auto transmission = saying(text);
        transmission.address = text;
        const std::string line = exec::request(transmission, std::chrono::milliseconds{1000});
        ASSERT_EQ(line.find('\n'), line.size() - 1) << text.substr(0, 40);
        ASSERT_EQ(line.find('\r'), std::string::npos) << text.substr(0, 40);
        ASSERT_EQ(line.find('\0'), std::string::npos) << text.substr(0, 40);
        if (!is_utf8(text)) continue;
        boost::json::error_code wrong;
        const auto read = boost::json::parse(line, wrong);
        ASSERT_FALSE(wrong) << text.substr(0, 40);
        EXPECT_EQ(read.at("address").as_string(), text) << text.substr(0, 40);
        EXPECT_EQ(read.at("text").as_string(), text) << text.substr(0, 40);
    }
}

TEST(HostileSms, AVariableIsAShortWordAndNoLink) {
    const sms::Template chosen{"SMS_1",
                               {{"number", sms::Variable::Value::number, {}},
                                {"event", sms::Variable::Value::event, {}},
                                {"level", sms::Variable::Value::grade, {}}}};
    for (const std::string& text : tests::hostile_texts()) {
        auto transmission = saying(text);
        transmission.body["number"] = transmission.body["event"] = text;
        for (const auto& [name, value] : sms::values_of(chosen, {}, transmission)) {
            ASSERT_FALSE(value.empty()) << text.substr(0, 40);
            ASSERT_LE(sms::characters(value), 12U) << text.substr(0, 40);
            ASSERT_FALSE(sms::looks_like_a_link(value)) << value;
        }
    }
}

}  // namespace
}  // namespace jinqiao::adapters::notify
