// The bytes of a mail: headers anybody's text may stand in, and a body that arrives as it was
// meant.
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>

#include "adapters/notify/smtp/header.h"
#include "adapters/notify/smtp/message.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::smtp {
namespace {

using engine::ports::Transmission;
using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
    Lines lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find("\r\n", at);
        lines.push_back(text.substr(at, end - at));
        at = end == std::string::npos ? text.size() : end + 2;
    }
    return lines;
}

std::string from_base64(const std::string& text) {
    std::string bytes(text.size(), '\0');
    const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                       reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
    EXPECT_GE(length, 0) << text;
    bytes.resize(static_cast<std::size_t>(std::max(length, 0)));
    return bytes.substr(
        0, bytes.size() - static_cast<std::size_t>(std::count(text.begin(), text.end(), '=')));
}

// What a reader makes of a text header; every encoded word is held to RFC 2047 on the way.
std::string read_back(const std::string& header) {
    std::string text;
    const auto lines = lines_of(header);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        EXPECT_LE(lines[i].size(), 76U) << lines[i];
        EXPECT_EQ(i > 0, lines[i].starts_with(' ')) << lines[i];
        const auto word = i == 0 ? lines[i].substr(lines[i].find(": ") + 2) : lines[i].substr(1);
        EXPECT_TRUE(word.starts_with("=?UTF-8?B?") && word.ends_with("?=")) << word;
        EXPECT_LE(word.size(), 75U);
        const auto part = from_base64(word.substr(10, word.size() - 12));
        EXPECT_EQ(one_line(part), part) << "a character over two words";
        text += part;
    }
    return text;
}

TEST(MailHeader, PlainAsciiStandsForItself) {
    EXPECT_EQ(text_header("Subject", "[Orange] JQ-2026-000123 alert"),
              "Subject: [Orange] JQ-2026-000123 alert\r\n");
    EXPECT_EQ(text_header("Subject", ""), "Subject: \r\n");
}

TEST(MailHeader, ChineseIsAnEncodedWord) {
    EXPECT_EQ(text_header("Subject", "预警"), "Subject: =?UTF-8?B?6aKE6K2m?=\r\n");
}

TEST(MailHeader, NoCharacterStandsOverTwoWords) {
    std::string long_text;
    for (int i = 0; i < 40; ++i) long_text += "橙色预警👷🏽‍♀️ab";
    // Each shift moves the borders of the words by a byte.
    for (std::size_t shift = 0; shift < 12; ++shift) {
        const std::string text = std::string(shift, 'x') + long_text;
        EXPECT_EQ(read_back(text_header("Subject", text)), text);
    }
}

TEST(MailHeader, WhatWouldBeMisreadIsEncodedToo) {
    const std::string texts[] = {"=?UTF-8?B?AAAA?=", " blank before", "blank after ",
                                 std::string(300, 'a'), "ends in =?"};
    for (const auto& text : texts) EXPECT_EQ(read_back(text_header("Subject", text)), text);
}

TEST(MailHeader, NoValueBeginsAnotherHeader) {
    const std::string hostile[] = {"a\r\nBcc: b@example.test",
                                   "a\nBcc: b@example.test",
                                   "a\rBcc: b@example.test",
                                   "a\r\n\r\nbody",
                                   "a\xC2\x85"
                                   "Bcc: b",
                                   "a\xE2\x80\xA8"
                                   "Bcc: b",
                                   std::string("a\0Bcc: b", 8),
                                   "预警\r\n\tBcc: b",
                                   "a\v\f\x1B[31mBcc: b\x7F"};
    for (const auto& text : hostile) {
        const auto lines = lines_of(text_header("Subject", text));
        for (std::size_t i = 1; i < lines.size(); ++i) EXPECT_TRUE(lines[i].starts_with(' '));
        for (const auto& line : lines)
            EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) {
                return c >= ' ' && c <= '~';
            })) << line;
        const auto named = lines_of(address_header("From", text, "a@example.test"));
        for (std::size_t i = 1; i < named.size(); ++i) EXPECT_TRUE(named[i].starts_with(' '));
    }
    EXPECT_EQ(text_header("Subject", "a\r\nBcc: b"), "Subject: a Bcc: b\r\n");
}

