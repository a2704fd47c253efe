// WeCom's app messages over a real socket: the token is fetched, kept and renewed.
#include <boost/json/parse.hpp>

#include "adapters/notify/wecom_app/wecom_app.h"
#include "tests/contract/notifier_contract.h"
#include "tests/contract/notifier_faults.h"

namespace jinqiao::tests {
namespace {

using adapters::notify::courier::Courier;
using adapters::notify::wecom_app::WecomApp;
using AppOptions = adapters::notify::wecom_app::Options;
using engine::ports::Outcome;

constexpr const char* gettoken = "/cgi-bin/gettoken";
constexpr const char* taken_body =
    R"({"errcode":0,"errmsg":"ok","invaliduser":"","unlicenseduser":"","msgid":"m-1"})";
constexpr std::chrono::seconds minute{60};

std::string token(const std::string& text, int life = 7200) {
    return http_answer("200 OK", R"({"errcode":0,"errmsg":"ok","access_token":")" + text +
                                     R"(","expires_in":)" + std::to_string(life) + "}");
}

AppOptions app_options(const std::string& base) {
    AppOptions options;
    options.reaching.allow_private = true;
    options.reaching.timeout = std::chrono::milliseconds{10000};
    options.usage = AppOptions::usual();
    options.base_url = base;
    options.corp_id = "ww1";
    options.secret = "s3cret+xyz12";
    options.agent_id = 1000002;
    return options;
}

std::unique_ptr<WecomApp> make_app(const std::string& base, std::shared_ptr<Courier> courier = {}) {
    if (!courier) courier = std::make_shared<Courier>();
    return std::make_unique<WecomApp>(app_options(base), std::move(courier), [] {
        return std::chrono::sys_time<std::chrono::milliseconds>{
            std::chrono::milliseconds{1'784'000'000'000}};
    });
}

class AppHarness : public NotifierHarness {
  public:
    AppHarness() {
        peer.answer_at(gettoken, token("token-xyz12"));
        mend_far_side();
    }
    std::unique_ptr<engine::ports::Notifier> make() override { return make_app(peer.base()); }
    std::string address() override { return "hrss"; }
    std::vector<Arrived> arrived() override {
        std::vector<Arrived> result;
        for (const auto& request : peer.received())
            if (request.method == "POST") result.push_back({request.body, request.body});
        return result;
    }
    void break_far_side() override { peer.answer_with(http_answer("503 Service Unavailable")); }
    void mend_far_side() override { peer.answer_with(http_answer("200 OK", taken_body)); }

    Peer peer;
};

class AppFaults : public FaultHarness {
  public:
    std::unique_ptr<engine::ports::Notifier> make(const std::string& base) override {
        return make_app(base);
    }
    void prepare(Peer& peer) override { peer.answer_at(gettoken, token("token-xyz12")); }
    std::string taken() override { return taken_body; }
    std::vector<Answered> answers() override {
        return {
            {R"({"errcode":-1,"errmsg":"system busy"})", OutcomeKind::retry, "-1"},
            {R"({"errcode":45009,"errmsg":"x"})", OutcomeKind::retry, "45009", true, minute},
            {R"({"errcode":40014,"errmsg":"x"})", OutcomeKind::retry, "40014", true, minute},
            {R"({"errcode":42001,"errmsg":"x"})", OutcomeKind::retry, "42001", true, minute},
            {R"({"errcode":40001,"errmsg":"x"})", OutcomeKind::rejected, "40001", true},
            {R"({"errcode":40091,"errmsg":"x"})", OutcomeKind::rejected, "40091", true},
            {R"({"errcode":60020,"errmsg":"x"})", OutcomeKind::rejected, "60020", true},
            {R"({"errcode":81013,"errmsg":"x"})", OutcomeKind::rejected, "81013"},
            {R"({"errcode":99999,"errmsg":"x"})", OutcomeKind::rejected, "99999"},
            {R"({"errcode":0,"invaliduser":"hrss"})", OutcomeKind::rejected, "invaliduser"},
            {R"({"errmsg":"ok"})", OutcomeKind::retry, "no_code"},
        };
    }
    std::vector<std::string> credentials() override {
        return {"xyz12", "s3cret", "127.0.0.1", "access_token"};
    }
};

INSTANTIATE_TYPED_TEST_SUITE_P(WecomApp, NotifierContract, AppHarness);
INSTANTIATE_TYPED_TEST_SUITE_P(WecomApp, NotifierFaults, AppFaults);

class WecomAppWire : public ::testing::Test {
  protected:
    WecomAppWire() {
        peer_.answer_at(gettoken, token("token-one"));
        peer_.answer_with(http_answer("200 OK", taken_body));
    }
    Outcome send(engine::ports::Notifier& app, const std::string& address = "hrss",
                 std::vector<std::string> settled = {}) {
        Outcomes outcomes;
        auto message = transmission(address, 1);
        message.settled = std::move(settled);
        app.send(message, outcomes.slot());
        const auto seen = outcomes.wait(1);
        return seen.empty() ? Outcome{} : seen[0];
    }
    std::size_t asked(const std::string& path) const {
        std::size_t count = 0;
        for (const auto& request : peer_.asked())
            if (request.path.starts_with(path)) ++count;
        return count;
    }
    std::string told(const std::string& path) const {
        for (const auto& request : peer_.asked())
            if (request.path.starts_with(path)) return request.path;
        return {};
    }
    Peer peer_;
};

