// The group robots over a real socket: the suite of every channel, everything that can go wrong,
// and every code of their providers' tables.
#include <boost/json/parse.hpp>

#include "adapters/notify/robots/robot.h"
#include "tests/contract/notifier_contract.h"
#include "tests/contract/notifier_faults.h"

namespace jinqiao::tests {
namespace {

namespace robots = adapters::notify::robots;
using adapters::notify::HookEndpoint;
using adapters::notify::courier::Courier;

constexpr auto delivered = OutcomeKind::delivered;
constexpr auto rejected = OutcomeKind::rejected;
constexpr auto retry = OutcomeKind::retry;
constexpr std::chrono::seconds minute{60};

struct Wecom {
    static robots::Robot robot() { return robots::wecom(); }
    static std::string taken() { return R"({"errcode":0,"errmsg":"ok"})"; }
    static std::vector<Answered> answers() {
        return {
            {R"({"errcode":-1,"errmsg":"system busy"})", retry, "-1"},
            {R"({"errcode":45009,"errmsg":"api freq out of limit"})", retry, "45009", true, minute},
            {R"({"errcode":45033,"errmsg":"x"})", retry, "45033"},
            {R"({"errcode":93000,"errmsg":"invalid webhook url"})", rejected, "93000", true},
            {R"({"errcode":40058,"errmsg":"markdown.content exceed max length 4096"})", rejected,
             "40058"},
            {R"({"errcode":40008,"errmsg":"invalid message type"})", rejected, "40008"},
            {R"({"errcode":99999,"errmsg":"x"})", rejected, "99999"},
            {R"({"errmsg":"ok"})", retry, "no_code"},
        };
    }
};

struct DingTalk {
    static robots::Robot robot() { return robots::dingtalk(); }
    static std::string taken() { return R"({"errcode":0,"errmsg":"ok"})"; }
    static std::vector<Answered> answers() {
        std::vector<Answered> rows = {
            {R"({"errcode":310000,"errmsg":"keywords not in content"})", rejected, "310000", true},
            {R"({"errcode":310000,"errmsg":"sign not match"})", rejected, "310000", true},
            {R"({"errcode":310000,"errmsg":"invalid timestamp"})", rejected, "310000", true},
            {R"({"errcode":310000,"errmsg":"ip 1.2.3.4 not in whitelist"})", rejected, "310000",
             true},
            {R"({"errcode":310000,"errmsg":"description:机器人发送签名不匹配;solution:x"})",
             rejected, "310000", true},
            {R"({"errcode":130101,"errmsg":"send too fast"})", retry, "130101", true, minute},
            {R"({"errcode":410100,"errmsg":"send too fast"})", retry, "410100", true, minute},
            {R"({"errcode":-1,"errmsg":"busy"})", retry, "-1"},
            {R"({"errcode":460101,"errmsg":"message too long, exceed 20000 bytes"})", rejected,
             "460101"},
            {R"({"errcode":90030,"errmsg":"over limit"})", retry, "90030", true,
             std::chrono::seconds{3600}},
            {R"({"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"u"})", retry, "1111",
             true, std::chrono::seconds{5}},
            {R"({"status":1111,"wait":-5})", retry, "1111", true, std::chrono::seconds{1}},
            {R"({"errmsg":"ok"})", retry, "no_code"},
        };
        for (const char* gone : {"300005", "400101", "300001", "400102", "400106", "400013"})
            rows.push_back(
                {"{\"errcode\":" + std::string(gone) + ",\"errmsg\":\"x\"}", rejected, gone, true});
        for (const char* ours : {"400105", "40035", "43004"})
            rows.push_back(
                {"{\"errcode\":" + std::string(ours) + ",\"errmsg\":\"x\"}", rejected, ours});
        return rows;
    }
};

struct Feishu {
    static robots::Robot robot() { return robots::feishu(); }
    static std::string taken() {
        return R"({"code":0,"msg":"success","data":{},"StatusCode":0,"StatusMessage":"success"})";
    }
    static std::vector<Answered> answers() {
        const std::string limit = R"({"code":99991400,"msg":"request trigger frequency limit"})";
        const std::string reset = "x-ogw-ratelimit-reset: 17\r\n";
        return {
            {R"({"code":11232,"msg":"frequency limited psm[x]"})", retry, "11232", true, minute},
            {R"({"code":9499,"msg":"Bad Request","data":{}})", rejected, "9499"},
            {R"({"code":19001,"msg":"param invalid: incoming webhook access token invalid"})",
             rejected, "19001", true},
            {R"({"code":19002,"msg":"params error, msg_type need"})", rejected, "19002"},
            {R"({"code":19021,"msg":"sign match fail"})", rejected, "19021", true},
            {R"({"code":19022,"msg":"Ip Not Allowed"})", rejected, "19022", true},
            {R"({"code":19024,"msg":"Key Words Not Found"})", rejected, "19024", true},
            {R"({"StatusCode":0,"StatusMessage":"success"})", retry, "no_code"},
            {"", retry, "99991400", true, std::chrono::seconds{17},
             http_answer("429 Too Many Requests", limit, reset)},
            {"", retry, "99991400", true, std::chrono::seconds{17},
             http_answer("400 Bad Request", limit, reset)},
            {"", retry, "99991400", true, minute, http_answer("400 Bad Request", limit)},
            {"",
             rejected,
             "9499",
             false,
             {},
             http_answer("400 Bad Request", R"({"code":9499,"msg":"Bad Request"})")},
        };
    }
};

