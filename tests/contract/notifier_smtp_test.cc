#include <gtest/gtest.h>

#include "adapters/notify/smtp/smtp.h"
#include "tests/contract/notifier_contract.h"
#include "tests/contract/smtp_peer.h"

namespace jinqiao::tests {
namespace {

using adapters::notify::courier::MailServer;
using adapters::notify::courier::Reach;
using SmtpOptions = adapters::notify::smtp::Options;
using adapters::notify::smtp::Smtp;
using engine::ports::Outcome;
using Tls = MailServer::Tls;

std::string header_of(const std::string& message, const std::string& name) {
    const auto at = message.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto from = at + name.size() + 4;
    return message.substr(from, message.find("\r\n", from) - from);
}

SmtpOptions plain_options(int port) {
    SmtpOptions options;
    options.server.tls = Tls::none;
    options.server.host = "127.0.0.1";
    options.server.port = port;
    options.server.hello = "example.test";
    options.server.reach = Reach::private_only;
    options.head.from = "alerts@example.test";
    options.timeout = std::chrono::milliseconds{5000};
    return options;
}

class SmtpHarness : public NotifierHarness {
  public:
    std::unique_ptr<engine::ports::Notifier> make() override {
        return std::make_unique<Smtp>(plain_options(peer.port()));
    }
    std::string address() override { return "hrss@example.test"; }
    std::vector<Arrived> arrived() override {
        std::vector<Arrived> result;
        for (const auto& mail : peer.received())
            result.push_back({header_of(mail.message, "Message-ID"), readable(mail.message)});
        return result;
    }
    void break_far_side() override { peer.play({{{"greeting", "421 4.3.2 closing\r\n"}}}); }
    void mend_far_side() override { peer.play({}); }

    // The message as it is, and after it the text that its base64 means.
    static std::string readable(const std::string& message);

    SmtpPeer peer;
};

std::string SmtpHarness::readable(const std::string& message) {
    return message + from_base64(message.substr(message.find("\r\n\r\n") + 4));
}

INSTANTIATE_TYPED_TEST_SUITE_P(Smtp, NotifierContract, SmtpHarness);

class SmtpWire : public ::testing::Test {
  protected:
    SmtpOptions encrypted(Tls tls, const SmtpCertificate& certificate, const std::string& name) {
        SmtpOptions options = plain_options(peer_.port());
        options.server.tls = tls;
        options.server.host = name;
        options.server.reach = Reach::anywhere;
        options.server.authorities = certificate.pem();
        options.server.user = "alerts";
        options.server.password = "open sesame";
        return options;
    }
    Outcome send(const SmtpOptions& options, const std::string& address = "hrss@example.test") {
        Outcomes outcomes;
        Smtp notifier(options);
        auto message = transmission(address, 1);
        message.patience = patience_;
        notifier.send(message, outcomes.slot());
        const auto seen = outcomes.wait(1);
        EXPECT_EQ(seen.size(), 1U);
        return seen.empty() ? Outcome{} : seen[0];
    }
    Outcome answered(const std::string& command, const std::string& answer) {
        peer_.play({{{command, answer}}});
        return send(plain_options(peer_.port()));
    }
    bool said(const std::string& beginning) {
        for (const auto& line : peer_.commands())
            if (line.starts_with(beginning)) return true;
        return false;
    }

