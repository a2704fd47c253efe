// What clients do that they should not, and what the server makes of it.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <thread>

#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

TEST(HttpProtocol, WithoutAValidTokenThereIsOnly401) {
    Daemon daemon;
    auto anybody = daemon.anybody();
    const auto none = anybody.get("/api/v1/cases");
    EXPECT_EQ(none.status, 401);
    EXPECT_EQ(none.field("www-authenticate"), "Bearer realm=\"jinqiao\"");
    const auto wrong = Client(daemon.server->port(), "guess").get("/api/v1/cases");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_NE(wrong.field("www-authenticate").find("invalid_token"), std::string::npos);
    EXPECT_EQ(daemon.as("gone").get("/api/v1/me").status, 401);
    // 401 comes before everything a body could be blamed for.
    EXPECT_EQ(anybody.post("/api/v1/alerts", "{").status, 401);
}

TEST(HttpProtocol, UnknownPathsAndMethods) {
    Daemon daemon;
    auto wang = daemon.as("wang", "en");
    const auto lost = wang.get("/api/v1/nothing");
    EXPECT_EQ(lost.status, 404);
    EXPECT_EQ(lost.code(), "no_such_path");
    EXPECT_EQ(lost.field("content-type"), "application/problem+json; charset=utf-8");
    const auto method = wang.call("DELETE", "/api/v1/cases", {});
    EXPECT_EQ(method.status, 405);
    EXPECT_EQ(method.field("allow"), "GET, HEAD");
    EXPECT_EQ(wang.get("/api/v1/cases/%ff").status, 400);
}

TEST(HttpProtocol, BodiesThatAreNotWhatTheyShouldBe) {
    Daemon daemon;
    auto chen = daemon.as("chen");
    const auto post = [&](const std::string& body, const Client::Fields& more = {}) {
        return chen.post("/api/v1/alerts", body, more);
    };
    EXPECT_EQ(post("{\"days\": 3").code(), "malformed_json");
    EXPECT_EQ(post("[]").code(), "not_an_object");
    EXPECT_EQ(post("{\"note\": \"\xff\"}").code(), "invalid_encoding");
    const auto twice = post(R"({"days": 3, "enterprise": {"name": "a", "name": "b"}})");
    EXPECT_EQ(twice.status, 400);
    EXPECT_EQ(twice.code(), "duplicate_key");
    EXPECT_EQ(twice.json().at("errors").at(0).at("field"), "enterprise.name");
    EXPECT_EQ(post("{}", {{"Content-Type", "text/plain"}}).status, 415);
    EXPECT_EQ(post("{\"days\": 3}", {{"Content-Type", "Application/JSON; charset=UTF-8"}}).status,
              201);
    const auto wrong = post(R"({"days": "three"})");
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(wrong.json().at("errors").at(0).at("field"), "days");
    EXPECT_EQ(wrong.json().at("errors").at(0).at("code"), "payload.type");
    EXPECT_EQ(post("").status, 422);
}

TEST(HttpProtocol, ABodyTooLargeIsRefusedUnread) {
    adapters::http::HttpSettings settings;
    settings.body_limit = 1000;
    Daemon daemon(settings);
    auto chen = daemon.as("chen");
    const auto reply = chen.post("/api/v1/alerts", "{\"note\":\"" + std::string(5000, 'x') + "\"}");
    EXPECT_EQ(reply.status, 413);
    EXPECT_EQ(reply.code(), "too_large");
    EXPECT_EQ(reply.field("connection"), "close");
    EXPECT_TRUE(chen.gone());
    // Who may not ask is told that first.
    EXPECT_EQ(daemon.anybody().post("/api/v1/alerts", std::string(5000, ' ')).status, 401);
    // Without a length it shows only while reading.
    auto chunked = daemon.as("chen");
    chunked.send(
        "POST /api/v1/alerts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-chen\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n" +
        std::string(2048, ' ') + "\r\n0\r\n\r\n");
    EXPECT_EQ(chunked.receive().status, 413);
}

TEST(HttpProtocol, RubbishIsAnsweredAndCut) {
    Daemon daemon;
    for (const std::string rubbish : {"hello\r\n\r\n", "GET\r\n\r\n",
                                      "GET / HTTP/1.1\r\nbad\r\n\r\n", "GET / HTTP/1.1\r\n\r\n"}) {
        auto client = daemon.anybody();
        client.send(rubbish);
        const auto reply = client.receive();
        EXPECT_EQ(reply.status, 400) << rubbish;
        EXPECT_EQ(reply.code(), "bad_message");
        EXPECT_TRUE(client.gone());
    }
    auto long_head = daemon.anybody();
    long_head.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(40000, 'x') + "\r\n\r\n");
    EXPECT_EQ(long_head.receive().status, 431);
}

TEST(HttpProtocol, PipelinedRequestsAreAnsweredInOrder) {
    Daemon daemon;
    daemon.file();
    auto chen = daemon.as("chen");
    chen.send(chen.message("GET", "/api/v1/me", {}) +
              chen.message("POST", "/api/v1/alerts", R"({"days": 1})") +
              chen.message("GET", "/api/v1/cases", {}) + chen.message("GET", "/nothing", {}));
    EXPECT_EQ(chen.receive().status, 200);
    EXPECT_EQ(chen.receive().status, 201);
    EXPECT_EQ(chen.receive().json().at("items").as_array().size(), 2U);
    EXPECT_EQ(chen.receive().status, 404);
}