template <class Provider>
std::unique_ptr<engine::ports::Notifier> make_robot(const std::string& base) {
    const robots::Robot robot = Provider::robot();
    robots::RobotOptions options;
    options.format = robot.formats.front().name;
    options.usage = robot.usage;
    options.usage.text_limit = 1000;
    options.reaching.allow_private = true;
    options.reaching.timeout = std::chrono::milliseconds{10000};
    options.endpoints.put(
        "", HookEndpoint{base + "/send?access_token=token-xyz12", "SECret-xyz12", {}});
    return robot.make(options, std::make_shared<Courier>(), [] {
        return std::chrono::sys_time<std::chrono::milliseconds>{
            std::chrono::milliseconds{1'784'000'000'000}};
    });
}

template <class Provider>
class RobotHarness : public NotifierHarness {
  public:
    RobotHarness() { mend_far_side(); }
    std::unique_ptr<engine::ports::Notifier> make() override {
        return make_robot<Provider>(peer.base());
    }
    std::string address() override { return "hrss"; }
    // Robots recognise nothing; the clock of this suite stands still, so a repeat is the same.
    std::vector<Arrived> arrived() override {
        std::vector<Arrived> result;
        for (const auto& request : peer.received()) result.push_back({request.path, request.body});
        return result;
    }
    void break_far_side() override { peer.answer_with(http_answer("503 Service Unavailable")); }
    void mend_far_side() override { peer.answer_with(http_answer("200 OK", Provider::taken())); }

    Peer peer;
};

template <class Provider>
class RobotFaults : public FaultHarness {
  public:
    std::unique_ptr<engine::ports::Notifier> make(const std::string& base) override {
        return make_robot<Provider>(base);
    }
    std::string taken() override { return Provider::taken(); }
    std::vector<Answered> answers() override { return Provider::answers(); }
    std::vector<std::string> credentials() override {
        return {"xyz12", "SECret", "127.0.0.1", "access_token"};
    }
};

INSTANTIATE_TYPED_TEST_SUITE_P(Wecom, NotifierContract, RobotHarness<Wecom>);
INSTANTIATE_TYPED_TEST_SUITE_P(DingTalk, NotifierContract, RobotHarness<DingTalk>);
INSTANTIATE_TYPED_TEST_SUITE_P(Feishu, NotifierContract, RobotHarness<Feishu>);
INSTANTIATE_TYPED_TEST_SUITE_P(Wecom, NotifierFaults, RobotFaults<Wecom>);
INSTANTIATE_TYPED_TEST_SUITE_P(DingTalk, NotifierFaults, RobotFaults<DingTalk>);
INSTANTIATE_TYPED_TEST_SUITE_P(Feishu, NotifierFaults, RobotFaults<Feishu>);

template <class Provider>
Peer::Received sent(Peer& peer, int times = 1) {
    peer.answer_with(http_answer("200 OK", Provider::taken()));
    const auto notifier = make_robot<Provider>(peer.base());
    for (int i = 0; i < times; ++i) {
        Outcomes outcomes;
        notifier->send(transmission("hrss", 1), outcomes.slot());
        EXPECT_EQ(outcomes.wait(1).at(0).kind, delivered);
    }
    return peer.received().back();
}

TEST(DingTalkWire, SignsTheConfiguredAddressAfresh) {
    Peer peer;
    const auto request = sent<DingTalk>(peer, 3);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.headers.at("content-type"), "application/json; charset=utf-8");
    EXPECT_TRUE(
        request.path.starts_with("/send?access_token=token-xyz12&timestamp=1784000000000&sign="));
    EXPECT_EQ(request.path.find("sign=", request.path.find("sign=") + 1), std::string::npos);
}

TEST(FeishuWire, SignsInTheBody) {
    Peer peer;
    const auto request = sent<Feishu>(peer);
    const auto body = boost::json::parse(request.body).as_object();
    EXPECT_EQ(body.at("timestamp"), "1784000000");
    EXPECT_TRUE(body.contains("sign"));
    EXPECT_EQ(request.path, "/send?access_token=token-xyz12");
}

TEST(WecomWire, HasNoSignature) {
    Peer peer;
    const auto request = sent<Wecom>(peer);
    EXPECT_EQ(request.path, "/send?access_token=token-xyz12");
    EXPECT_FALSE(boost::json::parse(request.body).as_object().contains("sign"));
}

TEST(DingTalkWire, TellsTheCausesOfOneCodeApart) {
    Peer peer;
    std::set<std::string> details;
    for (const auto& row : DingTalk::answers()) {
        if (row.code != "310000") continue;
        peer.answer_with(http_answer("200 OK", row.body));
        Outcomes outcomes;
        const auto notifier = make_robot<DingTalk>(peer.base());
        notifier->send(transmission("hrss", 1), outcomes.slot());
        details.insert(outcomes.wait(1).at(0).detail);
    }
    EXPECT_EQ(details.size(), 4U);  // the signature in two languages
}

// Whoever was sent a key may write it into an answer.
TEST(RobotWire, AKeyThatComesBackIsHidden) {
    Peer peer;
    peer.answer_with(http_answer("200 OK", R"({"errcode":"token-xyz12"})"));
    Outcomes outcomes;
    const auto notifier = make_robot<Wecom>(peer.base());
    notifier->send(transmission("hrss", 1), outcomes.slot());
    EXPECT_EQ(outcomes.wait(1).at(0).code, "hidden");
}

TEST(RobotWire, AnAddressWithoutARobotIsRejected) {
    robots::RobotOptions options;
    options.endpoints.put("duty", HookEndpoint{"http://127.0.0.1:1/x", {}, {}});
    const auto notifier = robots::wecom().make(options, nullptr, nullptr);
    Outcomes outcomes;
    notifier->send(transmission("hrss", 1), outcomes.slot());
    EXPECT_EQ(outcomes.wait(1).at(0).kind, rejected);
    EXPECT_EQ(outcomes.wait(1).at(0).code, "no_endpoint");
}

}  // namespace
}  // namespace jinqiao::tests