    const SmtpCertificate certificate_{"localhost"};
    SmtpPeer peer_;  // after what its script points to
    std::chrono::milliseconds patience_{5000};
};

TEST_F(SmtpWire, ATakenMailIsDeliveredUnderTheNameOfTheQueue) {
    const Outcome outcome = send(plain_options(peer_.port()));
    EXPECT_EQ(outcome.kind, Outcome::Kind::delivered) << outcome.code;
    EXPECT_EQ(outcome.code, "250 2.0.0");
    EXPECT_EQ(outcome.provider_id, "4Zx7Qw1bN2z");
    const auto received = peer_.received();
    ASSERT_EQ(received.size(), 1U);
    EXPECT_TRUE(received[0].from.starts_with("<alerts@example.test>")) << received[0].from;
    EXPECT_EQ(received[0].to, "<hrss@example.test>");
    EXPECT_TRUE(said("EHLO example.test"));
}

TEST_F(SmtpWire, ImplicitTlsIsUsedAndTheServerIsVerified) {
    SmtpPeer::Script script;
    script.certificate = &certificate_;
    script.tls_at_once = true;
    for (const auto* mechanisms : {"PLAIN LOGIN", "PLAIN", "LOGIN"}) {
        script.mechanisms = mechanisms;
        peer_.play(script);
        const Outcome outcome = send(encrypted(Tls::implicit, certificate_, "localhost"));
        EXPECT_EQ(outcome.kind, Outcome::Kind::delivered) << mechanisms << outcome.code;
        EXPECT_TRUE(peer_.received().back().encrypted);
        EXPECT_EQ(peer_.received().back().login, "alerts open sesame") << mechanisms;
    }
}

TEST_F(SmtpWire, StarttlsComesBeforeLoginAndMail) {
    SmtpPeer::Script script;
    script.certificate = &certificate_;
    script.starttls = true;
    script.mechanisms = "PLAIN LOGIN";
    peer_.play(script);
    EXPECT_EQ(send(encrypted(Tls::starttls, certificate_, "localhost")).kind,
              Outcome::Kind::delivered);
    ASSERT_EQ(peer_.received().size(), 1U);
    EXPECT_TRUE(peer_.received()[0].encrypted);
    EXPECT_EQ(peer_.received()[0].login, "alerts open sesame");
}

TEST_F(SmtpWire, WithoutStarttlsNothingIsSaid) {
    peer_.play({{}, nullptr, false, false, "PLAIN LOGIN"});
    Outcome outcome = send(encrypted(Tls::starttls, certificate_, "localhost"));
    EXPECT_EQ(outcome.kind, Outcome::Kind::retry);
    EXPECT_EQ(outcome.code, "starttls");
    peer_.play(
        {{{"STARTTLS", "454 4.7.0 not now\r\n"}}, &certificate_, false, true, "PLAIN LOGIN"});
    outcome = send(encrypted(Tls::starttls, certificate_, "localhost"));
    EXPECT_EQ(outcome.kind, Outcome::Kind::retry);
    EXPECT_EQ(outcome.code, "454 4.7.0");
    EXPECT_FALSE(said("AUTH"));
    EXPECT_FALSE(said("MAIL"));
}

// Somebody between us and the server could add commands of their own before the encryption begins.
TEST_F(SmtpWire, WhatWasSaidBeforeTlsIsNotBelievedAfterIt) {
    peer_.play({{{"STARTTLS", "220 go\r\n250 smuggled\r\n"}}, &certificate_, false, true, "PLAIN"});
    EXPECT_EQ(send(encrypted(Tls::starttls, certificate_, "localhost")).kind, Outcome::Kind::retry);
    EXPECT_FALSE(said("MAIL"));
}

TEST_F(SmtpWire, ACertificateOfAnotherNameOrHandIsNotTaken) {
    SmtpPeer::Script script;
    script.certificate = &certificate_;
    script.tls_at_once = true;
    peer_.play(script);
    const SmtpCertificate stranger("localhost");
    const auto wrong_hand = send(encrypted(Tls::implicit, stranger, "localhost"));
    EXPECT_EQ(wrong_hand.kind, Outcome::Kind::retry);
    EXPECT_EQ(wrong_hand.code, "tls_certificate");
    const auto wrong_name = send(encrypted(Tls::implicit, certificate_, "127.0.0.1"));
    EXPECT_EQ(wrong_name.kind, Outcome::Kind::retry);
    EXPECT_EQ(wrong_name.code, "tls_certificate");
    EXPECT_TRUE(peer_.commands().empty());
}

TEST_F(SmtpWire, AWrongPasswordIsOurFaultAndNotTheAddressees) {
    SmtpPeer::Script script;
    script.certificate = &certificate_;
    script.tls_at_once = true;
    script.mechanisms = "PLAIN";
    script.answers["AUTH"] = "535 5.7.8 open sesame is wrong for alerts\r\n";
    peer_.play(script);
    const Outcome outcome = send(encrypted(Tls::implicit, certificate_, "localhost"));
    EXPECT_EQ(outcome.kind, Outcome::Kind::retry);
    EXPECT_EQ(outcome.code, "login 535 5.7.8");
    EXPECT_EQ(outcome.detail.find("sesame"), std::string::npos);
    script.mechanisms = "CRAM-MD5";
    script.answers.clear();
    peer_.play(script);
    const Outcome no_common = send(encrypted(Tls::implicit, certificate_, "localhost"));
    EXPECT_EQ(no_common.kind, Outcome::Kind::retry);
    EXPECT_EQ(no_common.code, "login");
}

TEST_F(SmtpWire, NeverLogsInWithoutTls) {
    peer_.play({{}, nullptr, false, false, "PLAIN LOGIN"});
    SmtpOptions options = encrypted(Tls::none, certificate_, "127.0.0.1");
    EXPECT_EQ(send(options).kind, Outcome::Kind::delivered);
    EXPECT_FALSE(said("AUTH"));
}

TEST_F(SmtpWire, RepliesDecideByWhoseFaultItIs) {
    struct Row {
        const char *command, *answer;
        Outcome::Kind kind;
        const char* code;
    };
    const Row rows[] = {
        {"greeting", "421 4.3.2 busy\r\n", Outcome::Kind::retry, "421 4.3.2"},
        {"greeting", "554 5.7.1 go away\r\n", Outcome::Kind::retry, "greeting 554 5.7.1"},
        {"MAIL", "452 4.3.1 disk\r\n", Outcome::Kind::retry, "452 4.3.1"},
        {"MAIL", "530 5.7.0 log in\r\n", Outcome::Kind::retry, "login 530 5.7.0"},
        {"MAIL", "553 5.7.1 not your name\r\n", Outcome::Kind::retry, "sender 553 5.7.1"},
        {"RCPT", "451 4.7.1 greylisted\r\n", Outcome::Kind::retry, "451 4.7.1"},
        {"RCPT", "450 later\r\n", Outcome::Kind::retry, "450"},
        {"RCPT", "550 5.1.1 no such user\r\n", Outcome::Kind::rejected, "550 5.1.1"},
        {"RCPT", "550-5.1.1 first\r\n550 5.1.1 second\r\n", Outcome::Kind::rejected, "550 5.1.1"},
        {"RCPT", "530 5.7.0 log in\r\n", Outcome::Kind::retry, "login 530 5.7.0"},
        {"DATA", "451 not now\r\n", Outcome::Kind::retry, "451"},
        {"DATA", "554 5.5.1 no\r\n", Outcome::Kind::rejected, "554 5.5.1"},
        {".", "451 4.3.0 scanner\r\n", Outcome::Kind::retry, "451 4.3.0"},
        {".", "552 5.3.4 too big\r\n", Outcome::Kind::rejected, "552 5.3.4"},
    };
    for (const Row& row : rows) {
        const Outcome outcome = answered(row.command, row.answer);
        EXPECT_EQ(outcome.kind, row.kind) << row.command << " " << row.answer;
        EXPECT_EQ(outcome.code, row.code) << row.command << " " << row.answer;
    }
    EXPECT_TRUE(peer_.received().empty());
}

TEST_F(SmtpWire, AHangUpIsUnknownOnlyAfterTheFinalDot) {
    for (const auto* command : {"greeting", "EHLO", "MAIL", "RCPT", "DATA"})
        EXPECT_EQ(answered(command, "").kind, Outcome::Kind::retry) << command;
    const Outcome outcome = answered(".", "");
    EXPECT_EQ(outcome.kind, Outcome::Kind::unknown);
    EXPECT_FALSE(outcome.code.empty());
}

TEST_F(SmtpWire, ASilentServerCostsTheAttemptItsTimeAndNoMore) {
    patience_ = std::chrono::milliseconds{600};
    for (const auto* command : {"greeting", "RCPT"}) {
        const Outcome outcome = answered(command, SmtpPeer::silence);
        EXPECT_EQ(outcome.kind, Outcome::Kind::retry) << command;
        EXPECT_EQ(outcome.code, "timeout") << command;
    }
    const Outcome outcome = answered(".", SmtpPeer::silence);
    EXPECT_EQ(outcome.kind, Outcome::Kind::unknown);
    EXPECT_EQ(outcome.code, "timeout");
}

TEST_F(SmtpWire, ASilentGoodbyeDoesNotUndoADelivery) {
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(answered("QUIT", SmtpPeer::silence).kind, Outcome::Kind::delivered);
    EXPECT_EQ(peer_.received().size(), 1U);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{10});
}

// Waiting for a connection is part of the attempt: the dispatcher counts from when it handed over.
TEST_F(SmtpWire, WhatCannotBeBegunInItsTimeIsTriedAgain) {
    peer_.play({{{"greeting", SmtpPeer::silence}}});
    SmtpOptions options = plain_options(peer_.port());
    options.connections = 1;
    options.timeout = std::chrono::milliseconds{600};
    Smtp notifier(options);
    Outcomes outcomes;
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 5; ++i)
        notifier.send(transmission("hrss@example.test", i), outcomes.slot());
    const auto seen = outcomes.wait(5);
    ASSERT_EQ(seen.size(), 5U);
    for (const auto& outcome : seen) EXPECT_EQ(outcome.kind, Outcome::Kind::retry) << outcome.code;
    EXPECT_EQ(seen.back().code, "busy");
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds{2400});
}

