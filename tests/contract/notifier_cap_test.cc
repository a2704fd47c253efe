#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/notify/cap/cap.h"
#include "tests/contract/notifier_contract.h"
#include "tests/contract/notifier_peer.h"
#include "tests/support/scratch_dir.h"

namespace jinqiao::tests {
namespace {

namespace fs = std::filesystem;
using adapters::notify::cap::Cap;
using CapOptions = adapters::notify::cap::Options;
using adapters::notify::courier::Courier;
using engine::ports::Outcome;
using Kind = Outcome::Kind;

std::chrono::sys_seconds some_time() { return std::chrono::sys_seconds{}; }

std::string part_of(const std::string& document, const std::string& name) {
    const auto from = document.find("<" + name + ">");
    if (from == std::string::npos) return {};
    const auto begin = from + name.size() + 2;
    return document.substr(begin, document.find('<', begin) - begin);
}

class CapFolder : public NotifierHarness {
  public:
    std::unique_ptr<engine::ports::Notifier> make() override {
        CapOptions options;
        options.folder = dir_.path() / "out";
        options.ledger = dir_.path() / "cap";
        options.issuer.sender = "jinqiao@zone.example";
        return std::make_unique<Cap>(options, nullptr, some_time);
    }
    std::string address() override { return "emergency"; }
    std::vector<Arrived> arrived() override {
        std::vector<Arrived> result;
        const auto folder = dir_.path() / "out" / "emergency";
        if (!fs::is_directory(folder)) return result;
        for (const auto& entry : fs::directory_iterator(folder)) {
            std::ostringstream text;
            text << std::ifstream(entry.path()).rdbuf();
            result.push_back({entry.path().filename().string(), text.str()});
        }
        return result;
    }
    void break_far_side() override { std::ofstream(dir_.path() / "out") << "in the way"; }
    void mend_far_side() override { fs::remove(dir_.path() / "out"); }

  private:
    support::ScratchDir dir_;
};

class CapPost : public NotifierHarness {
  public:
    CapPost() { mend_far_side(); }
    std::unique_ptr<engine::ports::Notifier> make() override {
        CapOptions options;
        options.url = peer.url();
        options.authorization = "Bearer hunter2";
        options.reaching.allow_private = true;
        options.ledger = dir_.path() / "cap";
        options.issuer.sender = "jinqiao@zone.example";
        return std::make_unique<Cap>(options, courier_, some_time);
    }
    std::string address() override { return "emergency"; }
    std::vector<Arrived> arrived() override {
        std::vector<Arrived> result;
        for (const auto& each : peer.received())
            result.push_back({part_of(each.body, "identifier"), each.body});
        return result;
    }
    void break_far_side() override {
        peer.answer_with("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    }
    void mend_far_side() override {
        peer.answer_with("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    }
    Peer peer;

  private:
    support::ScratchDir dir_;
    std::shared_ptr<Courier> courier_ = std::make_shared<Courier>();
};

INSTANTIATE_TYPED_TEST_SUITE_P(CapFolder, NotifierContract, CapFolder);

INSTANTIATE_TYPED_TEST_SUITE_P(CapPost, NotifierContract, CapPost);

Outcome send(engine::ports::Notifier& notifier, int number) {
    Outcomes outcomes;
    notifier.send(transmission("emergency", number), outcomes.slot());
    const auto seen = outcomes.wait(1);
    EXPECT_EQ(seen.size(), 1U);
    return seen.empty() ? Outcome{} : seen[0];
}

TEST(CapWire, IsPostedAsWhatItIs) {
    CapPost far;
    const auto notifier = far.make();
    EXPECT_EQ(send(*notifier, 1).code, "202");
    const auto received = far.peer.received();
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received[0].headers.at("content-type"), "application/cap+xml");
    EXPECT_EQ(received[0].headers.at("authorization"), "Bearer hunter2");
}

TEST(CapWire, AnUpdateNamesWhatWasTakenAndNothingElse) {
    CapPost far;
    auto notifier = far.make();
    far.break_far_side();
    EXPECT_EQ(send(*notifier, 1).kind, Kind::retry);
    far.mend_far_side();
    EXPECT_EQ(send(*notifier, 2).kind, Kind::delivered);
    notifier = far.make();  // as after a restart
    EXPECT_EQ(send(*notifier, 3).kind, Kind::delivered);
    far.peer.answer_with("");  // takes it and hangs up: nobody knows
    EXPECT_EQ(send(*notifier, 4).kind, Kind::unknown);
    far.mend_far_side();
    EXPECT_EQ(send(*notifier, 5).kind, Kind::delivered);
    const auto received = far.peer.received();
    ASSERT_EQ(received.size(), 3U);  // the peer keeps what it has taken
    const auto reference = [](const Peer::Received& one) {
        return "jinqiao@zone.example," + part_of(one.body, "identifier") + "," +
               part_of(one.body, "sent");
    };
    EXPECT_EQ(part_of(received[0].body, "msgType"), "Alert");
    EXPECT_EQ(part_of(received[1].body, "references"), reference(received[0]));
    EXPECT_EQ(part_of(received[2].body, "references"), reference(received[1]));
    EXPECT_EQ(part_of(received[2].body, "identifier"), "01jdelivery-5");
}

TEST(CapWire, AReceiverThatIsGoneConcernsAll) {
    CapPost far;
    const auto notifier = far.make();
    far.peer.answer_with("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");
    const Outcome outcome = send(*notifier, 1);
    EXPECT_EQ(outcome.kind, Kind::rejected);
    EXPECT_TRUE(outcome.concerns_lane);
}

}  // namespace
}  // namespace jinqiao::tests
