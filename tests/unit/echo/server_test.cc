// The server over a socket: what it answers, and each way it can fail to.
#include "adapters/echo/server.h"

#include <gtest/gtest.h>

#include "adapters/notify/courier/http_client.h"

namespace jinqiao::adapters::echo {
namespace {

using notify::courier::HttpClient;
using notify::courier::Request;
using notify::courier::Response;

class EchoServer : public ::testing::Test {
  protected:
    void SetUp() override { ASSERT_TRUE(server_.start({"127.0.0.1", 0})); }

    Response post(const std::string& path, const std::string& body = "{}") {
        Request request;
        request.url = "http://127.0.0.1:" + std::to_string(server_.port()) + path;
        request.body = body;
        request.allow_private = true;
        request.timeout = timeout_;
        request.most = 1024;
        return HttpClient().perform(std::move(request));
    }

    std::chrono::milliseconds timeout_{10'000};
    std::shared_ptr<Script> script_ = std::make_shared<Script>();
    std::vector<std::string> lines_;
    Server server_{Settings{}, script_,
                   [this](const std::string& line) { lines_.push_back(line); }};
};

constexpr const char* robot = "/cgi-bin/webhook/send?key=token-xyz";
constexpr const char* text = R"({"msgtype":"text","text":{"content":"x"}})";

TEST_F(EchoServer, AnswersAsTheProviderAndSaysWhatCame) {
    const auto response = post(robot, text);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"({"errcode":0,"errmsg":"ok"})");
    server_.stop();
    ASSERT_EQ(lines_.size(), 1U);
    EXPECT_EQ(lines_[0], "1 wecom 200 ok, text of 1 bytes");
}

TEST_F(EchoServer, IsStartedOnce) {
    EXPECT_FALSE(server_.start({"127.0.0.1", 0}).ok());
    EXPECT_EQ(post(robot, text).status, 200);
    server_.stop();
    EXPECT_FALSE(server_.start({"127.0.0.1", 0}).ok());
}

TEST_F(EchoServer, PlaysBackWhatItIsTold) {
    EXPECT_EQ(post("/echo/script", "next 2: 429 retry-after 7\nerrcode 45009\n").body, "3\n");
    for (int i = 0; i < 2; ++i) {
        const auto refused = post(robot, text);
        EXPECT_EQ(refused.status, 429);
        ASSERT_NE(refused.header("retry-after"), nullptr);
        EXPECT_EQ(*refused.header("retry-after"), "7");
    }
    EXPECT_NE(post(robot, text).body.find("45009"), std::string::npos);
    EXPECT_EQ(post(robot, text).body, R"({"errcode":0,"errmsg":"ok"})");
    EXPECT_EQ(post("/echo/script", "nonsense").status, 400);
}

TEST_F(EchoServer, FailsByThePath) {
    const std::string path = robot;
    EXPECT_EQ(post("/fault/500" + path, text).status, 500);
    EXPECT_EQ(*post("/fault/429+retry-after+9/wecom" + path, text).header("retry-after"), "9");
    EXPECT_EQ(post("/fault/nonsense" + path, text).status, 400);
    EXPECT_EQ(post("/fault/malformed" + path, text).body, R"({"errcode":0,)");
    EXPECT_EQ(post("/fault/slow+10ms" + path, text).status, 200);
    const auto broken = post("/fault/reset" + path, text);
    EXPECT_EQ(broken.status, 0);
    EXPECT_TRUE(broken.sent);
    EXPECT_EQ(post("/fault/huge+2" + path, text).body.size(), 1024U);  // the rest is dropped
}

// Whoever asks cannot write lines of their own into the log, nor end the server.
TEST_F(EchoServer, StrangeRequestsAreALineEach) {
    (void)post(robot, "{\"msgtype\":\"a\\nb\",\"a\\nb\":{}}");
    (void)post(std::string("/fault/errcode+1%0A2%1B[2J") + robot, text);
    (void)post(std::string("/fault/errcode+99999999999999999999") + robot, text);
    (void)post("/fault/errcode+45009/webhook", text);
    (void)post("/%", std::string(5000, '['));
    EXPECT_EQ(post(robot, text).status, 200);
    EXPECT_EQ(post(robot, std::string(Server::body_limit + 1, 'x')).status, 0);
    EXPECT_EQ(post(robot, text).status, 200);
    server_.stop();
    EXPECT_EQ(lines_.size(), 7U);
    for (const auto& line : lines_)
        for (const char c : line) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20) << line;
}

TEST_F(EchoServer, HangsAndDripsUntilTheOtherSideGivesUp) {
    timeout_ = std::chrono::milliseconds{200};
    EXPECT_EQ(post(std::string("/fault/hang") + robot, text).failure, "timeout");
    EXPECT_EQ(post(std::string("/fault/drip") + robot, text).failure, "timeout");
    server_.stop();  // nor does it wait for its own fault to end
}

TEST_F(EchoServer, ListensWhereNobodyElseDoes) {
    Server other(Settings{}, script_, {});
    EXPECT_FALSE(other.start({"127.0.0.1", server_.port()}));
    Server nowhere(Settings{}, script_, {});
    EXPECT_FALSE(nowhere.start({"localhost", 0}));
}

}  // namespace
}  // namespace jinqiao::adapters::echo
