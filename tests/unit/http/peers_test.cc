#include "adapters/http/peers.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::http {
namespace {

Address address(const std::string& text) { return boost::asio::ip::make_address(text); }

Networks networks(std::initializer_list<const char*> texts) {
    Networks out;
    for (const auto* text : texts) out.push_back(Network::parse(text).value());
    return out;
}

TEST(Peers, NetworksHoldWhatBeginsAlike) {
    struct Row {
        const char *network, *address;
        bool held;
    };
    for (const auto& [network, one, held] :
         {Row{"10.0.0.0/8", "10.255.1.2", true}, Row{"10.0.0.0/8", "11.0.0.1", false},
          Row{"192.168.4.0/22", "192.168.7.255", true}, Row{"192.168.4.0/22", "192.168.8.0", false},
          Row{"127.0.0.1", "127.0.0.1", true}, Row{"127.0.0.1", "127.0.0.2", false},
          Row{"10.0.0.0/8", "::ffff:10.1.2.3", true}, Row{"fd00::/8", "fd12::1", true},
          Row{"fd00::/8", "fe80::1", false}, Row{"::1", "::1", true},
          Row{"::1", "127.0.0.1", false}, Row{"0.0.0.0/0", "8.8.8.8", true},
          Row{"0.0.0.0/0", "2001:db8::1", false}})
        EXPECT_EQ(Network::parse(network)->holds(address(one)), held) << network << ' ' << one;
}

TEST(Peers, WhatIsNoNetworkIsNone) {
    for (const auto* text : {"", "10", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "::/129", "host",
                             "10.0.0.0/-1", "10.0.0.0/8 "})
        EXPECT_FALSE(Network::parse(text)) << text;
}

TEST(Peers, TheClientIsTheLastOneNoTrustedProxyNamed) {
    const auto trusted = networks({"127.0.0.1", "10.0.0.0/8"});
    const auto client = [&](const char* peer, const char* forwarded) {
        return client_of(address(peer), forwarded, trusted).to_string();
    };
    EXPECT_EQ(client("203.0.113.9", "198.51.100.1"), "203.0.113.9");  // nobody we trust says so
    EXPECT_EQ(client("127.0.0.1", ""), "127.0.0.1");
    EXPECT_EQ(client("127.0.0.1", "198.51.100.1"), "198.51.100.1");
    EXPECT_EQ(client("127.0.0.1", "1.1.1.1, 198.51.100.1"), "198.51.100.1");  // 1.1.1.1 is a claim
    EXPECT_EQ(client("127.0.0.1", "1.1.1.1,198.51.100.1 , 10.2.3.4"), "198.51.100.1");
    EXPECT_EQ(client("127.0.0.1", "10.2.3.4, 10.2.3.5"), "10.2.3.4");
    EXPECT_EQ(client("127.0.0.1", "198.51.100.1:4711"), "198.51.100.1");
    EXPECT_EQ(client("127.0.0.1", "[2001:db8::1]:4711"), "2001:db8::1");
    EXPECT_EQ(client("127.0.0.1", "198.51.100.1, unknown"), "127.0.0.1");
    EXPECT_EQ(client("127.0.0.1", "198.51.100.1, ,"), "127.0.0.1");
    EXPECT_EQ(client("::ffff:127.0.0.1", "198.51.100.1"), "198.51.100.1");
    EXPECT_EQ(client_of(address("127.0.0.1"), "198.51.100.1", {}).to_string(), "127.0.0.1");
}

TEST(Peers, LimitsAreKeptByHouseholds) {
    EXPECT_EQ(limit_key(address("198.51.100.1")), "198.51.100.1");
    EXPECT_EQ(limit_key(address("::ffff:198.51.100.1")), "198.51.100.1");
    EXPECT_EQ(limit_key(address("2001:db8:1:2:3:4:5:6")), "2001:db8:1:2::/64");
    EXPECT_EQ(limit_key(address("2001:db8:1:2::9")), "2001:db8:1:2::/64");
}

TEST(Peers, WithoutTheMachineTheNetworkIsLeft) {
    EXPECT_EQ(without_machine("203.0.113.77"), "203.0.113.*");
    EXPECT_EQ(without_machine("2001:db8:1:2::/64"), "2001:db8:1::*");
    EXPECT_EQ(without_machine("::/64"), "::*");
    EXPECT_EQ(without_machine(""), "*");
    EXPECT_EQ(without_machine("somewhere"), "*");
}

}  // namespace
}  // namespace jinqiao::adapters::http