TEST(MailHeader, ANameIsQuotedOrEncodedAndAnAddressNever) {
    EXPECT_EQ(address_header("To", "", "a@example.test"), "To: a@example.test\r\n");
    EXPECT_EQ(address_header("From", "Jinqiao, \"alerts\" \\", "a@example.test"),
              "From: \"Jinqiao, \\\"alerts\\\" \\\\\"\r\n <a@example.test>\r\n");
    EXPECT_EQ(address_header("From", "金桥预警", "a@example.test"),
              "From: =?UTF-8?B?6YeR5qGl6aKE6K2m?=\r\n <a@example.test>\r\n");
}

TEST(MailHeader, DatesAreThoseOfTheStandard) {
    using std::chrono::sys_days;
    using namespace std::chrono_literals;
    EXPECT_EQ(date_header(sys_days{2026y / 11 / 21} + 8h + 30min + 5s + 999ms),
              "Date: Sat, 21 Nov 2026 08:30:05 +0000\r\n");
    EXPECT_EQ(date_header(sys_days{2024y / 2 / 29}), "Date: Thu, 29 Feb 2024 00:00:00 +0000\r\n");
}

TEST(MailHeader, DifferentIdentifiersStayDifferent) {
    EXPECT_EQ(message_id("01jcase-n1-2", "example.test"), "<01jcase-n1-2@example.test>");
    EXPECT_EQ(message_id("a>b\r\nc", "example.test"), "<a=3Eb=0D=0Ac@example.test>");
    EXPECT_NE(message_id("a=3E", "example.test"), message_id("a>", "example.test"));
}

TEST(PlainText, LinesEndInCrlfWhateverTheyEndedIn) {
    EXPECT_EQ(crlf_lines("a\nb\r\nc\rd"), "a\r\nb\r\nc\r\nd\r\n");
    EXPECT_EQ(crlf_lines("a\r\n"), "a\r\n");
    EXPECT_EQ(crlf_lines("a\r\r\nb"), "a\r\n\r\nb\r\n");
    EXPECT_EQ(crlf_lines(""), "\r\n");
}

TEST(PlainText, ControlCharactersAreNoText) {
    EXPECT_EQ(crlf_lines(std::string("a\0b\x1B[0m\tc\x7F", 10)), "ab[0m\tc\r\n");
    EXPECT_EQ(one_line("a\tb \n c"), "a b  c");
}

TEST(PlainText, MalformedBytesAreReplacedOneByOne) {
    EXPECT_EQ(one_line("a\xFF"
                       "b"),
              "a\xEF\xBF\xBD"
              "b");
    EXPECT_EQ(one_line("\xE6\xA9"), "\xEF\xBF\xBD\xEF\xBF\xBD");  // half of 橙
    for (const char* text : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80",
                             "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\x80"})
        EXPECT_EQ(character_length(text), 0U);
    EXPECT_EQ(character_length("a"), 1U);
    EXPECT_EQ(character_length("é"), 2U);
    EXPECT_EQ(character_length("橙"), 3U);
    EXPECT_EQ(character_length("👷"), 4U);
}

Transmission alert() {
    using std::chrono::sys_days;
    using namespace std::chrono_literals;
    Transmission transmission;
    transmission.id = "01jcase-n3-1";
    transmission.address = "hrss@example.test";
    transmission.subject = "【橙色】JQ-2026-000123 预警，请签收";
    transmission.text = "收到新的劳动争议预警。\n请签收：https://jq.example.test/s/x\n";
    transmission.at = sys_days{2026y / 11 / 21} + 8h;
    transmission.body = {{"case", "01jcase"},
                         {"number", "JQ-2026-000123"},
                         {"sign_url", "https://jq.example.test/s/x"},
                         {"exercise", false}};
    return transmission;
}

const Letterhead head{"alerts@zone.example", "金桥预警", ""};

std::string body_of(const std::string& mail) {
    std::string text = mail.substr(mail.find("\r\n\r\n") + 4);
    std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
    return from_base64(text);
}

TEST(MailMessage, IsTheWholeOfIt) {
    const std::string mail = message(alert(), head);
    EXPECT_EQ(mail.substr(0, mail.find("\r\n\r\n") + 2),
              "Date: Sat, 21 Nov 2026 08:00:00 +0000\r\n"
              "From: =?UTF-8?B?6YeR5qGl6aKE6K2m?=\r\n"
              " <alerts@zone.example>\r\n"
              "To: hrss@example.test\r\n"
              "Subject: =?UTF-8?B?44CQ5qmZ6Imy44CRSlEtMjAyNi0wMDAxMjMg6aKE6K2m77yM6K+3?=\r\n"
              " =?UTF-8?B?562+5pS2?=\r\n"
              "Message-ID: <01jcase-n3-1@zone.example>\r\n"
              "In-Reply-To: <case-01jcase@zone.example>\r\n"
              "References: <case-01jcase@zone.example>\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: base64\r\n");
    EXPECT_EQ(body_of(mail), "收到新的劳动争议预警。\r\n请签收：https://jq.example.test/s/x\r\n");
}