TEST_F(WecomAppWire, OneTokenServesAll) {
    const auto app = make_app(peer_.base());
    Outcomes outcomes;
    for (int i = 0; i < 20; ++i) app->send(transmission("hrss", i), outcomes.slot());
    for (const auto& outcome : outcomes.wait(20))
        EXPECT_EQ(outcome.kind, Outcome::Kind::delivered) << outcome.code;
    EXPECT_EQ(send(*app).provider_id, "m-1");
    EXPECT_EQ(asked(gettoken), 1U);
    EXPECT_EQ(asked("/cgi-bin/message/send"), 21U);
    EXPECT_EQ(told(gettoken), "/cgi-bin/gettoken?corpid=ww1&corpsecret=s3cret%2Bxyz12");
    EXPECT_EQ(told("/cgi-bin/message/send"), "/cgi-bin/message/send?access_token=token-one");
}

TEST_F(WecomAppWire, ATokenNearItsEndIsNotUsedAgain) {
    peer_.answer_at(gettoken, token("token-short", 0));
    const auto app = make_app(peer_.base());
    (void)send(*app);
    (void)send(*app);
    EXPECT_EQ(asked(gettoken), 2U);
}

TEST_F(WecomAppWire, ATokenThatIsRefusedTwiceEndsTheAttempt) {
    for (const char* code : {"40014", "42001"}) {
        Peer peer;
        peer.answer_at(gettoken, token("token-one"));
        peer.answer_at("/cgi-bin/message/send?access_token=token-one",
                       http_answer("200 OK", "{\"errcode\":" + std::string(code) + "}"));
        peer.answer_at("/cgi-bin/message/send?access_token=token-two",
                       http_answer("200 OK", taken_body));
        const auto app = make_app(peer.base());
        Outcomes outcomes;
        app->send(transmission("hrss", 1), outcomes.slot());
        EXPECT_EQ(outcomes.wait(1).at(0).code, code);  // token-one again: refused twice
        peer.answer_at(gettoken, token("token-two"));
        app->send(transmission("hrss", 1), outcomes.slot());
        EXPECT_EQ(outcomes.wait(2).at(1).kind, Outcome::Kind::delivered) << code;
        std::size_t sent = 0;
        for (const auto& request : peer.asked())
            if (request.method == "POST") ++sent;
        EXPECT_EQ(sent, 3U) << code;  // twice, and no more, then once
    }
}

TEST_F(WecomAppWire, ATokenThatWasKeptAndRevokedCostsOneMoreRequest) {
    const auto app = make_app(peer_.base());
    EXPECT_EQ(send(*app).kind, Outcome::Kind::delivered);
    peer_.answer_at("/cgi-bin/message/send?access_token=token-one",
                    http_answer("200 OK", R"({"errcode":40014})"));
    peer_.answer_at(gettoken, token("token-two"));
    EXPECT_EQ(send(*app).kind, Outcome::Kind::delivered);
    EXPECT_EQ(asked(gettoken), 2U);
    EXPECT_EQ(asked("/cgi-bin/message/send?access_token=token-two"), 1U);
    EXPECT_EQ(asked("/cgi-bin/message/send"), 3U);
}

TEST_F(WecomAppWire, WithoutATokenNothingIsSent) {
    struct Row {
        std::string answer;
        Outcome::Kind kind;
        bool concerns_lane;
    };
    const std::vector<Row> rows = {
        {http_answer("200 OK", R"({"errcode":40001})"), Outcome::Kind::rejected, true},
        {http_answer("200 OK", R"({"errcode":60020})"), Outcome::Kind::rejected, true},
        {http_answer("200 OK", R"({"errcode":-1})"), Outcome::Kind::retry, false},
        {http_answer("200 OK", R"({"errcode":45009})"), Outcome::Kind::retry, true},
        {http_answer("502 Bad Gateway"), Outcome::Kind::retry, false},
        {http_answer("200 OK", "<html>"), Outcome::Kind::retry, false},
        {"", Outcome::Kind::retry, false},
    };
    for (const auto& [answer, kind, concerns_lane] : rows) {
        peer_.answer_at(gettoken, answer);
        const auto outcome = send(*make_app(peer_.base()));
        EXPECT_EQ(outcome.kind, kind) << outcome.code;
        EXPECT_EQ(outcome.concerns_lane, concerns_lane) << outcome.code;
    }
    EXPECT_EQ(asked("/cgi-bin/message/send"), 0U);
}

TEST_F(WecomAppWire, WhatIsSettledIsNotSentToAgain) {
    const auto app = make_app(peer_.base());
    peer_.answer_with(http_answer(
        "200 OK", R"({"errcode":0,"invaliduser":"lisi","unlicenseduser":"","msgid":"m"})"));
    const Outcome partly = send(*app, "zhangsan|lisi|wangwu", {"wangwu"});
    EXPECT_EQ(partly.kind, Outcome::Kind::delivered);
    ASSERT_EQ(partly.recipients.size(), 2U);
    EXPECT_EQ(partly.recipients[1].name, "lisi");
    EXPECT_EQ(partly.recipients[1].kind, Outcome::Kind::rejected);
    EXPECT_EQ(boost::json::parse(peer_.received().back().body).at("touser"), "zhangsan|lisi");
    const auto before = peer_.asked().size();
    EXPECT_EQ(send(*app, "a|b", {"a", "b"}).kind, Outcome::Kind::delivered);
    EXPECT_EQ(send(*app, "@all").code, "address");
    EXPECT_EQ(peer_.asked().size(), before);
}

TEST_F(WecomAppWire, TheNotifierMayGoWhileSomethingIsUnderWay) {
    const auto courier = std::make_shared<Courier>();
    Outcomes outcomes;
    for (int round = 0; round < 20; ++round)
        make_app(peer_.base(), courier)->send(transmission("hrss", round), outcomes.slot());
    for (const auto& outcome : outcomes.wait(20))
        EXPECT_EQ(outcome.kind, Outcome::Kind::delivered) << outcome.code;
}

}  // namespace
}  // namespace jinqiao::tests
