#include "adapters/http/etag.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::http {
namespace {

using Kind = IfMatch::Kind;

TEST(Etag, IsTheVersionInQuotes) { EXPECT_EQ(etag(17), "\"17\""); }

TEST(Etag, IfMatchReadsOneVersion) {
    const auto wanted = parse_if_match("\"17\"");
    EXPECT_EQ(wanted.kind, Kind::version);
    EXPECT_EQ(wanted.version, 17U);
}

TEST(Etag, OfSeveralTheHighestCounts) {
    EXPECT_EQ(parse_if_match("\"3\", \"12\" ,\"7\"").version, 12U);
}

TEST(Etag, StarIsAnyVersion) { EXPECT_EQ(parse_if_match(" * ").kind, Kind::any); }

TEST(Etag, TagsNoCaseEverHasMatchNothing) {
    for (const auto* field :
         {"\"abc\"", "W/\"17\"", "\"\"", "\"-1\"", "\"1.0\"", "\"99999999999999999999999\""})
        EXPECT_EQ(parse_if_match(field).kind, Kind::nothing) << field;
}

TEST(Etag, WhatIsNoTagIsMalformed) {
    for (const auto* field : {"", "17", "\"17", "17\"", "\"1\" \"2\"", "\"1\",", "*, \"1\""})
        EXPECT_EQ(parse_if_match(field).kind, Kind::malformed) << field;
}

}  // namespace
}  // namespace jinqiao::adapters::http
