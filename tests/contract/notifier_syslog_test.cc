#include <gtest/gtest.h>

#include "adapters/notify/syslog/syslog.h"
#include "tests/contract/log_peer.h"
#include "tests/contract/notifier_contract.h"
#include "tests/support/scratch_dir.h"

namespace jinqiao::tests {
namespace {

using adapters::notify::syslog::Syslog;
using SyslogOptions = adapters::notify::syslog::Options;
using engine::ports::Outcome;
using Kind = Outcome::Kind;
using Transport = SyslogOptions::Transport;

SyslogOptions options_for(const LogPeer& peer, Transport transport) {
    SyslogOptions options;
    options.transport = transport;
    options.path = peer.path();
    options.server = "127.0.0.1";
    options.port = peer.port();
    options.hostname = "host1";
    options.timeout = std::chrono::milliseconds{5000};
    return options;
}

template <LogPeer::Kind kind, Transport transport>
class SyslogHarness : public NotifierHarness {
  public:
    SyslogHarness() : peer_(kind, nullptr, dir_.path()) {}
    std::unique_ptr<engine::ports::Notifier> make() override {
        return std::make_unique<Syslog>(options_for(peer_, transport));
    }
    std::string address() override { return "soc"; }
    // The outcome comes when a message has left, so it may still be on its way.
    std::vector<Arrived> arrived() override {
        std::vector<Arrived> result;
        for (const auto& message : peer_.settled()) {
            const auto at = message.find("id=\"");
            result.push_back({message.substr(at, message.find('"', at + 4) - at), message});
        }
        return result;
    }
    void break_far_side() override { peer_.stop(); }
    void mend_far_side() override { peer_.start(); }

