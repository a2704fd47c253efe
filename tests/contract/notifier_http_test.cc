// A channel made in YAML, over a real socket, read by the loader that reads it in the daemon; the
// first one is the example of adapters/notify/README.md, as it stands there.
#include <stdlib.h>

#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>

#include "adapters/notify/http/http.h"
#include "config/files.h"
#include "config/load.h"
#include "tests/contract/notifier_contract.h"
#include "tests/contract/notifier_faults.h"
#include "tests/support/scratch_dir.h"

namespace jinqiao::tests {
namespace {

namespace http = adapters::notify::http;
using adapters::notify::courier::Courier;
using engine::ports::Outcome;

// What a file of channels with one of kind http comes to.
http::Options read_options(const std::string& yaml) {
    const support::ScratchDir dir;
    const auto file = dir.path() / "channels.yaml";
    std::ofstream(file) << yaml;
    config::Faults faults;
    const auto channels = config::load_channels(file, faults);
    EXPECT_EQ(channels.size(), 1U);
    http::Options options;
    if (!channels.empty()) {
        EXPECT_EQ(channels[0].kind, "http");
        const auto section = config::open(channels[0], faults);
        options = http::Options::read(*section);
        const auto rate = section->section("rate");  // of every kind
        (void)rate->integer("burst", 0, 10000, 0);
        (void)rate->span("every", std::chrono::seconds{1});
    }
    EXPECT_TRUE(faults.empty()) << (faults.empty() ? "" : faults[0].expected.code);
    return options;
}

std::unique_ptr<engine::ports::Notifier> make_http(const std::string& yaml) {
    return http::make(read_options(yaml), std::make_shared<Courier>(), [] {
        return std::chrono::sys_time<std::chrono::milliseconds>{
            std::chrono::milliseconds{1'784'000'000'000}};
    });
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

// The YAML of the README's walk-through, with another address.
std::string readme_example(const std::string& base) {
    std::ostringstream page;
    page << std::ifstream(std::string(JINQIAO_SOURCE_DIR) + "/adapters/notify/README.md").rdbuf();
    const std::string text = page.str();
    const auto section = text.find("## Adding a channel in YAML");
    const std::string fence = "```yaml\n";
    const auto from = text.find(fence, section);
    const auto until = text.find("```", from + fence.size());
    EXPECT_NE(until, std::string::npos);
    setenv("SMS_GATEWAY_TOKEN", "token-xyz12", 1);
    return replaced(text.substr(from + fence.size(), until - from - fence.size()),
                    "http://10.8.0.5:8090", base);
}

constexpr const char* taken_body = R"({"code": 0, "data": {"id": "m-77"}})";

class GatewayHarness : public NotifierHarness {
  public:
    GatewayHarness() { mend_far_side(); }
    std::unique_ptr<engine::ports::Notifier> make() override {
        return make_http(readme_example(peer.base()));
    }
    std::string address() override { return "13800000000"; }
    std::vector<Arrived> arrived() override {
        std::vector<Arrived> result;
        for (const auto& request : peer.received()) {
            const auto body = boost::json::parse(request.body);
            result.push_back({std::string(body.at("seq").as_string()), request.body});
        }
        return result;
    }
    void break_far_side() override { peer.answer_with(http_answer("200 OK", R"({"code": 5001})")); }
    void mend_far_side() override { peer.answer_with(http_answer("200 OK", taken_body)); }

    Peer peer;
};

class GatewayFaults : public FaultHarness {
  public:
    std::unique_ptr<engine::ports::Notifier> make(const std::string& base) override {
        return make_http(readme_example(base));
    }
    std::string taken() override { return taken_body; }
    std::vector<Answered> answers() override {
        constexpr std::chrono::seconds minute{60};
        return {
            {R"({"code":5001})", OutcomeKind::retry, "5001"},
            {R"({"code":5002})", OutcomeKind::retry, "5002", true, minute},
            {R"({"code":4001})", OutcomeKind::rejected, "4001"},
            {R"({"code":4010})", OutcomeKind::rejected, "4010", true},
            {R"({"code":"4020"})", OutcomeKind::rejected, "4020", true},
            {R"({"code":1234})", OutcomeKind::rejected, "1234"},
            {R"({"code":"token-xyz12"})", OutcomeKind::rejected, "hidden"},
            {"", OutcomeKind::rejected, "401", true, {}, http_answer("401 Unauthorized")},
            {"",
             OutcomeKind::rejected,
             "4001",
             false,
             {},
             http_answer("400 Bad Request", R"({"code":4001})")},
        };
    }
    std::vector<std::string> credentials() override { return {"xyz12", "127.0.0.1"}; }
    std::string address() override { return "13800000000"; }
};

INSTANTIATE_TYPED_TEST_SUITE_P(HttpReadme, NotifierContract, GatewayHarness);
INSTANTIATE_TYPED_TEST_SUITE_P(HttpReadme, NotifierFaults, GatewayFaults);

class HttpWire : public ::testing::Test {
  protected:
    Outcome send(const std::string& yaml, const std::string& address = "13800000000") {
        const auto notifier = make_http(yaml);
        Outcomes outcomes;
        notifier->send(transmission(address, 1), outcomes.slot());
        const auto seen = outcomes.wait(1);
        return seen.empty() ? Outcome{} : seen[0];
    }
    std::string channel(const std::string& options) const {
        return "channels:\n  c:\n    kind: http\n    allow_private: true\n" + options;
    }
    Peer peer_;
};

TEST_F(HttpWire, TheExampleOfTheReadmeSendsWhatItSays) {
    peer_.answer_with(http_answer("200 OK", taken_body));
    const Outcome outcome = send(readme_example(peer_.base()));
    EXPECT_EQ(outcome.kind, Outcome::Kind::delivered) << outcome.code;
    EXPECT_EQ(outcome.provider_id, "m-77");
    ASSERT_EQ(peer_.received().size(), 1U);
    const auto request = peer_.received()[0];
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/api/send");
    EXPECT_EQ(request.headers.at("x-token"), "token-xyz12");
    EXPECT_EQ(request.headers.at("content-type"), "application/json; charset=utf-8");
    const auto body = boost::json::parse(request.body);
    EXPECT_EQ(body.at("phone"), "13800000000");
    EXPECT_EQ(body.at("content"), "橙色预警 JQ-2026-000123，请签收。");
    EXPECT_EQ(body.at("seq"), "01jdelivery-1");
    const auto usage = read_options(readme_example(peer_.base())).usage;
    EXPECT_TRUE(usage.recognises_repeats);
    EXPECT_EQ(usage.text_limit, 500U);
}

TEST_F(HttpWire, AnAddressMayHoldEverything) {
    setenv("SMS_GATEWAY_TOKEN", "p&w=d", 1);
    const Outcome outcome =
        send(channel("    method: GET\n    secrets: {password: {env: SMS_GATEWAY_TOKEN}}\n"
                     "    plain_url: " +
                     peer_.base() +
                     "/send?user=jq&pwd={{secret.password}}&to={{address}}&text={{grade}}\n"),
             "138 00&x=1");
    EXPECT_EQ(outcome.kind, Outcome::Kind::delivered) << outcome.code;
    ASSERT_EQ(peer_.received().size(), 1U);
    EXPECT_EQ(peer_.received()[0].method, "GET");
    EXPECT_EQ(peer_.received()[0].path,
              "/send?user=jq&pwd=p%26w%3Dd&to=138%2000%26x%3D1&text=orange");
    EXPECT_EQ(peer_.received()[0].body, "");
}

TEST_F(HttpWire, AFormIsPutAndSigned) {
    setenv("SMS_GATEWAY_TOKEN", "token-xyz12", 1);
    const Outcome outcome =
        send(channel("    method: PUT\n    plain_url: " + peer_.url() +
                     "\n    body_format: form\n    body: to={{address}}&n={{number}}\n"
                     "    secret: {env: SMS_GATEWAY_TOKEN}\n    sign: {scheme: bearer}\n"));
    EXPECT_EQ(outcome.kind, Outcome::Kind::delivered) << outcome.code;
    ASSERT_EQ(peer_.received().size(), 1U);
    const auto request = peer_.received()[0];
    EXPECT_EQ(request.method, "PUT");
    EXPECT_EQ(request.headers.at("content-type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(request.headers.at("authorization"), "Bearer token-xyz12");
    EXPECT_EQ(request.body, "to=13800000000&n=JQ-2026-000123");
}

TEST_F(HttpWire, EachAddressMayHaveAPlaceOfItsOwn) {
    const std::string yaml = channel(
        "    body: '{\"t\": \"{{text}}\"}'\n    endpoints:\n"
        "      hrss: {plain_url: \"" +
        peer_.base() + "/hrss\"}\n");
    EXPECT_EQ(send(yaml, "hrss").kind, Outcome::Kind::delivered);
    EXPECT_EQ(send(yaml, "police").code, "no_endpoint");
    ASSERT_EQ(peer_.asked().size(), 1U);
    EXPECT_EQ(peer_.asked()[0].path, "/hrss");
    EXPECT_EQ(make_http(yaml)->lane("hrss"), "hrss");
}

TEST_F(HttpWire, PrivateTargetsAreReachedOnPurposeOnly) {
    http::Options options =
        read_options(channel("    body: '{\"t\": \"{{text}}\"}'\n"
                             "    plain_url: " +
                             peer_.url() + "\n"));
    options.reaching.allow_private = false;
    const auto notifier = http::make(options, std::make_shared<Courier>(), [] {
        return std::chrono::sys_time<std::chrono::milliseconds>{};
    });
    Outcomes outcomes;
    notifier->send(transmission("1", 1), outcomes.slot());
    EXPECT_EQ(outcomes.wait(1).at(0).kind, Outcome::Kind::rejected);
    EXPECT_EQ(outcomes.wait(1).at(0).code, "refused_address");
    EXPECT_TRUE(peer_.asked().empty());
}

}  // namespace
}  // namespace jinqiao::tests