TEST(HttpProtocol, ABodyInSmallPiecesIsWhole) {
    Daemon daemon;
    auto chen = daemon.as("chen");
    const auto bytes = chen.message("POST", "/api/v1/alerts", R"({"days": 1, "note": "一二三"})");
    for (const char byte : bytes) chen.send(std::string(1, byte));
    EXPECT_EQ(chen.receive().status, 201);
}

TEST(HttpProtocol, ContinueIsAnswered) {
    Daemon daemon;
    auto chen = daemon.as("chen");
    chen.send(
        "POST /api/v1/alerts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-chen\r\n"
        "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");
    EXPECT_EQ(chen.receive().status, 100);
    chen.send(R"({"days": 1})");
    EXPECT_EQ(chen.receive().status, 201);
}

TEST(HttpProtocol, ASlowClientIsCut) {
    adapters::http::HttpSettings settings;
    settings.request_timeout = 150ms;
    settings.idle_timeout = 150ms;
    Daemon daemon(settings);
    auto slow = daemon.anybody();
    slow.send("GET /healthz HTTP/1.1\r\n");
    EXPECT_TRUE(slow.gone());
    auto idle = daemon.anybody();
    idle.connect();
    EXPECT_TRUE(idle.gone());
    EXPECT_EQ(daemon.anybody().get("/healthz").status, 200);
}

TEST(HttpProtocol, StoppingAnswersWhatIsUnderWayAndClosesTheRest) {
    Daemon daemon;
    auto idle = daemon.anybody();
    EXPECT_EQ(idle.get("/healthz").status, 200);
    auto chen = daemon.as("chen");
    chen.send(chen.message("POST", "/api/v1/alerts", R"({"days": 1})"));
    EXPECT_EQ(chen.receive().status, 201);
    daemon.server->stop();
    EXPECT_TRUE(idle.gone());
    EXPECT_TRUE(chen.gone());
    daemon.server->stop();
}

TEST(HttpProtocol, LanguageFollowsTheHeader) {
    Daemon daemon;
    EXPECT_EQ(daemon.as("wang", "en").get("/api/v1/cases/x").json().at("title"),
              "en:problem.not_found.title");
    EXPECT_EQ(daemon.as("wang", "zh-CN").get("/api/v1/cases/x").json().at("title"),
              "zh:problem.not_found.title");
    EXPECT_EQ(daemon.as("wang").get("/api/v1/cases/x").json().at("title"),
              "zh:problem.not_found.title");
}

TEST(HttpProtocol, HealthReadinessAndFigures) {
    Daemon daemon;
    daemon.file();
    auto anybody = daemon.anybody();
    EXPECT_EQ(anybody.get("/healthz").status, 200);
    const auto ready = anybody.get("/readyz");
    EXPECT_EQ(ready.status, 200) << ready.body;
    const auto metrics = anybody.get("/metrics");
    EXPECT_EQ(metrics.field("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_NE(metrics.body.find("\njinqiao_open_cases 1\n"), std::string::npos) << metrics.body;
    EXPECT_NE(metrics.body.find("jinqiao_http_requests_total{class=\"2xx\"} "), std::string::npos);
    // A timer nobody fires: the promise is not kept, and the probe says so.
    daemon.clock.turn(std::chrono::hours(24));
    const auto late = anybody.get("/readyz");
    EXPECT_EQ(late.status, 503);
    EXPECT_EQ(late.json().at("checks").at("timers"), false);
}

// What happened hours ago arms a deadline that is past already and rings a moment later. It used to
// make the program not ready for that moment.
TEST(HttpProtocol, ReadinessGoesByTheAuditorWhereThereIsOne) {
    engine::runtime::AuditorReport report;
    auto office = leave_office();
    report.at = office.now;
    office.audit = [&report] { return report; };
    Daemon daemon(std::move(office));
    daemon.file();
    daemon.clock.turn(std::chrono::hours(24));
    auto anybody = daemon.anybody();
    EXPECT_EQ(anybody.get("/readyz").status, 200);
    report.complaints = {{"timer.overdue", "some-case"}};
    const auto late = anybody.get("/readyz");
    EXPECT_EQ(late.status, 503);
    EXPECT_EQ(late.json().at("checks").at("timers"), false);
    EXPECT_EQ(late.json().at("checks").at("store"), true);
}

TEST(HttpProtocol, TheOpenApiDocumentHoldsEveryCallAndEveryPayload) {
    Daemon daemon;
    const auto document =
        Client(daemon.server->port(), {}, "en").get("/api/v1/openapi.json").json();
    EXPECT_EQ(document.at("openapi"), "3.1.0");
    const auto& paths = document.at("paths").as_object();
    EXPECT_TRUE(paths.contains("/api/v1/cases/{id}/actions/grant"));
    EXPECT_FALSE(paths.contains("/api/v1/cases/{id}/actions/{name}"));
    EXPECT_TRUE(paths.contains("/api/v1/assignments/{id}/sign"));
    const auto& schemas = document.at("components").at("schemas").as_object();
    EXPECT_EQ(schemas.at("action_file").at("properties").at("days").at("title"), "days");
    EXPECT_EQ(paths.at("/api/v1/alerts")
                  .at("post")
                  .at("requestBody")
                  .at("content")
                  .at("application/json")
                  .at("schema")
                  .at("$ref"),
              "#/components/schemas/action_file");
}

}  // namespace
}  // namespace jinqiao::tests
