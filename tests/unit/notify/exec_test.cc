// What may be run, what is told to it, and what its answer means.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/json/parse.hpp>
#include <fstream>

#include "adapters/notify/exec/answer.h"
#include "adapters/notify/exec/trust.h"
#include "tests/support/scratch_dir.h"
#include "tests/unit/notify/section_fake.h"

namespace jinqiao::adapters::notify::exec {
namespace {

namespace fs = std::filesystem;
using engine::ports::Outcome;
using engine::ports::Transmission;
using tests::FakeSection;
using tests::support::ScratchDir;
using Kind = Outcome::Kind;

class ExecTrust : public testing::Test {
  protected:
    ExecTrust() {
        std::ofstream(program) << "#!/bin/sh\n";
        chmod(program.c_str(), 0755);
        chmod(dir.path().c_str(), 0755);
    }
    ScratchDir dir;
    const fs::path program = dir.path() / "send";
};

TEST_F(ExecTrust, AProgramOnlyItsOwnerCanChangeIsRun) {
    EXPECT_EQ(distrust(program), "");
    EXPECT_EQ(distrust("/bin/true"), "");
    const fs::path link = dir.path() / "link";
    fs::create_symlink(program, link);
    EXPECT_EQ(distrust(link), "");
}

TEST_F(ExecTrust, WhatOthersMayWriteIsNot) {
    for (const mode_t mode : {0775U, 0757U, 0777U}) {
        chmod(program.c_str(), mode);
        EXPECT_EQ(distrust(program), "writable by others");
    }
    chmod(program.c_str(), 0755);
    for (const mode_t mode : {0775U, 0777U, 01777U}) {
        chmod(dir.path().c_str(), mode);
        EXPECT_EQ(distrust(program), "in a folder that is writable by others") << mode;
    }
}

TEST_F(ExecTrust, NeitherIsWhatLiesBelowSuchAFolder) {
    const fs::path inner = dir.path() / "a" / "b";
    fs::create_directories(inner);
    fs::copy_file(program, inner / "send");
    EXPECT_EQ(distrust(inner / "send"), "");
    chmod((dir.path() / "a").c_str(), 0777);
    EXPECT_EQ(distrust(inner / "send"), "in a folder that is writable by others");
    chmod((dir.path() / "a").c_str(), 01777);  // as /tmp is
    EXPECT_EQ(distrust(inner / "send"), "");
}

TEST_F(ExecTrust, ALinkIsJudgedWhereItLiesAndWhereItLeads) {
    const fs::path open = dir.path() / "open";
    fs::create_directories(open);
    fs::create_symlink(program, open / "send");
    fs::copy_file(program, open / "other");
    fs::create_symlink(open / "other", dir.path() / "there");
    EXPECT_EQ(distrust(open / "send"), "");
    chmod(open.c_str(), 0777);
    EXPECT_EQ(distrust(open / "send"), "in a folder that is writable by others");
    EXPECT_EQ(distrust(dir.path() / "there"), "in a folder that is writable by others");
}

TEST_F(ExecTrust, WhatIsNoProgramIsNot) {
    EXPECT_EQ(distrust("send"), "not an absolute path");
    EXPECT_EQ(distrust(""), "not an absolute path");
    EXPECT_EQ(distrust(dir.path() / "missing"), "not there");
    EXPECT_EQ(distrust(dir.path()), "not a file");
    chmod(program.c_str(), 0644);
    EXPECT_EQ(distrust(program), "not executable");
}

TEST(ExecRequest, IsOneLineAndTheNoticeIsTheSameOnEveryAttempt) {
    Transmission transmission;
    transmission.id = "01jd";
    transmission.channel = "pager";
    transmission.address = "desk";
    transmission.subject = "橙色预警";
    transmission.text = "一\n二";
    transmission.body = {{"id", "n-1"}, {"text", "一\n二"}};
    transmission.settled = {"a"};
    const std::string first = request(transmission, std::chrono::milliseconds{1500});
    EXPECT_EQ(first.find('\n'), first.size() - 1);
    auto parsed = boost::json::parse(first).as_object();
    EXPECT_EQ(parsed.at("version"), 1);
    EXPECT_EQ(parsed.at("id"), "01jd");
    EXPECT_EQ(parsed.at("attempt"), 1);
    EXPECT_EQ(parsed.at("timeout_ms"), 1500);
    EXPECT_EQ(parsed.at("text"), "一\n二");
    EXPECT_EQ(parsed.at("settled"), boost::json::array{"a"});
    EXPECT_EQ(parsed.at("notice"), boost::json::value(transmission.body));
    transmission.attempt = 2;
    auto again =
        boost::json::parse(request(transmission, std::chrono::milliseconds{9})).as_object();
    for (auto* each : {&parsed, &again}) {
        each->erase("attempt");
        each->erase("timeout_ms");
    }
    EXPECT_EQ(parsed, again);
}

Outcome said(std::string output, int status = 0) {
    return judge({Run::End::exited, status, std::move(output), {}});
}

TEST(ExecJudge, TheAnswerSaysIt) {
    Outcome outcome = said(R"({"status":"delivered","remote_id":"m-7","code":"200"})");
    EXPECT_EQ(outcome.kind, Kind::delivered);
    EXPECT_EQ(outcome.code, "200");
    EXPECT_EQ(outcome.provider_id, "m-7");
    outcome = said(R"({"status":"retry","retry_after_s":90,"concerns_lane":true,"detail":"a\nb"})");
    EXPECT_EQ(outcome.kind, Kind::retry);
    EXPECT_EQ(outcome.retry_after, std::chrono::seconds{90});
    EXPECT_TRUE(outcome.concerns_lane);
    EXPECT_EQ(outcome.detail, "a b");
    outcome = said("{\"status\":\"permanent\"}\n");
    EXPECT_EQ(outcome.kind, Kind::rejected);
    EXPECT_EQ(outcome.code, "permanent");
    EXPECT_EQ(said(R"({"status":"retry","retry_after_s":99999999})").retry_after,
              std::chrono::hours{24});
    EXPECT_EQ(said(R"({"status":"retry","retry_after_s":-5})").retry_after, std::nullopt);
}

TEST(ExecJudge, AnAnswerCountsBeforeTheExitStatus) {
    EXPECT_EQ(said(R"({"status":"delivered"})", 1).kind, Kind::delivered);
    EXPECT_EQ(judge({Run::End::killed, 11, R"({"status":"delivered"})", {}}).kind, Kind::delivered);
}

TEST(ExecJudge, WithoutAnAnswerTheExitStatusDoes) {
    EXPECT_EQ(said("", 75).kind, Kind::retry);
    EXPECT_EQ(said("", 75).code, "exit 75");
    for (const int status : {1, 2, 64, 65, 77, 78, 127, 255})
        EXPECT_EQ(said("garbage", status).kind, Kind::rejected) << status;
    EXPECT_EQ(judge({Run::End::killed, 11, {}, {}}).kind, Kind::retry);
    EXPECT_EQ(judge({Run::End::killed, 11, {}, {}}).code, "SIGSEGV");
    EXPECT_EQ(judge({Run::End::timeout, 0, R"({"status":"delivered"})", {}}).kind, Kind::unknown);
    EXPECT_EQ(judge({Run::End::stopped, 0, {}, {}}).kind, Kind::unknown);
    EXPECT_EQ(judge({Run::End::flooded, 0, {}, {}}).kind, Kind::unknown);
    const Outcome outcome = judge({Run::End::not_started, ENOENT, {}, {}});
    EXPECT_EQ(outcome.kind, Kind::retry);
    EXPECT_EQ(outcome.code, "ENOENT");
    EXPECT_TRUE(outcome.concerns_lane);
}

TEST(ExecJudge, NobodyKnowsWhatGarbageMeans) {
    const std::string deep(5000, '[');
    for (const std::string& text :
         {std::string("done"), std::string(), std::string("{}"), std::string("[]"),
          std::string(R"({"status":"ok"})"), std::string(R"({"status":1})"), deep,
          std::string(R"({"status":"delivered"}{"status":"retry"})"),
          std::string(R"({"status":"retry","recipients":[{"name":"a"}]})"),
          std::string(R"({"status":"retry","recipients":"a"})"),
          std::string("{\"status\":\"delivered\"\xff}")})
        EXPECT_EQ(said(text).kind, Kind::unknown) << text;
}

TEST(ExecJudge, WordsOfTheProgramAreShortAndPlain) {
    for (const std::string& id :
         {std::string(200, 'x'), std::string("a b"), std::string("行"), std::string("a\\nb")})
        EXPECT_EQ(said(R"({"status":"delivered","remote_id":")" + id + R"("})").provider_id, "")
            << id;
    EXPECT_EQ(said(R"({"status":"delivered","code":")" + std::string(65, '1') + R"("})").code,
              "ok");
    EXPECT_LE(
        said(R"({"status":"retry","detail":")" + std::string(5000, 'x') + R"("})").detail.size(),
        200U);
}

TEST(ExecJudge, SeveralRecipientsHaveAnOutcomeEach) {
    const Outcome outcome = said(
        R"({"status":"retry","recipients":[{"name":"13800000000","status":"delivered","remote_id":"m"},
            {"name":"13900000000","status":"retry","code":"busy"},{"name":"x","status":"permanent"}]})");
    ASSERT_EQ(outcome.recipients.size(), 3U);
    EXPECT_EQ(outcome.recipients[0].kind, Kind::delivered);
    EXPECT_EQ(outcome.recipients[0].provider_id, "m");
    EXPECT_EQ(outcome.recipients[1].code, "busy");
    EXPECT_EQ(outcome.recipients[2].kind, Kind::rejected);
}

