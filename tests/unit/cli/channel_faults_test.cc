// What is wrong with the options of a channel is told as exactly as anything else in the files, and
// what is explained in channels.yaml is all there is.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "adapters/cli/channels.h"
#include "config/catalogue.h"
#include "config/files.h"
#include "config/ledger.h"
#include "tests/support/scratch_dir.h"

namespace jinqiao::adapters::cli {
namespace {

using Lines = std::vector<std::string>;
const std::filesystem::path shipped = std::filesystem::path(JINQIAO_SOURCE_DIR) / "config";

struct Case {
    const char* name;
    const char* options;  // of the channel "c", after three good lines
    Lines expected;
};

class Channels : public testing::Test {
  protected:
    Channels() {
        std::ofstream(dir.path() / "url") << "https://hooks.example/a\n";
        std::ofstream(dir.path() / "plain") << "http://hooks.example/a\n";
        std::ofstream(dir.path() / "secret")
            << "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
        std::ofstream(dir.path() / "weak") << "password\n";
        std::ofstream(dir.path() / "two_lines") << "hunter2\nhunter3\n";
    }
    Lines faults_of(const std::string& options) {
        const auto file = dir.path() / "channels.yaml";
        std::ofstream(file) << "channels:\n  c:\n" << options;
        config::Faults faults;
        const auto channels = config::load_channels(file, faults);
        (void)make_channels(channels, dir.path(), false, faults);
        config::Faults none;
        const auto texts = config::load_texts(shipped / "texts", none);
        Lines lines;
        for (const auto& fault : faults) {
            auto line = config::describe(fault, texts, engine::model::Language::en);
            lines.push_back(line.substr(dir.path().string().size() + 1));
        }
        return lines;
    }
    tests::support::ScratchDir dir;
};

class ChannelFaults : public Channels, public testing::WithParamInterface<Case> {};

TEST_P(ChannelFaults, AreFoundAndSaidExactly) {
    EXPECT_EQ(faults_of(GetParam().options), GetParam().expected);
}

const Case cases[] = {
    {"Good", "    kind: webhook\n    url: {file: url}\n    secret: {file: secret}\n", {}},
    {"UnknownKind",
     "    kind: webhok\n",
     {"channels.yaml:3:5: channels.c.kind: expected a kind of channel, one of cap, dingtalk, exec, "
      "feishu, file, http, mqtt, sms, smtp, syslog, webhook, wecom, wecom_app, "
      "found webhok; did you mean webhook?"}},
    {"UnknownOption",
     "    kind: file\n    foldr: x\n",
     {"channels.yaml:4:5: channels.c.foldr: expected one of the keys delivery, folder, kind, rate, "
      "texts, found foldr; "
      "did you mean folder?"}},
    {"LiteralSecret",
     "    kind: webhook\n    url: {file: url}\n    secret: whsec_hunter2\n",
     {"channels.yaml:5:5: channels.c.secret: expected {file: PATH} or {env: NAME}, found a "
      "literal value (not shown)"}},
    {"SecretFileMissing",
     "    kind: webhook\n    url: {file: nowhere}\n    secret: {file: secret}\n",
     {"channels.yaml:4:11: channels.c.url.file: expected a readable file that is not empty, "
      "found nowhere"}},
    {"SecretVariableUnset",
     "    kind: webhook\n    url: {env: JINQIAO_NOT_SET}\n    secret: {file: secret}\n",
     {"channels.yaml:4:11: channels.c.url.env: expected an environment variable that is set, "
      "found JINQIAO_NOT_SET"}},
    {"SecretFromBoth",
     "    kind: webhook\n    url: {file: url, env: URL}\n    secret: {file: secret}\n",
     {"channels.yaml:4:5: channels.c.url: expected {file: PATH} or {env: NAME}, found both"}},
    {"SecretTooWeak",
     "    kind: webhook\n    url: {file: url}\n    secret: {file: weak}\n",
     {"channels.yaml:5:5: channels.c.secret: expected whsec_ and base64 of 24 to 64 bytes, found "
      "another form"}},
    {"PlainHttp",
     "    kind: webhook\n    url: {file: plain}\n    secret: {file: secret}\n",
     {"channels.yaml:4:5: channels.c.url: expected an https address, found scheme http"}},
    {"NoAddress",
     "    kind: webhook\n    secret: {file: secret}\n",
     {"channels.yaml:2:3: channels.c.url: expected this key, which is required, found nothing"}},
    {"PatienceWithoutUnit",
     "    kind: webhook\n    url: {file: url}\n    secret: {file: secret}\n    timeout: 15\n",
     {"channels.yaml:6:5: channels.c.timeout: expected a length of time such as 15 s, 2 min, 12 "
      "h, 14 d, found 15"}},
    {"PatienceOutOfRange",
     "    kind: webhook\n    url: {file: url}\n    secret: {file: secret}\n    timeout: 2 min\n",
     {"channels.yaml:6:5: channels.c.timeout: expected 1 s to 60 s, found 120000 ms"}},
    {"MailGood",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n    from_name: 金桥预警\n",
     {}},
    {"MailWithoutServerAndSender",
     "    kind: smtp\n",
     {"channels.yaml:2:3: channels.c.server: expected this key, which is required, found nothing",
      "channels.yaml:2:3: channels.c.from: expected this key, which is required, found nothing"}},
    {"MailToAnUrl",
     "    kind: smtp\n    server: smtp://mail.example/\n    from: a@example.com\n",
     {"channels.yaml:4:5: channels.c.server: expected the name or address of a mail server, found "
      "smtp://mail.example/"}},
    {"MailFromAName",
     "    kind: smtp\n    server: mail.example\n    from: 金桥 <a@example.com>\n",
     {"channels.yaml:5:5: channels.c.from: expected an e-mail address such as "
      "alerts@example.com, found 金桥 <a@example.com>"}},
    {"MailAnswersToNobody",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n    reply_to: desk\n",
     {"channels.yaml:6:5: channels.c.reply_to: expected an e-mail address such as "
      "alerts@example.com, found desk"}},
    {"MailByAnotherTls",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n    tls: ssl\n",
     {"channels.yaml:6:5: channels.c.tls: expected implicit, starttls or none, found ssl"}},
    {"MailInPlainText",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n    tls: none\n",
     {"channels.yaml:6:5: channels.c.tls: expected implicit or starttls; none only with "
      "allow_private: true, found none"}},
    {"MailLoginInPlainText",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n    tls: none\n"
     "    allow_private: true\n    user: {file: weak}\n    password: {file: weak}\n",
     {"channels.yaml:8:5: channels.c.user: expected no login, or tls: starttls or implicit, found "
      "tls: none"}},
    {"MailLoginByHalf",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n"
     "    user: {file: weak}\n",
     {"channels.yaml:6:5: channels.c.user: expected user and password together, found one of "
      "them"}},
    {"MailPasswordOfTwoLines",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n"
     "    user: {file: weak}\n    password: {file: two_lines}\n",
     {"channels.yaml:7:5: channels.c.password: expected one line of text, found another form"}},
    {"MailPasswordInTheFile",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n"
     "    user: {file: weak}\n    password: hunter2\n",
     {"channels.yaml:7:5: channels.c.password: expected {file: PATH} or {env: NAME}, found a "
      "literal value (not shown)"}},
    {"MailWithoutAuthorities",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n"
     "    authorities: {file: weak}\n",
     {"channels.yaml:6:5: channels.c.authorities: expected certificates in PEM form, found none"}},
    {"MailThroughNoPort",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n    port: 0\n",
     {"channels.yaml:6:5: channels.c.port: expected a whole number from 1 to 65535, found 0"}},
    {"MailByNoConnection",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n    connections: 99\n",
     {"channels.yaml:6:5: channels.c.connections: expected a whole number from 1 to 16, found 99"}},
    {"MailOutOfTime",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n    timeout: 1 h\n"
     "    connect_timeout: 2 min\n",
     {"channels.yaml:6:5: channels.c.timeout: expected 1 s to 10 min, found 3600000 ms",
      "channels.yaml:7:5: channels.c.connect_timeout: expected 1 s to 60 s, found 120000 ms"}},
    {"MailWithAnUnknownOption",
     "    kind: smtp\n    server: mail.example\n    from: a@example.com\n    fron_name: x\n",
     {"channels.yaml:6:5: channels.c.fron_name: expected one of the keys allow_private, "
      "authorities, connect_timeout, connections, delivery, from, from_name, kind, password, port, "
      "rate, reply_to, reply_to_tokens, server, texts, timeout, tls, user, found fron_name; did "
      "you "
      "mean from_name?"}},
    {"GatewayGood",
     "    kind: http\n    plain_url: https://sms.example/send\n"
     "    body: '{\"to\": \"{{address}}\", \"text\": \"{{text}}\"}'\n"
     "    success: {status: [200, 202], pointer: /code, equals: 0}\n"
     "    retry: {wait: [45009], channel: [-7], status: {channel: [403]}}\n"
     "    rate: {burst: 5, every: 500 ms}\n",
     {}},
    {"GatewayWithAnUnknownVariable",
     "    kind: http\n    plain_url: https://sms.example/send\n"
     "    body: '{\"text\": \"{{txt}}\"}'\n",
     {"channels.yaml:5:5: channels.c.body: expected variables among address, addressee, case, "
      "event, exercise, grade, id, key, number, sign_url, subject, text, timestamp, timestamp_ms, "
      "found txt"}},
    {"GatewayThatWordsCouldBreak",
     "    kind: http\n    plain_url: https://sms.example/send\n"
     "    body: '{\"text\": {{text}}}'\n",
     {"channels.yaml:5:5: channels.c.body: expected what is json whatever people write, found no "
      "JSON: syntax error"}},
    {"GatewayWithAKeyInPlainSight",
     "    kind: http\n    plain_url: https://sms.example/send?token=abc\n"
     "    body: '{\"text\": \"{{text}}\"}'\n",
     {"channels.yaml:4:5: channels.c.plain_url: expected no credential in plain sight: name it "
      "{{secret.NAME}}, found one in the query"}},
    {"GatewayWithTwoAddresses",
     "    kind: http\n    plain_url: https://sms.example/send\n    url: {file: url}\n"
     "    body: '{\"text\": \"{{text}}\"}'\n",
     {"channels.yaml:4:5: channels.c.plain_url: expected url or plain_url, found both"}},
    {"GatewayWithAMistypedOption",
     "    kind: http\n    plain_url: https://sms.example/send\n"
     "    body: '{\"text\": \"{{text}}\"}'\n    retry: {chanel: [7]}\n",
     {"channels.yaml:6:13: channels.c.retry.chanel: expected one of the keys channel, least_wait, "
      "other, permanent, retry, status, wait, found chanel; did you mean channel?"}},
    {"GatewayWithoutAnAddress",
     "    kind: http\n    body: '{\"text\": \"{{text}}\"}'\n",
     {"channels.yaml:2:3: channels.c.url: expected this key, which is required, found nothing"}},
    {"RobotWithItsKeyInTheFile",
     "    kind: wecom\n    url: https://robot.example/send?key=hunter2\n",
     {"channels.yaml:4:5: channels.c.url: expected {file: PATH} or {env: NAME}, found a literal "
      "value (not shown)"}},
    {"RobotThatCallsEverybodyInMarkdown",
     "    kind: wecom\n    url: {file: url}\n    format: markdown\n    mention: {red: "
     "[\"@all\"]}\n",
     {"channels.yaml:6:15: channels.c.mention.red: expected the id of a user, found @all"}},
    {"RobotThatCallsAtNoGrade",
     "    kind: feishu\n    url: {file: url}\n    mention: {crimson: [\"@all\"]}\n",
     {"channels.yaml:5:15: channels.c.mention.crimson: expected a grade: blue, yellow, orange, "
      "red, found crimson"}},
    {"RobotThatSignsNothing",
     "    kind: wecom\n    url: {file: url}\n    secret: {file: secret}\n",
     {"channels.yaml:5:5: channels.c.secret: expected one of the keys allow_private, authorities, "
      "connect_timeout, delivery, endpoints, format, kind, mention, rate, text_limit, texts, "
      "timeout, url, found secret"}},
    {"AppWithoutItsNumber",
     "    kind: wecom_app\n    corp_id: ww1\n    secret: {file: secret}\n",
     {"channels.yaml:2:3: channels.c.agent_id: expected the number of the app, found nothing"}},
    {"MessagesGood",
     "    kind: sms\n    provider: aliyun\n    sign_name: 金桥\n    access_key_id: {file: weak}\n"
     "    access_key_secret: {file: weak}\n    templates: {default: SMS_1, alert: SMS_2}\n"
     "    variables: {SMS_1: {a: grade}, SMS_2: {b: number}}\n",
     {}},
    {"MessagesByTemplatesNobodyUses",
     "    kind: sms\n    provider: aliyun\n    sign_name: 金桥\n    access_key_id: {file: weak}\n"
     "    access_key_secret: {file: weak}\n    templates: {default: SMS_1}\n"
     "    variables: {SMS_1: {a: text}, SMS_2: {b: number}}\n",
     {"channels.yaml:9:25: channels.c.variables.SMS_1.a: expected number, grade, event or \"=\" "
      "and fixed words, found text",
      "channels.yaml:9:35: channels.c.variables.SMS_2: expected one of the keys SMS_1, found "
      "SMS_2; did you mean SMS_1?"}},
    {"CapGood", "    kind: cap\n    folder: out\n    sender: jinqiao@zone.example\n", {}},
    {"CapToThePublic",
     "    kind: cap\n    folder: out\n    sender: jinqiao@zone.example\n    scope: Public\n",
     {"channels.yaml:6:5: channels.c.scope: expected Private or Restricted: a grade is internal, "
      "and no public warning (Emergency Response Law, Art. 63), found Public"}},
    {"CapToNowhere",
     "    kind: cap\n    sender: jinqiao@zone.example\n",
     {"channels.yaml:2:3: channels.c.folder: expected either folder or url, found neither"}},
    {"ExecGood", "    kind: exec\n    command: /bin/true\n    arguments: [a, b]\n", {}},
    {"ExecByName",
     "    kind: exec\n    command: pager\n",
     {"channels.yaml:4:5: channels.c.command: expected the absolute path of a program that only "
      "its owner, root or the daemon's user, can change, found pager: not an absolute path"}},
    {"MqttGood", "    kind: mqtt\n    server: mq.example\n", {}},
    {"MqttToEveryTopic",
     "    kind: mqtt\n    server: mq.example\n    topic: jinqiao/#\n",
     {"channels.yaml:5:5: channels.c.topic: expected a topic without wildcards, with {{grade}}, "
      "{{case}}, {{number}}, {{event}}, {{address}}, {{channel}} and {{exercise}}, found a "
      "wildcard"}},
    {"SyslogGood", "    kind: syslog\n    transport: tls\n    server: log.example\n", {}},
    {"SyslogWithoutServer",
     "    kind: syslog\n    transport: tcp\n",
     {"channels.yaml:2:3: channels.c.server: expected this key, which is required, found nothing"}},
    {"SyslogByAnotherSeverity",
     "    kind: syslog\n    severity: {red: loud}\n",
     {"channels.yaml:4:16: channels.c.severity.red: expected one of emerg, alert, crit, err, "
      "warning, notice, info, debug, found loud"}},
    {"FlagInWords",
     "    kind: webhook\n    url: {file: url}\n    secret: {file: secret}\n"
     "    allow_private: yes\n",
     {"channels.yaml:6:5: channels.c.allow_private: expected true or false, found yes"}},
};

INSTANTIATE_TEST_SUITE_P(Config, ChannelFaults, testing::ValuesIn(cases),
                         [](const auto& each) { return std::string(each.param.name); });

// A notice to an address its channel cannot use would be a dead letter hours later.
TEST_F(Channels, ContactsTheirChannelCannotUseAreFaultsAtTheirPlace) {
    const auto channels = dir.path() / "channels.yaml";
    std::ofstream(channels) << "channels:\n"
                               "  mail: {kind: smtp, server: mail.example, from: a@example.com}\n"
                               "  spool: {kind: file}\n"
                               "  hook:\n    kind: webhook\n    endpoints:\n"
                               "      hrss: {url: {file: url}, secret: {file: secret}}\n";
    const auto file = dir.path() / "organisation.yaml";
    std::ofstream(file)
        << "posts:\n"
           "  - id: desk\n"
           "    contacts:\n"
           "      - {channel: spool}\n"
           "      - {channel: mail, address: desk@example.com}\n"
           "      - {channel: mail, address: \"13800138000\"}\n"
           "      - {channel: mail}\n"
           "departments:\n"
           "  - id: hrss\n"
           "    contacts: [{channel: hook, address: hrss}, {channel: hook, address: "
           "hrs}]\n"
           "  - id: hrss\n    contacts: [{channel: hook}]\n"  // its own id, as for the directory
           "  - id: police\n    contacts: [{channel: hook}]\n";
    config::Faults faults;
    const auto read = config::load_channels(channels, faults);
    (void)make_channels(read, dir.path(), false, faults, config::contact_places(file));
    config::Faults none;
    const auto texts = config::load_texts(shipped / "texts", none);
    Lines lines;
    for (const auto& fault : faults)
        lines.push_back(config::describe(fault, texts, engine::model::Language::en)
                            .substr(dir.path().string().size() + 1));
    EXPECT_EQ(lines,
              Lines({"organisation.yaml:6:25: posts.0.contacts.2.address: expected an e-mail "
                     "address such as alerts@example.com, found 13800138000",
                     "organisation.yaml:7:9: posts.0.contacts.3: expected an e-mail address such "
                     "as alerts@example.com, found nothing",
                     "organisation.yaml:10:64: departments.0.contacts.1.address: expected one of "
                     "the endpoints hrss, found hrs",
                     "organisation.yaml:14:16: departments.2.contacts.0: expected one of the "
                     "endpoints hrss, found nothing"}));
    EXPECT_TRUE(config::contact_places(dir.path() / "nowhere.yaml").empty());
}

// The shipped file explains the options of every kind, in use or not.
TEST_F(Channels, EveryOptionIsExplainedInTheShippedFile) {
    std::ostringstream text;
    text << std::ifstream(shipped / "channels.yaml").rdbuf();
    const config::Ledger ledger;
    EXPECT_EQ(faults_of("    kind: webhook\n    url: {file: url}\n    secret: {file: secret}\n"
                        "    previous_secret: {file: secret}\n    endpoints:\n      a:\n"
                        "        url: {file: url}\n        secret: {file: secret}\n"
                        "  f:\n    kind: file\n"
                        "  m:\n    kind: smtp\n    server: mail.example\n"
                        "    from: a@example.com\n"
                        "  h:\n    kind: http\n    plain_url: https://sms.example/\n"
                        "    body: '{\"text\": \"{{text}}\"}'\n    secret: {file: weak}\n"
                        "    sign: {scheme: hmac_sha256, over: timestamp.body}\n"
                        "    success: {pointer: /code}\n    rate: {burst: 1}\n"
                        "    retry: {status: {retry: [409]}}\n"
                        "  d:\n    kind: dingtalk\n    url: {file: url}\n"
                        "  w:\n    kind: wecom\n    url: {file: url}\n"
                        "  p:\n    kind: wecom_app\n    corp_id: ww1\n    agent_id: 1\n"
                        "    secret: {file: weak}\n"
                        "  s:\n    kind: sms\n    provider: tencent\n    sign_name: x\n"
                        "    sdk_app_id: x\n    access_key_id: {file: weak}\n"
                        "    access_key_secret: {file: weak}\n    templates: {default: x}\n"
                        "    variables: {x: {1: grade}}\n"
                        "  k:\n    kind: cap\n    folder: out\n    sender: a@example.com\n"
                        "  e:\n    kind: exec\n    command: /bin/true\n    secrets:\n"
                        "      A: {file: secret}\n"
                        "  l:\n    kind: syslog\n"
                        "  b:\n    kind: mqtt\n    server: mq.example\n"),
              Lines{});
    std::size_t asked = 0;
    for (const auto& entry : ledger.entries()) {
        const auto key = entry.path.substr(entry.path.rfind('.') + 1);
        if (!entry.path.starts_with("channels.") || key.size() == 1) continue;
        if (!entry.path.starts_with("channels.") || entry.path == "channels." + key || key == "a" ||
            key == "A")
            continue;
        EXPECT_NE(text.str().find(key + ":"), std::string::npos) << entry.path;
        ++asked;
    }
    EXPECT_GT(asked, 60u);
}

}  // namespace
}  // namespace jinqiao::adapters::cli
