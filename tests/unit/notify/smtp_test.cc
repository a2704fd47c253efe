// Addresses, what replies mean, and the options of a mail channel.
#include <gtest/gtest.h>

#include "adapters/notify/smtp/mailbox.h"
#include "adapters/notify/smtp/options.h"
#include "adapters/notify/smtp/reply.h"
#include "tests/unit/notify/section_fake.h"

namespace jinqiao::adapters::notify::smtp {
namespace {

using courier::MailReport;
using courier::MailServer;
using courier::Reach;
using engine::ports::Outcome;
using tests::FakeSection;
using Step = MailReport::Step;

TEST(Mailbox, UsualAddressesAreTaken) {
    for (const char* text :
         {"zhang.san@example.com", "a@b.cn", "hr+alerts@mail.zone.gov.cn", "x_1@xn--fiqs8s.cn",
          "o'neil@example.com", "10086@qq.com", "a-b@a-b.example"})
        EXPECT_TRUE(is_mailbox(text)) << text;
    EXPECT_TRUE(is_mailbox(std::string(64, 'a') + "@example.com"));
}

TEST(Mailbox, WhatCouldPassForSomethingElseIsNot) {
    for (const char* text : {"",
                             "@",
                             "hrss",
                             "a@",
                             "@b.cn",
                             "a@b",
                             "a@b.",
                             "a@.b.cn",
                             "a@b..cn",
                             ".a@b.cn",
                             "a.@b.cn",
                             "a..b@b.cn",
                             "a b@c.cn",
                             "a@b c.cn",
                             " a@b.cn",
                             "a@b.cn ",
                             "a@b.cn\r\n",
                             "a@b.cn\nRCPT TO:<c@d.cn>",
                             "<a@b.cn>",
                             "a@b.cn>",
                             "a<b@c.cn",
                             "\"a b\"@c.cn",
                             "张三@example.com",
                             "a@例子.cn",
                             "-f@b.cn",
                             "a@-b.cn",
                             "a@b-.cn",
                             "a@[127.0.0.1]",
                             "a@127.0.0.1",
                             "a,b@c.cn",
                             "a;b@c.cn",
                             "a:b@c.cn",
                             "a(b)@c.cn",
                             "a@b@c.cn",
                             "a\\@b.cn",
                             "a@b_c.cn",
                             "a\tb@c.cn"})
        EXPECT_FALSE(is_mailbox(text)) << text;
    EXPECT_FALSE(is_mailbox(std::string_view("a\0@b.cn", 7)));
    EXPECT_FALSE(is_mailbox(std::string(65, 'a') + "@example.com"));
    EXPECT_FALSE(is_mailbox("a@" + std::string(64, 'b') + ".cn"));
    std::string labels;
    while (labels.size() < 250) labels += "abcdefghi.";
    EXPECT_FALSE(is_mailbox("abc@" + labels + "cn"));
}

TEST(Mailbox, ItsDomainIsWhatFollows) { EXPECT_EQ(domain_of("a@b.cn"), "b.cn"); }

TEST(Reply, EnhancedCodesAreReadWhereTheyAreThere) {
    EXPECT_EQ(enhanced_code(550, "5.1.1 no such user"), "5.1.1");
    EXPECT_EQ(enhanced_code(451, "4.7.500"), "4.7.500");
    for (const char* text : {"", "no such user", "4.1.1 of another class", "5.1", "5.1.1.1 x",
                             "5..1 x", "5.1.1x", "5.1.1000 x", "51.1.1 x", ".5.1.1"})
        EXPECT_EQ(enhanced_code(550, text), "") << text;
}

TEST(Reply, TheQueuesNameIsFoundInTheFormsOfTheUsualServers) {
    EXPECT_EQ(queue_id("2.0.0 Ok: queued as 4Zx7Qw1bN2z"), "4Zx7Qw1bN2z");            // Postfix
    EXPECT_EQ(queue_id("OK id=1tABcd-0002Xy-3K"), "1tABcd-0002Xy-3K");                // Exim
    EXPECT_EQ(queue_id("2.0.0 a1b2c3d4 Message accepted for delivery"), "a1b2c3d4");  // OpenSMTPD
    EXPECT_EQ(queue_id("Mail OK queued as zwqz-smtp-mta-g3-0,_____wDn.1"),
              "zwqz-smtp-mta-g3-0,_____wDn.1");
    EXPECT_EQ(queue_id("Queued as abc."), "abc");
    EXPECT_EQ(queue_id("Ok: queued as "), "");
    EXPECT_EQ(queue_id("Ok: queued as <zhang.san@example.com>"), "");
    EXPECT_EQ(queue_id("Ok: queued as zhang.san@example.com"), "");
    EXPECT_EQ(queue_id("Ok: queued as " + std::string(200, 'a')), "");
    EXPECT_EQ(queue_id("thank you"), "");
}

MailReport replied(Step step, int reply, const char* text = "") {
    MailReport report;
    report.step = step;
    report.reply = reply;
    report.text = text;
    return report;
}

TEST(Reply, NothingTheServerWroteIsKept) {
    const auto outcome =
        judge(replied(Step::recipient, 550, "5.1.1 <zhang.san@example.com> is dead to me"));
    EXPECT_EQ(outcome.kind, Outcome::Kind::rejected);
    EXPECT_EQ(outcome.code, "550 5.1.1");
    EXPECT_EQ(outcome.detail, "the server refused the address");
    EXPECT_EQ(outcome.provider_id, "");
}

TEST(Reply, RefusalsOfOursAreTriedAgainAtEveryStep) {
    for (const auto step :
         {Step::connect, Step::hello, Step::starttls, Step::login, Step::sender}) {
        const auto outcome = judge(replied(step, 550));
        EXPECT_EQ(outcome.kind, Outcome::Kind::retry);
        EXPECT_TRUE(outcome.concerns_lane);
        EXPECT_FALSE(outcome.detail.empty());
    }
    for (const int reply : {530, 534, 535, 538})
        for (const auto step : {Step::recipient, Step::data, Step::answer})
            EXPECT_EQ(judge(replied(step, reply)).kind, Outcome::Kind::retry) << reply;
    for (const auto step : {Step::recipient, Step::data, Step::answer}) {
        EXPECT_EQ(judge(replied(step, 550)).kind, Outcome::Kind::rejected);
        EXPECT_FALSE(judge(replied(step, 550)).concerns_lane);
    }
}

TEST(Reply, WithoutAnAnswerItDependsOnWhatHadLeft) {
    MailReport report;
    report.failure = "timeout";
    report.step = Step::answer;
    EXPECT_EQ(judge(report).kind, Outcome::Kind::retry);
    report.sent = true;
    EXPECT_EQ(judge(report).kind, Outcome::Kind::unknown);
    EXPECT_EQ(judge(report).code, "timeout");
}

constexpr const char* certificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBfzCCASWgAwIBAgIUfakeCERTIFICATE=\n"
    "-----END CERTIFICATE-----\n";

boost::json::object valid() {
    return {{"server", "mail.example.com"}, {"from", "alerts@example.com"}};
}

TEST(SmtpOptions, TheDefaultsAreTheSafeOnes) {
    FakeSection section(valid());
    const Options options = Options::read(section);
    EXPECT_TRUE(section.faults().empty());
    EXPECT_EQ(options.server.tls, MailServer::Tls::implicit);
    EXPECT_EQ(options.server.port, 465);
    EXPECT_EQ(options.server.reach, Reach::public_only);
    EXPECT_EQ(options.server.hello, "example.com");
    EXPECT_EQ(options.server.user, "");
}

TEST(SmtpOptions, PortAndReachFollowTheEncryption) {
    auto values = valid();
    values["tls"] = "starttls";
    FakeSection starttls(values);
    EXPECT_EQ(Options::read(starttls).server.port, 587);
    values["allow_private"] = true;
    FakeSection inside(values);
    EXPECT_EQ(Options::read(inside).server.reach, Reach::anywhere);
    values["tls"] = "none";
    FakeSection none(values);
    const Options options = Options::read(none);
    EXPECT_TRUE(none.faults().empty());
    EXPECT_EQ(options.server.port, 25);
    // A name that resolves to somewhere else must not carry notices there in plain text.
    EXPECT_EQ(options.server.reach, Reach::private_only);
}

TEST(SmtpOptions, AMailboxForTokensLeavesThemRoom) {
    const auto fault = [](const char* mailbox) {
        FakeSection section({{"server", "mail.example.com"},
                             {"from", "alerts@example.com"},
                             {"reply_to_tokens", mailbox}});
        const auto options = Options::read(section);
        return section.faults().empty() ? options.head.reply_to_tokens : section.faults().front();
    };
    EXPECT_EQ(fault("duty@zone.example"), "duty@zone.example");
    EXPECT_EQ(
        fault("labour-desk@zone.example"),
        "reply_to_tokens: at most 10 characters and no + before the @, labour-desk@zone.example");
    EXPECT_TRUE(std::string(fault("a+b@zone.example")).starts_with("reply_to_tokens: at most"));
    EXPECT_TRUE(std::string(fault("duty")).starts_with("reply_to_tokens: an e-mail address"));
}

TEST(SmtpOptions, NamesEveryFaultWithoutQuotingCredentials) {
    const boost::json::object values{{"server", "mail.example.com/x y"},
                                     {"tls", "none"},
                                     {"authorities", {{"text", certificate}}},
                                     {"user", {{"text", "alerts-xyz\r\n"}}},
                                     {"from", "alerts"},
                                     {"reply_to", "<desk@example.com>"},
                                     {"timeout", 10},
                                     {"connect_timeout", 90000}};
    FakeSection section(values);
    (void)Options::read(section);
    EXPECT_EQ(
        section.faults(),
        (std::vector<std::string>{
            "server: the name or address of a mail server, mail.example.com/x y",
            "tls: implicit or starttls; none only with allow_private: true, none",
            "authorities: certificates in PEM form, none",
            "user: user and password together, one of them", "user: one line of text, another form",
            "user: no login, or tls: starttls or implicit, tls: none",
            "from: an e-mail address such as alerts@example.com, alerts",
            "reply_to: an e-mail address such as alerts@example.com, <desk@example.com>",
            "timeout: 1 s to 10 min, 10 ms", "connect_timeout: 1 s to 60 s, 90000 ms"}));
}

}  // namespace
}  // namespace jinqiao::adapters::notify::smtp