TEST_F(SmtpWire, NobodyListeningIsWorthAnotherAttempt) {
    int port = 0;
    {
        const SmtpPeer gone;
        port = gone.port();
    }
    const Outcome outcome = send(plain_options(port));
    EXPECT_EQ(outcome.kind, Outcome::Kind::retry);
    EXPECT_EQ(outcome.code, "connect");
}

TEST_F(SmtpWire, PrivateServersAreReachedOnPurposeOnly) {
    SmtpOptions options = plain_options(peer_.port());
    options.server.reach = Reach::public_only;
    for (const auto* host : {"127.0.0.1", "localhost"}) {
        options.server.host = host;
        const Outcome outcome = send(options);
        EXPECT_EQ(outcome.kind, Outcome::Kind::retry);
        EXPECT_EQ(outcome.code, "refused_address");
    }
    EXPECT_EQ(peer_.connections(), 0U);
}

TEST_F(SmtpWire, ABadAddressIsRejectedBeforeAnythingIsSaid) {
    for (const auto* address : {"hrss", "", "a@b", "a b@example.test", "-oQ/tmp@example.test",
                                "a@example.test>\r\nRCPT TO:<b@example.test", "<a@example.test>"}) {
        const Outcome outcome = send(plain_options(peer_.port()), address);
        EXPECT_EQ(outcome.kind, Outcome::Kind::rejected) << address;
        EXPECT_EQ(outcome.code, "address") << address;
    }
    EXPECT_EQ(peer_.connections(), 0U);
}

TEST_F(SmtpWire, MailThatWaitsGoesOverTheSameConnection) {
    SmtpOptions options = plain_options(peer_.port());
    options.connections = 1;
    Smtp notifier(options);
    Outcomes outcomes;
    for (int i = 0; i < 20; ++i)
        notifier.send(transmission("hrss@example.test", i), outcomes.slot());
    EXPECT_EQ(outcomes.wait(20).size(), 20U);
    EXPECT_EQ(peer_.received().size(), 20U);
    EXPECT_LT(peer_.connections(), 5U);
}

}  // namespace
}  // namespace jinqiao::tests