TEST(MailMessage, IsTheSameOnEveryAttempt) {
    Transmission again = alert();
    again.attempt = 7;
    EXPECT_EQ(message(alert(), head), message(again, head));
}

TEST(MailMessage, NoticesOfOneCaseAreOneConversation) {
    Transmission later = alert();
    later.id = "01jcase-n9-1";
    const auto header = [](const std::string& mail, const std::string& name) {
        const auto at = mail.find("\r\n" + name + ": ");
        return at == std::string::npos ? std::string() : mail.substr(at, mail.find('>', at) - at);
    };
    EXPECT_NE(header(message(alert(), head), "Message-ID"),
              header(message(later, head), "Message-ID"));
    EXPECT_EQ(header(message(alert(), head), "References"),
              header(message(later, head), "References"));
    // What is about the directory belongs to no case.
    later.body["number"] = "";
    EXPECT_EQ(message(later, head).find("In-Reply-To"), std::string::npos);
    EXPECT_EQ(message(later, head).find("References"), std::string::npos);
}

TEST(MailMessage, AnExerciseIsMarkedForProgramsToo) {
    EXPECT_EQ(message(alert(), head).find("X-Jinqiao-Exercise"), std::string::npos);
    Transmission drill = alert();
    drill.body["exercise"] = true;
    EXPECT_NE(message(drill, head).find("\r\nX-Jinqiao-Exercise: yes\r\n"), std::string::npos);
}

TEST(MailMessage, TheLinkIsThereEvenIfTheTemplateForgotIt) {
    Transmission silent = alert();
    silent.text = "请签收。";
    EXPECT_EQ(body_of(message(silent, head)), "请签收。\r\n\r\nhttps://jq.example.test/s/x\r\n");
    silent.body["sign_url"] = "";
    EXPECT_EQ(body_of(message(silent, head)), "请签收。\r\n");
}

TEST(MailMessage, AnswersGoWhereTheyAreWanted) {
    Letterhead own = head;
    own.reply_to = "desk@zone.example";
    EXPECT_NE(message(alert(), own).find("\r\nReply-To: desk@zone.example\r\n"), std::string::npos);
}

// So that a reply signs for what it answers; what asks for no signature has no such address.
TEST(MailMessage, AnswersCarryTheTokenOfTheNotice) {
    Letterhead own = head;
    own.reply_to = "desk@zone.example";
    own.reply_to_tokens = "duty@zone.example";
    own.reply_token = [](std::string_view link) { return link == "x" ? "token-x" : ""; };
    const auto to = [&](const Transmission& transmission) {
        const auto mail = message(transmission, own);
        const auto at = mail.find("\r\nReply-To: ") + 12;
        return mail.substr(at, mail.find("\r\n", at) - at);
    };
    auto told = alert();
    EXPECT_EQ(to(told), "duty+token-x@zone.example");
    told.body["sign_url"] = "";
    EXPECT_EQ(to(told), "desk@zone.example");
    told.body["sign_url"] = "https://jq.example.test/s/forged";
    EXPECT_EQ(to(told), "desk@zone.example");
    own.reply_token = [](std::string_view) { return std::string(60, 't'); };
    EXPECT_EQ(to(alert()), "desk@zone.example") << "65 octets before the @";
}

TEST(MailMessage, NoBodyCanEndTheMailOrChangeOnItsWay) {
    Transmission hostile = alert();
    hostile.body["sign_url"] = "";
    hostile.text =
        ".\r\n.\r\nQUIT\r\n..a\n\nFrom me\n" + std::string(5000, 'x') + "👷🏽‍♀️橙";
    const std::string mail = message(hostile, head);
    for (const auto& line : lines_of(mail)) {
        EXPECT_LE(line.size(), 76U);
        EXPECT_FALSE(line.starts_with('.'));
        EXPECT_TRUE(
            std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; }));
    }
    EXPECT_TRUE(mail.ends_with("\r\n"));
    EXPECT_EQ(body_of(mail), crlf_lines(hostile.text));
}

}  // namespace
}  // namespace jinqiao::adapters::notify::smtp
