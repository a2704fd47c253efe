#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>

#include "adapters/notify/courier/address.h"
#include "adapters/notify/courier/retry_after.h"
#include "adapters/notify/courier/url.h"

namespace jinqiao::adapters::notify::courier {
namespace {

bool public_address(const char* text) {
    sockaddr_storage storage{};
    if (auto* in = reinterpret_cast<sockaddr_in*>(&storage);
        inet_pton(AF_INET, text, &in->sin_addr) == 1) {
        in->sin_family = AF_INET;
    } else {
        auto* in6 = reinterpret_cast<sockaddr_in6*>(&storage);
        EXPECT_EQ(inet_pton(AF_INET6, text, &in6->sin6_addr), 1) << text;
        in6->sin6_family = AF_INET6;
    }
    return is_public(reinterpret_cast<const sockaddr&>(storage));
}

TEST(Address, TheInternetIsPublic) {
    for (const char* text :
         {"8.8.8.8", "1.1.1.1", "114.114.114.114", "172.15.255.255", "172.32.0.1", "100.63.255.255",
          "100.128.0.1", "223.5.5.5", "2400:3200::1", "2606:4700::1111", "::ffff:8.8.8.8"})
        EXPECT_TRUE(public_address(text)) << text;
}

TEST(Address, LoopbackPrivateLinkLocalAndMetadataAreNot) {
    for (const char* text : {"127.0.0.1",
                             "127.8.9.1",
                             "0.0.0.0",
                             "10.1.2.3",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.168.1.1",
                             "169.254.169.254",
                             "100.100.100.200",
                             "192.0.2.1",
                             "198.18.0.1",
                             "198.51.100.7",
                             "203.0.113.9",
                             "224.0.0.1",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "fe80::1",
                             "fc00::1",
                             "fd12::1",
                             "ff02::1",
                             "2001:db8::1",
                             "fec0::1"})
        EXPECT_FALSE(public_address(text)) << text;
}

TEST(Address, AnIPv4AddressInDisguiseIsJudgedAsItself) {
    EXPECT_FALSE(public_address("::ffff:127.0.0.1"));
    EXPECT_FALSE(public_address("::ffff:169.254.169.254"));
    EXPECT_FALSE(public_address("64:ff9b::10.0.0.1"));
    EXPECT_FALSE(public_address("2002:7f00:1::"));
    EXPECT_FALSE(public_address("2001:0:1234::1"));  // Teredo hides one too
}

TEST(Address, OtherFamiliesAreNotPublic) {
    sockaddr address{};
    address.sa_family = AF_UNIX;
    EXPECT_FALSE(is_public(address));
}

constexpr auto now = std::chrono::sys_seconds{std::chrono::seconds{1'784'000'000}};

TEST(RetryAfter, ReadsSeconds) {
    EXPECT_EQ(retry_after("120", now), std::chrono::seconds{120});
    EXPECT_EQ(retry_after(" 0 ", now), std::chrono::seconds{0});
}

TEST(RetryAfter, ReadsADateAgainstNow) {
    // 1784000000 is Tue, 14 Jul 2026 03:33:20 GMT
    EXPECT_EQ(retry_after("Tue, 14 Jul 2026 03:35:20 GMT", now), std::chrono::seconds{120});
    EXPECT_EQ(retry_after("Tue, 14 Jul 2026 03:00:00 GMT", now), std::chrono::seconds{0});
}

TEST(RetryAfter, NeverParksANoticeForMoreThanADay) {
    EXPECT_EQ(retry_after("99999999", now), std::chrono::hours{24});
    EXPECT_EQ(retry_after("99999999999999999999999", now), std::chrono::hours{24});
    EXPECT_EQ(retry_after("Fri, 31 Dec 2099 00:00:00 GMT", now), std::chrono::hours{24});
}

TEST(RetryAfter, OtherTextsSayNothing) {
    for (const char* text : {"", "soon", "-5", "1.5", "120 seconds"})
        EXPECT_EQ(retry_after(text, now), std::nullopt) << text;
}

TEST(Url, WantsHttpsAndNoCredentialsInIt) {
    EXPECT_EQ(url_fault("https://hooks.example.com/in/abc?k=1", false), "");
    EXPECT_EQ(url_fault("http://127.0.0.1:8080/in", true), "");
    EXPECT_NE(url_fault("http://hooks.example.com/in", false), "");
    EXPECT_NE(url_fault("https://user:pass@hooks.example.com/", false), "");
    EXPECT_NE(url_fault("file:///etc/passwd", true), "");
    EXPECT_NE(url_fault("https://hooks.example.com/a b", false), "");
    EXPECT_NE(url_fault("hooks", false), "");
    EXPECT_NE(url_fault("", false), "");
}

TEST(Url, NeverQuotesTheAddress) {
    for (const char* text : {"ftp://secret.example.com/", "https://u:secret@example.com/"})
        EXPECT_EQ(url_fault(text, false).find("secret"), std::string::npos);
}

TEST(Url, PercentEncodesWhatIsNotPlain) {
    EXPECT_EQ(percent_encode("a-b_c.d~1"), "a-b_c.d~1");
    EXPECT_EQ(percent_encode("金 /?"), "%E9%87%91%20%2F%3F");
}

}  // namespace
}  // namespace jinqiao::adapters::notify::courier
