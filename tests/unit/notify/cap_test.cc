// Documents as CAP 1.2 wants them, how they refer to one another, and the options of the channel.
// Each document made here is held against the published schema where that is at hand:
// JINQIAO_CAP_SCHEMA names it, by default ../shared/data/CAP-v1.2.xsd.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "adapters/notify/cap/alert.h"
#include "adapters/notify/cap/ledger.h"
#include "adapters/notify/cap/options.h"
#include "engine/time/instant.h"
#include "tests/support/scratch_dir.h"
#include "tests/unit/notify/section_fake.h"

namespace jinqiao::adapters::notify::cap {
namespace {

namespace fs = std::filesystem;
using engine::model::GradeLevel;
using engine::ports::Transmission;
using tests::FakeSection;
using tests::support::ScratchDir;

Transmission notice(const std::string& id, const char* at = "2026-11-22T15:30:00.120+08:00") {
    Transmission transmission;
    transmission.id = id;
    transmission.channel = "city";
    transmission.address = "emergency";
    transmission.subject = "【橙色（Ⅱ级）】JQ-2026-000001 预警，请签收";
    transmission.text = "收到新的劳动争议预警。\n请签收：https://zone/s/abc?a=1&b=2\n";
    transmission.grade = GradeLevel::orange;
    transmission.at = *engine::time::parse_rfc3339(at);
    transmission.body = {{"case", "01jcase"},
                         {"number", "JQ-2026-000001"},
                         {"event", "alert"},
                         {"sign_url", "https://zone/s/abc?a=1&b=2"}};
    return transmission;
}

Issuer issuer() {
    Issuer result;
    result.sender = "jinqiao@zone.example";
    result.sender_name = "示例开发区";
    return result;
}

fs::path schema() {
    const char* named = std::getenv("JINQIAO_CAP_SCHEMA");
    return named != nullptr ? fs::path(named)
                            : fs::path(JINQIAO_SOURCE_DIR) / "../shared/data/CAP-v1.2.xsd";
}

void expect_valid(const std::string& document) {
    static const bool at_hand = [] {
        const bool there =
            fs::exists(schema()) && std::system("command -v xmllint >/dev/null") == 0;
        if (!there) std::cerr << "SKIPPED: no document is held against the schema of CAP\n";
        return there;
    }();
    if (!at_hand) return;
    const ScratchDir dir;
    const auto file = dir.path() / "alert.xml";
    std::ofstream(file) << document;
    const std::string command = "xmllint --noout --nonet --schema " + schema().string() + " " +
                                file.string() + " >" + (dir.path() / "said").string() + " 2>&1";
    std::stringstream said;
    const int status = std::system(command.c_str());
    said << std::ifstream(dir.path() / "said").rdbuf();
    EXPECT_EQ(status, 0) << said.str() << document;
}

std::string element(const std::string& document, const std::string& name) {
    const auto from = document.find("<" + name + ">");
    if (from == std::string::npos) return {};
    const auto begin = from + name.size() + 2;
    return document.substr(begin, document.find("</" + name + ">") - begin);
}

TEST(CapAlert, IsTheDocumentInTheOrderOfTheSchema) {
    const std::string document = alert(notice("01jd-1"), issuer(), {});
    EXPECT_EQ(document,
              R"(<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>01jd-1</identifier>
  <sender>jinqiao@zone.example</sender>
  <sent>2026-11-22T15:30:00+08:00</sent>
  <status>Actual</status>
  <msgType>Alert</msgType>
  <scope>Private</scope>
  <addresses>emergency</addresses>
  <incidents>JQ-2026-000001</incidents>
  <info>
    <language>zh-CN</language>
    <category>Security</category>
    <event>劳动争议预警</event>
    <urgency>Expected</urgency>
    <severity>Severe</severity>
    <certainty>Likely</certainty>
    <senderName>示例开发区</senderName>
    <headline>【橙色（Ⅱ级）】JQ-2026-000001 预警，请签收</headline>
    <description>收到新的劳动争议预警。
请签收：https://zone/s/abc?a=1&amp;b=2
</description>
    <web>https://zone/s/abc?a=1&amp;b=2</web>
    <parameter>
      <valueName>case</valueName>
      <value>01jcase</value>
    </parameter>
    <parameter>
      <valueName>grade</valueName>
      <value>orange</value>
    </parameter>
  </info>
</alert>
)");
    expect_valid(document);
    Transmission again = notice("01jd-1");
    again.attempt = 5;
    EXPECT_EQ(alert(again, issuer(), {}), document);
}

TEST(CapAlert, AnExerciseSaysSo) {
    Transmission transmission = notice("01jd-1");
    transmission.exercise = true;
    const std::string document = alert(transmission, issuer(), {});
    EXPECT_EQ(element(document, "status"), "Exercise");
    expect_valid(document);
}

TEST(CapAlert, UpdatesAndCancelsNameWhatTheyTakeThePlaceOf) {
    const std::string before = "jinqiao@zone.example,01jd-1,2026-11-22T15:30:00+08:00";
    std::string document = alert(notice("01jd-2"), issuer(), {"Update", before});
    EXPECT_EQ(element(document, "references"), before);
    EXPECT_EQ(element(document, "msgType"), "Update");
    expect_valid(document);
    document = alert(notice("01jd-3"), issuer(), {"Cancel", before + " " + before});
    EXPECT_EQ(element(document, "responseType"), "AllClear");
    EXPECT_EQ(element(document, "urgency"), "Past");
    EXPECT_FALSE(element(document, "note").empty());
    expect_valid(document);
}

TEST(CapAlert, EnglishIsASecondInfoOfTheSameGrade) {
    Issuer both = issuer();
    both.headline_en = "A notice about a labour dispute <internal>";
    const std::string document = alert(notice("01jd-1"), both, {});
    const auto second = document.find("<language>en-US</language>");
    ASSERT_NE(second, std::string::npos);
    EXPECT_EQ(element(document.substr(second), "severity"), "Severe");
    EXPECT_EQ(element(document.substr(second), "headline"),
              "A notice about a labour dispute &lt;internal&gt;");
    expect_valid(document);
}

TEST(CapAlert, GradesAreWordsOfTheStandard) {
    for (const auto grade :
         {GradeLevel::blue, GradeLevel::yellow, GradeLevel::orange, GradeLevel::red}) {
        Transmission transmission = notice("01jd-1");
        transmission.grade = grade;
        expect_valid(alert(transmission, issuer(), {}));
    }
}

TEST(CapAlert, RestrictedSaysForWhom) {
    Issuer restricted = issuer();
    restricted.scope = Issuer::Scope::restricted;
    restricted.restriction = "仅限应急指挥部成员单位 <内部>";
    Transmission transmission = notice("01jd-1");
    transmission.address = "city \"emergency\" office";
    const std::string document = alert(transmission, restricted, {});
    EXPECT_EQ(element(document, "scope"), "Restricted");
    EXPECT_EQ(element(document, "restriction"), "仅限应急指挥部成员单位 &lt;内部&gt;");
    EXPECT_EQ(element(document, "addresses"), "&quot;city emergency office&quot;");
    expect_valid(document);
}

TEST(CapAlert, NobodyWritesMarkupIntoIt) {
    Transmission transmission = notice("01<jd> &,1\n");
    transmission.subject = "</headline><scope>Public</scope>\r\n<!-- ]]> &amp;";
    transmission.text = "]]></description><info>\x01\x0b\x1f\x7f\x00";
    transmission.text += "\xff\xc3 \xEF\xBF\xBE\xEF\xBF\xBF \xED\xA0\x80 红色 😀";
    transmission.body["number"] = "JQ <1>";
    transmission.body["case"] = "<case>";
    transmission.body["sign_url"] = "";
    transmission.address = "<a>";
    const std::string document = alert(transmission, issuer(), {});
    EXPECT_EQ(document.find("<scope>Public"), std::string::npos);
    EXPECT_EQ(document.find('\x01'), std::string::npos);
    EXPECT_EQ(document.find("\xEF\xBF\xBF"), std::string::npos);
    EXPECT_NE(document.find("红色 😀"), std::string::npos);
    EXPECT_EQ(element(document, "identifier"), "01%3cjd%3e%20%26%2c1%0a");
    expect_valid(document);
}

TEST(CapAlert, TimesHaveAnOffsetAndNoFraction) {
    const Transmission transmission = notice("01jd-1");
    using std::chrono::minutes;
    EXPECT_EQ(sent(transmission, minutes{480}), "2026-11-22T15:30:00+08:00");
    EXPECT_EQ(sent(transmission, minutes{0}), "2026-11-22T07:30:00-00:00");
    EXPECT_EQ(sent(transmission, minutes{-330}), "2026-11-22T02:00:00-05:30");
    Issuer utc = issuer();
    utc.utc_offset = minutes{0};
    expect_valid(alert(transmission, utc, {}));
}

class CapLedger : public testing::Test {
  protected:
    // As the channel does it; each time as after a restart.
    Relation send(const Transmission& transmission, bool delivered = true, bool cancels = false) {
        const Ledger ledger(dir.path());
        const auto answer = ledger.relate(transmission, issuer(), cancels);
        EXPECT_EQ(answer.fault, 0);
        expect_valid(alert(transmission, issuer(), answer.relation));
        if (delivered) {
            EXPECT_EQ(ledger.delivered(transmission), 0);
        }
        return answer.relation;
    }
    static std::string ref(const std::string& id) { return reference(notice(id), issuer()); }
    ScratchDir dir;
};

TEST_F(CapLedger, TheFirstIsAnAlertAndTheNextAnUpdateOfIt) {
    EXPECT_EQ(send(notice("a")).type, "Alert");
    const Relation second = send(notice("b"));
    EXPECT_EQ(second.type, "Update");
    EXPECT_EQ(second.references, ref("a"));
    EXPECT_EQ(send(notice("c")).references, ref("b"));  // a is replaced already
}

TEST_F(CapLedger, NothingThatWasNotDeliveredIsNamed) {
    EXPECT_EQ(send(notice("a"), false).type, "Alert");
    EXPECT_EQ(send(notice("b")).type, "Alert");
    EXPECT_EQ(send(notice("c"), false).references, ref("b"));
    EXPECT_EQ(send(notice("d")).references, ref("b"));  // c did not replace it
    EXPECT_EQ(send(notice("a")).type, "Alert");         // arrives late, as it was
    EXPECT_EQ(send(notice("e")).references, ref("a") + " " + ref("d"));
}

TEST_F(CapLedger, ARepeatIsTheSameWhateverCameBetween) {
    EXPECT_EQ(send(notice("a"), false).type, "Alert");
    EXPECT_EQ(send(notice("b")).type, "Alert");
    const Relation again = send(notice("a"));
    EXPECT_EQ(again.type, "Alert");
    EXPECT_EQ(again.references, "");
}

TEST_F(CapLedger, ACancelTakesBackAllThatIsInForceAndEndsTheChain) {
    (void)send(notice("a"));
    (void)send(notice("b"));
    const Relation end = send(notice("c"), true, true);
    EXPECT_EQ(end.type, "Cancel");
    EXPECT_EQ(end.references, ref("b"));
    EXPECT_EQ(send(notice("d")).type, "Alert");
}

TEST_F(CapLedger, WhatNobodyWasToldOfIsNotTakenBack) {
    EXPECT_EQ(send(notice("a"), true, true).type, "Alert");
}

TEST_F(CapLedger, CasesAddressesAndChannelsAreApart) {
    (void)send(notice("a"));
    for (const char* what : {"case", "address", "channel"}) {
        Transmission other = notice(std::string("b-") + what);
        if (std::string(what) == "case") other.body["case"] = "01jother";
        if (std::string(what) == "address") other.address = "../emergency";
        if (std::string(what) == "channel") other.channel = "another";
        EXPECT_EQ(send(other).type, "Alert") << what;
    }
    Transmission of_nobody = notice("c");
    of_nobody.body["number"] = "";
    EXPECT_EQ(send(of_nobody).type, "Alert");
    EXPECT_EQ(send(of_nobody).type, "Alert");
}

TEST_F(CapLedger, ALineThatAPowerCutLeftHalfIsPassedOver) {
    (void)send(notice("a"));
    const auto file = dir.path() / "city" / "emergency" / "01jcase";
    ASSERT_TRUE(fs::exists(file));
    std::ofstream(file, std::ios::app) << R"({"message":"jinq)";
    EXPECT_EQ(send(notice("b")).references, ref("a"));
    EXPECT_EQ(send(notice("c")).references, ref("b"));
}

TEST_F(CapLedger, AFileThatCannotBeWrittenIsAFault) {
    std::ofstream(dir.path() / "city") << "in the way";
    EXPECT_NE(Ledger(dir.path()).relate(notice("a"), issuer(), false).fault, 0);
}

boost::json::object valid() { return {{"folder", "cap-out"}, {"sender", "jinqiao@zone.example"}}; }

TEST(CapOptions, HaveDefaults) {
    FakeSection section(valid());
    const Options options = Options::read(section, "/data");
    EXPECT_TRUE(section.faults().empty()) << section.faults()[0];
    EXPECT_EQ(options.folder, "/data/cap-out");
    EXPECT_EQ(options.ledger, "/data/cap");
    EXPECT_EQ(options.issuer.category, "Security");
    EXPECT_TRUE(options.cancel_on.empty());
    EXPECT_EQ(Options::unusable("emergency"), "");
    EXPECT_NE(Options::unusable(""), "");
}

TEST(CapOptions, NothingIsEverPublic) {
    auto values = valid();
    for (const auto* scope : {"Public", "public", "PUBLIC", ""}) {
        values["scope"] = scope;
        FakeSection section(values);
        EXPECT_NE(static_cast<int>(Options::read(section, "/data").issuer.scope), 2);
        ASSERT_EQ(section.faults().size(), 1U) << scope;
        EXPECT_NE(section.faults()[0].find("Art. 63"), std::string::npos);
    }
}

TEST(CapOptions, EveryFaultIsNamed) {
    FakeSection section({{"folder", "out"},
                         {"url", {{"text", "http://example.com/token-xyz"}}},
                         {"authorization", {{"text", "Bearer hunter2\r\nX: y"}}},
                         {"sender", "a b"},
                         {"restriction", "nobody"},
                         {"category", "Met"},
                         {"event", ""},
                         {"severity", {{"red", "Terrible"}}},
                         {"urgency", {{"blue", "immediate"}}},
                         {"certainty", {{"blue", "Sure"}}},
                         {"utc_offset_minutes", 5000},
                         {"timeout", 10},
                         {"connect_timeout", 90000}});
    (void)Options::read(section, "/data");
    EXPECT_EQ(section.faults().size(), 13U);
    for (const auto& fault : section.faults()) {
        EXPECT_EQ(fault.find("xyz"), std::string::npos) << fault;
        EXPECT_EQ(fault.find("hunter2"), std::string::npos) << fault;
    }
    FakeSection neither({{"sender", "a"}});
    (void)Options::read(neither, "/data");
    EXPECT_EQ(neither.faults().size(), 1U);
    auto values = valid();
    values["scope"] = "Restricted";
    FakeSection unrestricted(values);
    (void)Options::read(unrestricted, "/data");
    EXPECT_EQ(unrestricted.faults().size(), 1U);
}

}  // namespace
}  // namespace jinqiao::adapters::notify::cap
