#include "adapters/http/pages.h"

#include <gtest/gtest.h>

#include <array>

namespace jinqiao::adapters::http {
namespace {

const std::array<std::pair<std::string, std::string>, 1> fields{
    std::pair<std::string, std::string>{"Cache-Control", "no-cache"}};
const Page page{"text/html", "plain", "packed", R"("a")", R"("a-gzip")", fields};

std::string sent_field(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.fields)
        if (key == name) return value;
    return {};
}

TEST(TakesGzip, AsTheClientSays) {
    for (const auto* yes : {"gzip", "deflate, gzip;q=1.0, *;q=0.5", "GZIP", "br;q=1, gzip;q=0.1",
                            "*", "x-gzip", " br , gzip ; q=0.001"})
        EXPECT_TRUE(takes_gzip(yes)) << yes;
    for (const auto* no : {"", "identity", "gzip;q=0", "gzip; q=0.000", "br", "*;q=0", "gzipped",
                           "gzip;q=0, *", "*, gzip;Q=0", ",;,"})
        EXPECT_FALSE(takes_gzip(no)) << no;
}

TEST(AnswerWith, PackedForWhoTakesItAndPlainForOthers) {
    Request request;
    auto plain = answer_with(page, request);
    EXPECT_EQ(plain.body, "plain");
    EXPECT_EQ(sent_field(plain, "ETag"), R"("a")");
    EXPECT_EQ(sent_field(plain, "Content-Encoding"), "");
    EXPECT_EQ(sent_field(plain, "Vary"), "Accept-Encoding");
    EXPECT_EQ(sent_field(plain, "Cache-Control"), "no-cache");
    request.accept_encoding = "gzip, br";
    auto packed = answer_with(page, request);
    EXPECT_EQ(packed.body, "packed");
    EXPECT_EQ(sent_field(packed, "ETag"), R"("a-gzip")");
    EXPECT_EQ(sent_field(packed, "Content-Encoding"), "gzip");
}

TEST(AnswerWith, WhoHasItIsToldSo) {
    Request request;
    request.if_none_match = R"("b", W/"a")";
    const auto known = answer_with(page, request);
    EXPECT_EQ(known.status, 304);
    EXPECT_EQ(known.body, "");
    EXPECT_EQ(sent_field(known, "ETag"), R"("a")");
    EXPECT_EQ(sent_field(known, "Cache-Control"), "no-cache");
    request.accept_encoding = "gzip";  // another representation, which the client has not
    EXPECT_EQ(answer_with(page, request).status, 200);
}

TEST(AnswerWith, WhatDoesNotShrinkIsSentAsItIs) {
    auto picture = page;
    picture.gzip = {};
    Request request;
    request.accept_encoding = "gzip";
    EXPECT_EQ(answer_with(picture, request).body, "plain");
    EXPECT_EQ(sent_field(answer_with(picture, request), "ETag"), R"("a")");
}

}  // namespace
}  // namespace jinqiao::adapters::http
