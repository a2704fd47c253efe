#include "adapters/http/cookie.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::http {
namespace {

constexpr std::string_view zone = "https://jinqiao.example";

Request asked(const std::string& method, const std::string& origin, const std::string& site = {},
              const std::string& host = "jinqiao.example") {
    Request request;
    request.method = method;
    request.origin = origin;
    request.fetch_site = site;
    request.host = host;
    return request;
}

TEST(SessionCookie, IsFoundAmongOthersByItsWholeName) {
    EXPECT_EQ(session_cookie("a=1; __Host-jinqiao=js_1; b=2", true), "js_1");
    EXPECT_EQ(session_cookie("jinqiao=js_1", false), "js_1");
    for (const auto* field : {"", "jinqiao", "xjinqiao=js_1", "jinqiao2=js_1", "__Host-jinqiao=1"})
        EXPECT_EQ(session_cookie(field, false), "") << field;
    EXPECT_EQ(session_cookie("jinqiao=js_1", true), "");  // anybody on plain HTTP may have set it
}

TEST(SessionCookie, OfTwoNeitherIsTrusted) {
    EXPECT_EQ(session_cookie("jinqiao=js_1; jinqiao=js_2", false), "");
}

TEST(GiveCookie, KeepsItFromScriptsAndOtherSites) {
    EXPECT_EQ(give_cookie("js_1", std::chrono::hours{12}, true),
              "__Host-jinqiao=js_1; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict; Secure");
    EXPECT_EQ(give_cookie("js_1", std::chrono::hours{12}, false),
              "jinqiao=js_1; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict");
    EXPECT_EQ(take_cookie(true),
              "__Host-jinqiao=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure");
}

TEST(Forged, IsWhatAnotherSitesPageSends) {
    for (const auto* method : {"POST", "DELETE", "GET"}) {
        EXPECT_TRUE(forged(asked(method, "https://evil.example"), zone));
        EXPECT_TRUE(forged(asked(method, "null"), zone));
        EXPECT_TRUE(forged(asked(method, "", "cross-site"), zone));
        EXPECT_TRUE(forged(asked(method, "", "same-site"), zone));
        EXPECT_TRUE(forged(asked(method, "https://jinqiao.example.evil.example"), zone));
        EXPECT_TRUE(forged(asked(method, "https://jinqiao.example:8443"), zone));
        EXPECT_TRUE(forged(asked(method, "https://evil.example", "same-origin"), zone));
        EXPECT_TRUE(forged(asked(method, "http://jinqiao.example"), zone));  // plain text
    }
}

TEST(Forged, IsNotWhatOurOwnPagesSend) {
    EXPECT_FALSE(forged(asked("POST", "https://jinqiao.example", "same-origin"), zone));
    EXPECT_FALSE(forged(asked("POST", "HTTPS://Jinqiao.Example"), zone));
    EXPECT_FALSE(forged(asked("POST", "", "same-origin"), zone));
    // Behind a proxy that asks us by another name.
    EXPECT_FALSE(forged(asked("POST", "https://jinqiao.example", "", "127.0.0.1:8470"), zone));
    // By an address nobody has configured, on the machine itself.
    EXPECT_FALSE(forged(asked("POST", "http://localhost:8470", "", "localhost:8470"),
                        "http://127.0.0.1:8470"));
    EXPECT_FALSE(forged(asked("GET", "", "none"), zone));
    EXPECT_FALSE(forged(asked("HEAD", ""), zone));
}

TEST(Forged, WhatChangesSomethingMustSayWhereItComesFrom) {
    EXPECT_TRUE(forged(asked("POST", ""), zone));
    EXPECT_TRUE(forged(asked("DELETE", ""), zone));
    EXPECT_TRUE(forged(asked("POST", "", "none"), zone));
    EXPECT_TRUE(forged(asked("POST", "https://", "", ""), "http://127.0.0.1:8470"));
}

}  // namespace
}  // namespace jinqiao::adapters::http
