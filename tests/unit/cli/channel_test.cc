// One message by a configured channel, and every step of it said.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>

#include "adapters/cli/channel/secrets_of.h"
#include "adapters/echo/server.h"
#include "config/files.h"
#include "tests/support/scratch_dir.h"
#include "tests/unit/cli/ran.h"

namespace jinqiao::adapters::cli {
namespace {

class ChannelCommand : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(echo_.start({"127.0.0.1", 0}));
        std::ofstream(dir_.path() / "secret") << "secret-xyz\n";
        std::ofstream(dir_.path() / "wrong") << "wrong-xyz\n";
        std::ofstream(dir_.path() / "organisation.yaml")
            << "posts:\n  - id: desk\n    contacts: [{channel: text, address: \"13812345678\"}]\n";
        std::ofstream file(dir_.path() / "channels.yaml");
        file << "channels:\n  spool: {kind: file}\n";
        messages(file, "text", "secret");
        messages(file, "stolen", "wrong");
        file << "  broken: {kind: sms, provider: huawei}\n";
    }
    void messages(std::ostream& file, const std::string& name, const std::string& secret) {
        file << "  " << name << ":\n    kind: sms\n    provider: tencent\n    sign_name: 金桥\n"
             << "    sdk_app_id: \"14\"\n    access_key_id: {file: secret}\n"
             << "    access_key_secret: {file: " << secret << "}\n    templates: {default: \"1\"}\n"
             << "    variables: {\"1\": {1: grade}}\n    allow_private: true\n"
             << "    base_url: http://127.0.0.1:" << echo_.port()
             << "\n"
             // What every channel has is no unknown option here either.
             << "    rate: {burst: 7}\n    delivery: {concurrency: 3}\n    texts: sms\n";
    }
    Ran tries(const std::string& name, std::vector<std::string> more = {}) {
        std::vector<std::string> words{"--lang",
                                       "en",
                                       "channel",
                                       "test",
                                       name,
                                       "--config",
                                       dir_.path().string(),
                                       "--data",
                                       dir_.path().string()};
        words.insert(words.end(), more.begin(), more.end());
        auto result = ran(words);
        EXPECT_EQ((result.out + result.err).find("xyz"), std::string::npos);
        return result;
    }
    static bool holds(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }

    tests::support::ScratchDir dir_;
    std::shared_ptr<echo::Script> script_ = std::make_shared<echo::Script>();
    echo::Settings known_{{{"tencent", {"secret-xyz"}}}, std::chrono::seconds{60}, {}};
    echo::Server echo_{known_, script_, {}};
};

TEST_F(ChannelCommand, SaysEachStepOfAMessageThatIsTaken) {
    const Ran tried = tries("text");
    EXPECT_EQ(tried.code, 0) << tried.out << tried.err;
    EXPECT_TRUE(holds(tried.out, "channel text, kind sms"));
    EXPECT_TRUE(holds(tried.out, "access_key_id, access_key_secret"));
    EXPECT_TRUE(holds(tried.out, "of the first contact): 138****5678"));
    EXPECT_TRUE(holds(tried.out, "Taken: code Ok"));
    EXPECT_FALSE(holds(tried.out, "13812345678"));
}

TEST_F(ChannelCommand, SaysWhatToDoAboutARefusedKey) {
    const Ran tried = tries("stolen", {"--address", "13812345678"});
    EXPECT_EQ(tried.code, 3);
    EXPECT_TRUE(holds(tried.out, "AuthFailure.SignatureFailure")) << tried.out;
    EXPECT_TRUE(holds(tried.out, "check access_key_id and access_key_secret")) << tried.out;
}

TEST_F(ChannelCommand, TellsOfEachRecipientWithItsOutcome) {
    ASSERT_TRUE(script_->add("refuse 0001 FailedOperation.PhoneNumberInBlacklist"));
    const Ran tried = tries("text", {"--address", "13812345678,13900000001", "--json"});
    EXPECT_EQ(tried.code, 0);
    const auto answer = boost::json::parse(tried.out);
    EXPECT_EQ(answer.at("outcome"), "delivered");
    EXPECT_EQ(answer.at("recipients").at(1).at("outcome"), "rejected");
    EXPECT_EQ(answer.at("recipients").at(1).at("name"), "139****0001");
}

TEST_F(ChannelCommand, ExitCodesTellRefusedFromNotNow) {
    ASSERT_TRUE(script_->add("errcode InvalidParameterValue.IncorrectPhoneNumber\nstatus 503"));
    EXPECT_EQ(tries("text").code, 1);
    EXPECT_EQ(tries("text").code, 3);
    EXPECT_EQ(tries("text", {"--address", "desk"}).code, 2);
    EXPECT_EQ(tries("spool").code, 2);  // nobody is told by it
    EXPECT_EQ(tries("spool", {"--address", "desk"}).code, 0);
    EXPECT_TRUE(std::filesystem::exists(dir_.path() / "spool" / "desk"));
    EXPECT_EQ(tries("broken", {"--address", "desk"}).code, 1);
    EXPECT_EQ(tries("nothing").code, 1);
}

TEST_F(ChannelCommand, TheListShowsNothingOfTheOptions) {
    std::ofstream(dir_.path() / "channels.yaml") << "channels:\n  spool: {kind: file}\n";
    {
        std::ofstream file(dir_.path() / "channels.yaml", std::ios::app);
        messages(file, "text", "secret");
    }
    const Ran listed = ran({"--json", "channel", "list", "--config", dir_.path().string()});
    EXPECT_EQ(listed.code, 0);
    const auto answer = boost::json::parse(listed.out);
    const auto& channels = answer.at("channels").as_array();
    ASSERT_EQ(channels.size(), 2U);
    EXPECT_EQ(channels[1].at("name"), "text");
    EXPECT_EQ(channels[1].at("kind"), "sms");
    EXPECT_EQ(channels[1].at("burst"), 7);
    EXPECT_EQ(channels[1].at("concurrency"), 3);
    EXPECT_FALSE(holds(listed.out, "127.0.0.1"));
    EXPECT_TRUE(holds(ran({"channel", "list", "--config", dir_.path().string()}).out, "text"));
}

TEST_F(ChannelCommand, TheCounterpartKnowsWhatTheChannelsSignBy) {
    config::Faults faults;
    const auto secrets =
        channel::secrets_of(config::load_channels(dir_.path() / "channels.yaml", faults));
    ASSERT_EQ(secrets.size(), 1U);
    EXPECT_EQ(secrets.at("tencent"), (std::vector<std::string>{"secret-xyz", "wrong-xyz"}));
}

}  // namespace
}  // namespace jinqiao::adapters::cli
