// What one client may take, and that others do not notice.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

using namespace std::chrono_literals;
using adapters::http::HttpSettings;
using adapters::http::Network;

std::string open_connections(Daemon& daemon) {
    const auto figures = daemon.anybody().get("/metrics").body;
    const std::string name = "\njinqiao_http_connections ";
    const auto at = figures.find(name) + name.size();
    return figures.substr(at, figures.find('\n', at) - at);
}

TEST(HttpLimits, OfTheHeadAreToldApart) {
    HttpSettings settings;
    settings.header_fields = 10;
    settings.target_limit = 300;
    Daemon daemon(settings);
    const auto status = [&](const std::string& target, const std::string& fields) {
        auto client = daemon.anybody();
        client.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
        const auto reply = client.receive();
        if (reply.status >= 400) {
            EXPECT_TRUE(client.gone());
        }
        return reply.status;
    };
    std::string fields;
    for (int i = 0; i < 9; ++i) fields += "X-" + std::to_string(i) + ": y\r\n";
    EXPECT_EQ(status("/healthz", fields), 200);
    EXPECT_EQ(status("/healthz", fields + "X-9: y\r\n"), 431);
    EXPECT_EQ(status("/healthz?" + std::string(290, 'a'), ""), 200);
    EXPECT_EQ(status("/healthz?" + std::string(300, 'a'), ""), 414);
    EXPECT_EQ(status("/healthz?" + std::string(40'000, 'a'), ""), 414);
    EXPECT_EQ(status("/healthz", "X: " + std::string(40'000, 'a') + "\r\n"), 431);
}

TEST(HttpLimits, AnAccountMayAskSoOften) {
    HttpSettings settings;
    settings.requests_per_account = {3, 1h};
    Daemon daemon(settings);
    auto wang = daemon.as("wang");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(wang.get("/api/v1/me").status, 200) << i;
    const auto held = daemon.as("wang").get("/api/v1/me");  // by another connection
    EXPECT_EQ(held.status, 429);
    EXPECT_EQ(held.code(), "too_many");
    EXPECT_GT(std::stoi(held.field("retry-after")), 3000);
    EXPECT_EQ(wang.post("/api/v1/alerts", "{").status, 429);
    EXPECT_EQ(daemon.as("qian").get("/api/v1/me").status, 200);
}

TEST(HttpLimits, AnAddressMayAskSoOftenWhoeverAsks) {
    HttpSettings settings;
    settings.requests_per_address = {3, 1h};
    Daemon daemon(settings);
    EXPECT_EQ(daemon.as("wang").get("/api/v1/me").status, 200);
    EXPECT_EQ(daemon.anybody().get("/healthz").status, 200);
    EXPECT_EQ(daemon.anybody().get("/api/v1/me").status, 401);
    EXPECT_EQ(daemon.as("qian").get("/api/v1/me").status, 429);
    // What somebody says about themselves changes nothing.
    EXPECT_EQ(daemon.anybody().get("/healthz", {{"X-Forwarded-For", "198.51.100.1"}}).status, 429);
}

TEST(HttpLimits, BehindATrustedProxyEverybodyHasTheirOwn) {
    HttpSettings settings;
    settings.requests_per_address = {2, 1h};
    settings.trusted_proxies = {Network::parse("127.0.0.0/8").value()};
    Daemon daemon(settings);
    auto proxy = daemon.anybody();
    const auto asked_by = [&](const std::string& forwarded) {
        return proxy.get("/healthz", {{"X-Forwarded-For", forwarded}}).status;
    };
    EXPECT_EQ(asked_by("198.51.100.1"), 200);
    EXPECT_EQ(asked_by("203.0.113.7, 198.51.100.1"), 200);  // the claim on the left is nothing
    EXPECT_EQ(asked_by("203.0.113.8, 198.51.100.1"), 429);
    EXPECT_EQ(asked_by("198.51.100.2"), 200);
    // One list, however many fields it comes in.
    EXPECT_EQ(proxy
                  .get("/healthz",
                       {{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-For", "198.51.100.2"}})
                  .status,
              200);
    EXPECT_EQ(asked_by("198.51.100.2"), 429);
}

TEST(HttpLimits, OneConnectionMoreTakesThePlaceOfTheOneLongestUnanswered) {
    HttpSettings settings;
    settings.connections = 3;
    Daemon daemon(settings);
    auto slow = daemon.anybody();
    slow.send("GET /healthz HTTP/1.1\r\n");
    auto one = daemon.anybody();
    auto two = daemon.anybody();
    EXPECT_EQ(one.get("/healthz").status, 200);
    EXPECT_EQ(two.get("/healthz").status, 200);
    EXPECT_EQ(daemon.anybody().get("/healthz").status, 200);
    EXPECT_TRUE(slow.gone());
    EXPECT_EQ(one.get("/healthz").status, 200);
    EXPECT_EQ(two.get("/healthz").status, 200);
}

TEST(HttpLimits, AnAddressPushesOutItsOwnConnectionsOnly) {
    HttpSettings settings;
    settings.connections_per_address = 2;
    Daemon daemon(settings);
    auto far = daemon.anybody();
    far.from("127.0.0.2");
    EXPECT_EQ(far.get("/healthz").status, 200);
    auto first = daemon.anybody();
    auto second = daemon.anybody();
    auto third = daemon.anybody();
    EXPECT_EQ(first.get("/healthz").status, 200);
    EXPECT_EQ(second.get("/healthz").status, 200);
    EXPECT_EQ(third.get("/healthz").status, 200);
    EXPECT_TRUE(first.gone());
    EXPECT_EQ(second.get("/healthz").status, 200);
    EXPECT_EQ(far.get("/healthz").status, 200);
}

TEST(HttpLimits, BodiesUnderWayHaveSoMuchRoomTogether) {
    HttpSettings settings;
    settings.body_limit = 1000;
    settings.bodies_limit = 1500;
    Daemon daemon(settings);
    const std::string head =
        "POST /api/v1/alerts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-chen\r\n"
        "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n";
    auto first = daemon.anybody();
    first.send(head);
    EXPECT_EQ(first.receive().status, 100);
    auto second = daemon.anybody();
    second.send(head);
    const auto refused = second.receive();
    EXPECT_EQ(refused.status, 503);
    EXPECT_FALSE(refused.field("retry-after").empty());
    EXPECT_TRUE(second.gone());
    const std::string body = R"({"days": 1})";
    first.send(body + std::string(1000 - body.size(), ' '));
    EXPECT_EQ(first.receive().status, 201);
    auto third = daemon.anybody();
    third.send(head);
    EXPECT_EQ(third.receive().status, 100);
}

TEST(HttpLimits, WhoDoesNotReadTheirAnswersIsCut) {
    HttpSettings settings;
    settings.write_timeout = 200ms;
    settings.least_rate = std::size_t{1} << 30;
    settings.requests_per_address = {};
    Daemon daemon(settings);
    auto deaf = daemon.anybody();
    deaf.deafen();
    std::string many;
    for (int i = 0; i < 400; ++i) many += deaf.message("GET", "/api/v1/openapi.json", {});
    deaf.send(many);
    // The socket takes the first answers whether anybody reads them or not.
    int looks = 0;
    while (open_connections(daemon) != "1" && looks < 20'000) ++looks;
    EXPECT_LT(looks, 20'000);
    EXPECT_GT(looks, 0);
}

TEST(HttpLimits, RequestsSentAheadWaitAndOthersAreServed) {
    Daemon daemon;
    auto eager = daemon.anybody();
    std::string many;
    for (int i = 0; i < 1500; ++i) many += eager.message("GET", "/healthz", {});
    eager.send(many);
    EXPECT_EQ(daemon.as("wang").get("/api/v1/me").status, 200);
    for (int i = 0; i < 1500; ++i) ASSERT_EQ(eager.receive().status, 200) << i;
}

}  // namespace
}  // namespace jinqiao::tests