TEST(ExecOptions, AreReadAndHaveDefaults) {
    FakeSection plain({{"command", "/bin/true"}});
    Options options = Options::read(plain);
    EXPECT_TRUE(plain.faults().empty());
    EXPECT_EQ(options.concurrency, 4U);
    EXPECT_EQ(options.limits.cpu_s, 10U);
    FakeSection section({{"command", "/bin/true"},
                         {"arguments", {"--to", "desk"}},
                         {"secrets", {{"PAGER_TOKEN", {{"text", "hunter2"}}}}},
                         {"concurrency", 2},
                         {"timeout", 5000},
                         {"grace", 0},
                         {"limits", {{"cpu", 3000}, {"memory_mb", 0}, {"files", 16}}}});
    options = Options::read(section);
    EXPECT_TRUE(section.faults().empty());
    EXPECT_EQ(options.arguments, (std::vector<std::string>{"--to", "desk"}));
    ASSERT_EQ(options.secrets.size(), 1U);
    EXPECT_EQ(options.secrets[0].second, "hunter2");
    EXPECT_EQ(options.limits.cpu_s, 3U);
    EXPECT_EQ(options.limits.memory_mb, 0U);
}

TEST(ExecOptions, EveryFaultIsNamed) {
    FakeSection section({{"command", "bin/true"},
                         {"secrets",
                          {{"LD_PRELOAD", {{"text", "hunter2"}}},
                           {"PATH", {{"text", "hunter2"}}},
                           {"a-b", {{"text", "hunter2"}}}}},
                         {"user", "nobody-of-that-name"},
                         {"concurrency", 0},
                         {"timeout", 10},
                         {"grace", 60000},
                         {"limits", {{"cpu", 90000000}, {"files", 3}}}});
    (void)Options::read(section);
    ASSERT_EQ(section.faults().size(), 10U);
    for (const auto& fault : section.faults())
        EXPECT_EQ(fault.find("hunter2"), std::string::npos) << fault;
}

}  // namespace
}  // namespace jinqiao::adapters::notify::exec
