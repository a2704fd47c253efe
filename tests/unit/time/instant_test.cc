#include "engine/time/instant.h"

#include <gtest/gtest.h>

#include <chrono>

namespace jinqiao::engine::time {
namespace {

using namespace std::chrono_literals;
using std::chrono::minutes;

constexpr minutes shanghai{480};

TEST(Instant, MidnightInShanghaiIsWrittenWithItsOffset) {
    const auto at = parse_rfc3339("2026-10-08T16:00:00Z");
    ASSERT_TRUE(at);
    EXPECT_EQ(to_rfc3339(*at, shanghai), "2026-10-09T00:00:00+08:00");
    EXPECT_EQ(to_rfc3339(*at, 0min), "2026-10-08T16:00:00+00:00");
    EXPECT_EQ(to_rfc3339(*at, -570min), "2026-10-08T06:30:00-09:30");
}

TEST(Instant, MillisecondsAppearOnlyWhereThereAreSome) {
    EXPECT_EQ(to_rfc3339(from_ms(0), 0min), "1970-01-01T00:00:00+00:00");
    EXPECT_EQ(to_rfc3339(from_ms(7), 0min), "1970-01-01T00:00:00.007+00:00");
    EXPECT_EQ(to_rfc3339(from_ms(250), 0min), "1970-01-01T00:00:00.250+00:00");
}

TEST(Instant, BeforeTheEpochRoundsTowardsThePast) {
    EXPECT_EQ(to_rfc3339(from_ms(-1), 0min), "1969-12-31T23:59:59.999+00:00");
    EXPECT_EQ(to_rfc3339(from_ms(-1), shanghai), "1970-01-01T07:59:59.999+08:00");
}

TEST(Instant, WhatWasWrittenIsReadBack) {
    for (std::int64_t ms :
         {0LL, 1LL, -1LL, 1'796'000'000'123LL, 1'456'704'000'000LL, -86'400'001LL})
        for (minutes offset : {0min, shanghai, -minutes{570}, minutes{345}}) {
            const auto text = to_rfc3339(from_ms(ms), offset);
            const auto back = parse_rfc3339(text);
            ASSERT_TRUE(back) << text;
            EXPECT_EQ(to_ms(*back), ms) << text;
        }
}

TEST(Instant, OffsetsNameTheSameInstant) {
    const auto utc = parse_rfc3339("2026-02-18T19:00:00Z");
    ASSERT_TRUE(utc);
    EXPECT_EQ(parse_rfc3339("2026-02-19T03:00:00+08:00"), utc);
    EXPECT_EQ(parse_rfc3339("2026-02-18T09:30:00-09:30"), utc);
    EXPECT_EQ(parse_rfc3339("2026-02-18T19:00:00.000+00:00"), utc);
}

TEST(Instant, FractionsAreReadToTheMillisecond) {
    EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00.5Z"), from_ms(500));
    EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00.05Z"), from_ms(50));
    EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00.123999Z"), from_ms(123));
}

TEST(Instant, AnythingButAFullTimeWithOffsetIsRefused) {
    for (const char* text : {"",
                             "2026-10-09",
                             "2026-10-09T00:00:00",
                             "2026-10-09T00:00+08:00",
                             "2026-10-09 00:00:00Z",
                             "2026-10-09t00:00:00z",
                             "2026-10-09T24:00:00Z",
                             "2026-10-09T23:60:00Z",
                             "2026-10-09T23:59:60Z",
                             "2026-02-30T00:00:00Z",
                             "2026-13-01T00:00:00Z",
                             "2026-00-01T00:00:00Z",
                             "2026-01-00T00:00:00Z",
                             "2026-10-09T00:00:00+0800",
                             "2026-10-09T00:00:00+8:00",
                             "2026-10-09T00:00:00+24:00",
                             "2026-10-09T00:00:00+08:60",
                             "2026-10-09T00:00:00.Z",
                             "2026-10-09T00:00:00,5Z",
                             " 2026-10-09T00:00:00Z",
                             "2026-10-09T00:00:00Z ",
                             "2026-10-09T00:00:00ZZ",
                             "26-10-09T00:00:00Z",
                             "12026-10-09T00:00:00Z",
                             "2026-1O-09T00:00:00Z",
                             "-026-10-09T00:00:00Z"})
        EXPECT_FALSE(parse_rfc3339(text)) << text;
}

TEST(Date, IsWrittenAndReadAsYearMonthDay) {
    const auto leap = parse_date("2028-02-29");
    ASSERT_TRUE(leap);
    EXPECT_EQ(to_string(*leap), "2028-02-29");
    EXPECT_EQ(to_string(*leap + std::chrono::days{1}), "2028-03-01");
}

TEST(Date, AnImpossibleOrSloppyDateIsRefused) {
    for (const char* text : {"", "2026-02-30", "2026-02-29", "2026-04-31", "2026-13-01",
                             "2026-00-10", "2026-1-01", "2026-01-1", "2026/01/01", "20260101",
                             "2026-01-01 ", " 2026-01-01", "2026-01-011", "2026-01-0x"})
        EXPECT_FALSE(parse_date(text)) << text;
}

}  // namespace
}  // namespace jinqiao::engine::time
