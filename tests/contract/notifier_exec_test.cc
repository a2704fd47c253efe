// Programs that behave and programs that do not, each a few lines of shell.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/notify/exec/exec.h"
#include "tests/contract/notifier_contract.h"
#include "tests/support/scratch_dir.h"

namespace jinqiao::tests {
namespace {

namespace fs = std::filesystem;
using adapters::notify::exec::Exec;
using ExecOptions = adapters::notify::exec::Options;
using engine::ports::Outcome;
using Kind = Outcome::Kind;
using Steady = std::chrono::steady_clock;

void write_program(const fs::path& path, const std::string& script) {
    // Under another name first: a program that is open for writing cannot be run.
    const fs::path part = path.string() + ".part";
    std::ofstream(part) << "#!/bin/sh\n" << script;
    chmod(part.c_str(), 0755);
    fs::rename(part, path);
}

std::string content(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

class ExecHarness : public NotifierHarness {
  public:
    ExecHarness() {
        fs::create_directories(dir_.path() / "in");
        mend_far_side();
    }
    std::unique_ptr<engine::ports::Notifier> make() override {
        ExecOptions options;
        options.command = program();
        options.limits.processes = 0;
        return std::make_unique<Exec>(options);
    }
    std::string address() override { return "desk"; }
    std::vector<Arrived> arrived() override {
        std::vector<Arrived> result;
        for (const auto& entry : fs::directory_iterator(dir_.path() / "in")) {
            auto request = boost::json::parse(content(entry.path())).as_object();
            std::ostringstream notice;
            notice << request.at("text").as_string().c_str() << request.at("notice");
            result.push_back({request.at("id").as_string().c_str(), notice.str()});
        }
        return result;
    }
    void break_far_side() override { write_program(program(), "exit 75\n"); }
    void mend_far_side() override {
        write_program(program(), "cat >" + (dir_.path() / "in").string() +
                                     "/$$ && echo '{\"status\": \"delivered\"}'\n");
    }

  private:
    std::string program() const { return dir_.path() / "send"; }
    support::ScratchDir dir_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Exec, NotifierContract, ExecHarness);

class ExecPrograms : public testing::Test {
  protected:
    ExecPrograms() {
        options_.command = dir_.path() / "send";
        options_.grace = std::chrono::milliseconds{200};
    }
    Outcome send(const std::string& script, const engine::ports::Transmission& message) {
        write_program(options_.command, script);
        Outcomes outcomes;
        Exec notifier(options_, [this](const std::string& line) { logged_ += line; });
        notifier.send(message, outcomes.slot());
        const auto seen = outcomes.wait(1);
        EXPECT_EQ(seen.size(), 1U);
        return seen.empty() ? Outcome{} : seen[0];
    }
    Outcome send(const std::string& script) {
        auto message = transmission("desk", 1);
        message.patience = patience_;
        return send(script, message);
    }
    std::string path(const char* name) const { return dir_.path() / name; }

    support::ScratchDir dir_;
    ExecOptions options_;
    std::string logged_;
    std::chrono::milliseconds patience_{5000};
};

constexpr const char* good = "echo '{\"status\": \"delivered\"}'\n";

// The pid that a script wrote is of nobody any more, or of one who waits to be buried.
bool gone(const std::string& file) {
    const std::string pid = content(file).substr(0, content(file).find('\n'));
    for (int i = 0; i < 500 && !pid.empty(); ++i) {
        const std::string state = content("/proc/" + pid + "/stat");
        if (state.empty() || state.find(") Z ") != std::string::npos) return true;
        usleep(10'000);
    }
    return false;
}

TEST_F(ExecPrograms, OneThatHangsIsEndedAndNobodyKnows) {
    patience_ = std::chrono::milliseconds{300};
    const Outcome outcome = send("exec sleep 60\n");
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_EQ(outcome.code, "timeout");
}

TEST_F(ExecPrograms, OneThatDoesNotHearIsKilledWithItsChildren) {
    patience_ = std::chrono::milliseconds{400};
    const Outcome outcome =
        send("trap '' TERM\nsleep 60 & echo $! >" + path("pid") + "\nwhile :; do sleep 60; done\n");
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_TRUE(gone(path("pid")));
}

TEST_F(ExecPrograms, OneThatHearsMayTidyUp) {
    patience_ = std::chrono::milliseconds{400};
    options_.grace = std::chrono::milliseconds{5000};
    EXPECT_EQ(send("trap 'echo bye >" + path("bye") + "; exit 0' TERM\nsleep 60 & wait\n").kind,
              Kind::unknown);
    EXPECT_EQ(content(path("bye")), "bye\n");
}

TEST_F(ExecPrograms, OneThatFloodsIsEnded) {
    const auto began = Steady::now();
    const Outcome outcome = send("exec yes\n");
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_EQ(outcome.code, "answer_too_long");
    EXPECT_LT(Steady::now() - began, patience_);
}

TEST_F(ExecPrograms, NoiseOnStandardErrorIsReadAndCut) {
    const Outcome outcome = send(
        "head -c 3000000 /dev/zero | tr '\\0' x >&2\nprintf '\\033[2J' >&2\n" + std::string(good));
    EXPECT_EQ(outcome.kind, Kind::delivered);
    EXPECT_FALSE(logged_.empty());
    EXPECT_LE(logged_.size(), 1024U);
}

TEST_F(ExecPrograms, WhatItWritesForTheLogIsPrintableAndHoldsNoSecret) {
    options_.secrets = {{"TOKEN", "hunter2"}};
    const Outcome outcome = send(
        "printf 'a\\033[2Jb\\nuser %s\\n' \"$TOKEN\" >&2\n"
        "echo '{\"status\": \"retry\", \"detail\": \"with '$TOKEN'\"}'\n");
    EXPECT_EQ(logged_, "a [2Jb user ***");
    EXPECT_EQ(outcome.detail, "with ***");
}

// A full pipe on either side must not be a deadlock.
TEST_F(ExecPrograms, MuchIsWrittenAndReadAtOnce) {
    auto message = transmission("desk", 1);
    message.patience = patience_;
    message.text = std::string(1'000'000, 'x');
    const Outcome outcome =
        send("head -c 60000 /dev/zero | tr '\\0' ' '\nhead -c 200000 /dev/zero >&2\ncat | wc -c >" +
                 path("count") + "\n" + good,
             message);
    EXPECT_EQ(outcome.kind, Kind::delivered) << outcome.code;
    EXPECT_GT(std::stoi(content(path("count"))), 1'000'000);
}

TEST_F(ExecPrograms, OneThatDoesNotReadMayAnswer) {
    auto message = transmission("desk", 1);
    message.patience = patience_;
    message.text = std::string(1'000'000, 'x');
    EXPECT_EQ(send("exec <&-\n" + std::string(good), message).kind, Kind::delivered);
}

TEST_F(ExecPrograms, AChildThatKeepsThePipeOpenHoldsNobodyUp) {
    const auto began = Steady::now();
    const Outcome outcome = send(std::string(good) + "sleep 60 & echo $! >" + path("pid") + "\n");
    EXPECT_EQ(outcome.kind, Kind::delivered);
    EXPECT_LT(Steady::now() - began, patience_);
    EXPECT_TRUE(gone(path("pid")));
}

TEST_F(ExecPrograms, TheExitStatusCountsWhereNothingIsSaid) {
    EXPECT_EQ(send("exit 75\n").kind, Kind::retry);
    EXPECT_EQ(send("exit 1\n").kind, Kind::rejected);
    EXPECT_EQ(send("echo garbage\n").kind, Kind::unknown);
    const Outcome outcome = send("kill -SEGV $$\n");
    EXPECT_EQ(outcome.kind, Kind::retry);
    EXPECT_EQ(outcome.code, "SIGSEGV");
}

TEST_F(ExecPrograms, WhatCannotBeStartedConcernsAll) {
    write_program(options_.command, good);
    Outcomes outcomes;
    Exec notifier(options_);
    std::ofstream(options_.command) << "#!/nowhere/sh\n";
    notifier.send(transmission("desk", 1), outcomes.slot());
    auto seen = outcomes.wait(1);
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].kind, Kind::retry);
    EXPECT_EQ(seen[0].code, "ENOENT");
    EXPECT_TRUE(seen[0].concerns_lane);
    chmod(options_.command.c_str(), 0777);  // since the configuration was read
    notifier.send(transmission("desk", 1), outcomes.slot());
    seen = outcomes.wait(2);
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[1].code, "distrust");
    EXPECT_TRUE(seen[1].concerns_lane);
}

TEST_F(ExecPrograms, ItGetsItsArgumentsAndNothingOfOurs) {
    setenv("JINQIAO_INHERITED", "1", 1);
    const int open_file =
        open(path("canary").c_str(), O_RDONLY | O_CREAT, 0600);  // without close-on-exec
    options_.arguments = {"--to", "a b; echo $HOME", "*"};
    options_.secrets = {{"TOKEN", "hunter2"}};
    options_.limits.cpu_s = 7;
    EXPECT_EQ(send("seen=" + path("seen") +
                   "\nls -l /proc/$$/fd >$seen; echo >>$seen\n"
                   "printf '%s|' \"$@\" >>$seen; echo >>$seen\n"
                   "env | cut -d= -f1 | sort | tr '\\n' ' ' >>$seen; echo >>$seen\n"
                   "{ ulimit -t; ulimit -c; pwd; grep SigIgn /proc/self/status; } >>$seen\n"
                   "ps -o pgid= -p $$ | tr -d ' ' >" +
                   path("group") + "; echo $$ >" + path("pid") + "\n" + good)
                  .kind,
              Kind::delivered);
    close(open_file);
    unsetenv("JINQIAO_INHERITED");
    std::istringstream lines(content(path("seen")));
    std::string line;
    std::string open_ones;
    while (std::getline(lines, line) && !line.empty()) open_ones += line + " ";
    EXPECT_NE(open_ones.find("seen"), std::string::npos) << open_ones;
    EXPECT_EQ(open_ones.find("canary"), std::string::npos) << open_ones;
    std::getline(lines, line);
    EXPECT_EQ(line, "--to|a b; echo $HOME|*|");
    std::getline(lines, line);
    EXPECT_EQ(line, "HOME LANG PATH PWD TOKEN TZ ");
    std::getline(lines, line);
    EXPECT_EQ(line, "7");
    std::getline(lines, line);
    EXPECT_EQ(line, "0");
    std::getline(lines, line);
    EXPECT_EQ(line, "/");
    std::getline(lines, line);
    EXPECT_EQ(line, "SigIgn:\t0000000000000000");
    EXPECT_EQ(content(path("group")), content(path("pid")));
}

TEST_F(ExecPrograms, LimitsHold) {
    options_.limits.file_mb = 1;
    EXPECT_EQ(send("head -c 3000000 /dev/zero >" + path("big") + " || exit 75\n" + good).kind,
              Kind::retry);
    EXPECT_EQ(fs::file_size(path("big")), 1024U * 1024U);
}

TEST_F(ExecPrograms, ADaemonThatEndsWaitsForNobody) {
    write_program(options_.command, "sleep 60\n");
    Outcomes outcomes;
    const auto began = Steady::now();
    {
        Exec notifier(options_);
        for (int i = 0; i < 20; ++i) notifier.send(transmission("desk", i), outcomes.slot());
    }
    EXPECT_LT(Steady::now() - began, std::chrono::seconds{10});
    const auto seen = outcomes.wait(20);
    ASSERT_EQ(seen.size(), 20U);
    for (const auto& outcome : seen) EXPECT_EQ(outcome.code, "aborted");
}

}  // namespace
}  // namespace jinqiao::tests
