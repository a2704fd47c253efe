#include "adapters/http/icalendar.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::http {
namespace {

using engine::time::parse_rfc3339;
using namespace std::chrono_literals;

CalendarFeed feed_of(CalendarEntry entry) {
    CalendarFeed feed;
    feed.name = "办理期限";
    feed.language = "zh-CN";
    feed.entries = {std::move(entry)};
    return feed;
}

CalendarEntry entry(const std::string& due = "2026-10-09T17:30:00+08:00") {
    CalendarEntry out;
    out.uid = "c1/st.ack#1@jinqiao";
    out.sequence = 4;
    out.stamp = *parse_rfc3339("2026-10-09T08:40:00.123+08:00");
    out.due = *parse_rfc3339(due);
    out.summary = "JQ-1, ack";
    out.alarm = 30min;
    return out;
}

bool has(const std::string& text, const std::string& line) {
    return text.find("\r\n" + line + "\r\n") != std::string::npos;
}

TEST(ICalendar, WritesADeadlineWithItsReminder) {
    const auto text = write_icalendar(feed_of(entry()));
    EXPECT_TRUE(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    EXPECT_TRUE(text.ends_with("END:VCALENDAR\r\n"));
    for (const auto* line :
         {"METHOD:PUBLISH", "NAME:办理期限", "X-WR-CALNAME:办理期限",
          "REFRESH-INTERVAL;VALUE=DURATION:PT15M", "X-PUBLISHED-TTL:PT15M", "TZID:Asia/Shanghai",
          "UID:c1/st.ack#1@jinqiao", "DTSTAMP:20261009T004000Z", "SEQUENCE:4",
          "DTSTART;TZID=Asia/Shanghai:20261009T173000", "SUMMARY:JQ-1\\, ack", "STATUS:CONFIRMED",
          "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT30M"})
        EXPECT_TRUE(has(text, line)) << line << '\n' << text;
    EXPECT_FALSE(has(text, "DTEND;TZID=Asia/Shanghai:20261009T173000"));
}

// 24:00 is stored as 00:00 of the next day; people look for it on the last one.
TEST(ICalendar, TheEndOfADayStandsOnThatDay) {
    const auto text = write_icalendar(feed_of(entry("2026-10-10T00:00:00+08:00")));
    EXPECT_TRUE(has(text, "DTSTART;TZID=Asia/Shanghai:20261009T235900"));
    EXPECT_TRUE(has(text, "DTEND;TZID=Asia/Shanghai:20261010T000000"));
}

TEST(ICalendar, WhatIsOverIsCancelledAndRingsNot) {
    auto over = entry();
    over.status = CalendarEntry::Status::cancelled;
    const auto text = write_icalendar(feed_of(over));
    EXPECT_TRUE(has(text, "STATUS:CANCELLED"));
    EXPECT_EQ(text.find("VALARM"), std::string::npos);
}

TEST(ICalendar, ElsewhereThanInChinaTimesAreUtc) {
    auto feed = feed_of(entry());
    feed.utc_offset = 60min;
    const auto text = write_icalendar(feed);
    EXPECT_TRUE(has(text, "DTSTART:20261009T093000Z"));
    EXPECT_EQ(text.find("TZID"), std::string::npos);
}

// RFC 5545, 3.1: at most 75 octets a line, and no character in two halves.
TEST(ICalendar, FoldsBetweenCharacters) {
    for (std::size_t before = 0; before < 6; ++before) {
        std::string value(before, 'x');
        for (int i = 0; i < 60; ++i) value += i % 7 == 3 ? "😀" : "期";
        const auto line = icalendar_line("SUMMARY", value);
        std::string unfolded;
        std::size_t at = 0;
        while (at < line.size()) {
            const auto end = line.find("\r\n", at);
            ASSERT_NE(end, std::string::npos);
            ASSERT_LE(end - at, 75U);
            auto part = line.substr(at, end - at);
            if (at > 0) {
                ASSERT_EQ(part[0], ' ');
                part.erase(0, 1);
            }
            ASSERT_NE(static_cast<unsigned char>(part[0]) & 0xC0U, 0x80U);
            unfolded += part;
            at = end + 2;
        }
        EXPECT_EQ(unfolded, "SUMMARY:" + value);
    }
    EXPECT_EQ(icalendar_line("A", std::string(73, 'b')), "A:" + std::string(73, 'b') + "\r\n");
    EXPECT_EQ(icalendar_line("A", std::string(74, 'b')),
              "A:" + std::string(73, 'b') + "\r\n b\r\n");
}

TEST(ICalendar, EscapesText) {
    EXPECT_EQ(icalendar_text("a\\b;c,d\ne\r\x01"), "a\\\\b\\;c\\,d\\ne");
    EXPECT_EQ(icalendar_text("x\r\nEND:VEVENT"), "x\\nEND:VEVENT");
}

TEST(ICalendar, WritesDurations) {
    EXPECT_EQ(icalendar_duration(30min), "PT30M");
    EXPECT_EQ(icalendar_duration(24h), "P1D");
    EXPECT_EQ(icalendar_duration(25h), "PT25H");
    EXPECT_EQ(icalendar_duration(90min), "PT1H30M");
    EXPECT_EQ(icalendar_duration(61s), "PT1M1S");
    EXPECT_EQ(icalendar_duration(0s), "PT0S");
}

}  // namespace
}  // namespace jinqiao::adapters::http