  private:
    support::ScratchDir dir_;
    LogPeer peer_;
};

using Tcp = SyslogHarness<LogPeer::Kind::tcp, Transport::tcp>;
using Local = SyslogHarness<LogPeer::Kind::local, Transport::unix_socket>;
INSTANTIATE_TYPED_TEST_SUITE_P(SyslogTcp, NotifierContract, Tcp);
INSTANTIATE_TYPED_TEST_SUITE_P(SyslogLocal, NotifierContract, Local);

class SyslogWire : public testing::Test {
  protected:
    static Outcome send(Syslog& notifier, int number = 1) {
        Outcomes outcomes;
        auto message = transmission("soc", number);
        message.patience = std::chrono::milliseconds{5000};
        notifier.send(message, outcomes.slot());
        const auto seen = outcomes.wait(1);
        EXPECT_EQ(seen.size(), 1U);
        return seen.empty() ? Outcome{} : seen[0];
    }
    Outcome send(const SyslogOptions& options) {
        Syslog notifier(options);
        return send(notifier);
    }
    SyslogOptions encrypted(const LogPeer& peer, const std::string& name,
                            const std::string& authorities) {
        SyslogOptions options = options_for(peer, Transport::tls);
        options.server = name;
        options.authorities = authorities;
        return options;
    }
    support::ScratchDir dir_;
    const SmtpCertificate certificate_{"localhost"};
};

TEST_F(SyslogWire, DeliveredSaysNoMoreThanIsKnown) {
    const LogPeer peer(LogPeer::Kind::udp, nullptr, dir_.path());
    const Outcome outcome = send(options_for(peer, Transport::udp));
    EXPECT_EQ(outcome.kind, Kind::delivered);
    EXPECT_EQ(outcome.code, "handed_over");
    EXPECT_TRUE(peer.wait(1).at(0).starts_with("<133>1 "));
}

TEST_F(SyslogWire, OneConnectionCarriesAll) {
    const LogPeer peer(LogPeer::Kind::tcp, nullptr, dir_.path());
    Syslog notifier(options_for(peer, Transport::tcp));
    for (int i = 0; i < 5; ++i) EXPECT_EQ(send(notifier, i).kind, Kind::delivered);
    EXPECT_EQ(peer.wait(5).size(), 5U);
    EXPECT_EQ(peer.connections(), 1U);
}

TEST_F(SyslogWire, WhatTheServerClosedIsOpenedAnew) {
    LogPeer peer(LogPeer::Kind::tcp, nullptr, dir_.path());
    Syslog notifier(options_for(peer, Transport::tcp));
    EXPECT_EQ(send(notifier, 1).kind, Kind::delivered);
    EXPECT_EQ(peer.wait(1).size(), 1U);
    peer.hang_up();
    EXPECT_EQ(send(notifier, 2).kind, Kind::delivered);
    EXPECT_EQ(peer.wait(2).size(), 2U);
    EXPECT_EQ(peer.connections(), 2U);
}

TEST_F(SyslogWire, ALocalDaemonThatStartedAnewIsFound) {
    LogPeer peer(LogPeer::Kind::local, nullptr, dir_.path());
    Syslog notifier(options_for(peer, Transport::unix_socket));
    EXPECT_EQ(send(notifier, 1).kind, Kind::delivered);
    peer.stop();
    peer.start();
    EXPECT_EQ(send(notifier, 2).kind, Kind::delivered);
    EXPECT_EQ(peer.wait(2).size(), 2U);
}

TEST_F(SyslogWire, TlsIsForWhoeverIsWhoItSays) {
    LogPeer peer(LogPeer::Kind::tls, &certificate_, dir_.path());
    Syslog notifier(encrypted(peer, "localhost", certificate_.pem()));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(send(notifier, i).code, "handed_over");
    EXPECT_EQ(peer.wait(3).size(), 3U);
    EXPECT_EQ(peer.connections(), 1U);
    peer.hang_up();
    EXPECT_EQ(send(notifier, 4).code, "handed_over");
    EXPECT_EQ(peer.wait(4).size(), 4U);
}

TEST_F(SyslogWire, NobodyElseGetsAnything) {
    const LogPeer peer(LogPeer::Kind::tls, &certificate_, dir_.path());
    const SmtpCertificate other("localhost");
    for (const auto& options :
         {encrypted(peer, "127.0.0.1", certificate_.pem()), encrypted(peer, "localhost", {}),
          encrypted(peer, "localhost", other.pem())}) {
        const Outcome outcome = send(options);
        EXPECT_EQ(outcome.kind, Kind::retry);
        EXPECT_EQ(outcome.code, "tls_certificate");
    }
    const LogPeer plain(LogPeer::Kind::tcp, nullptr, dir_.path());
    EXPECT_EQ(send(encrypted(plain, "localhost", certificate_.pem())).kind, Kind::retry);
}

TEST_F(SyslogWire, InPlainTextNothingLeavesThePrivateNetwork) {
    const LogPeer peer(LogPeer::Kind::udp, nullptr, dir_.path());
    for (const auto transport : {Transport::udp, Transport::tcp}) {
        SyslogOptions options = options_for(peer, transport);
        options.server = "8.8.8.8";  // no packet leaves: the address is judged before
        const Outcome outcome = send(options);
        EXPECT_EQ(outcome.kind, Kind::retry);
        EXPECT_EQ(outcome.code, "refused_address");
    }
}

TEST_F(SyslogWire, NobodyListening) {
    SyslogOptions options;
    options.path = (dir_.path() / "nowhere").string();
    EXPECT_EQ(send(options).code, "connect");
    LogPeer peer(LogPeer::Kind::tcp, nullptr, dir_.path());
    peer.stop();
    EXPECT_EQ(send(options_for(peer, Transport::tcp)).code, "connect");
    options = options_for(peer, Transport::tcp);
    options.server = "no-such-host.invalid";
    EXPECT_EQ(send(options).code, "resolve");
}

TEST_F(SyslogWire, ADatagramThatCannotBeIsRejected) {
    const LogPeer peer(LogPeer::Kind::udp, nullptr, dir_.path());
    SyslogOptions options = options_for(peer, Transport::udp);
    options.most = 500'000;
    Outcomes outcomes;
    Syslog notifier(options);
    auto message = transmission("soc", 1);
    message.text = std::string(400'000, 'x');
    notifier.send(message, outcomes.slot());
    const auto seen = outcomes.wait(1);
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].kind, Kind::rejected);
    EXPECT_EQ(seen[0].code, "too_long");
}

}  // namespace
}  // namespace jinqiao::tests
