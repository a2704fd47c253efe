// What people write, through the channels that carry it as it is: a webhook and mail.
#include "tests/support/hostile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>

#include "adapters/notify/cloud_event.h"
#include "adapters/notify/smtp/message.h"
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

}  // namespace
}  // namespace jinqiao::adapters::notify
