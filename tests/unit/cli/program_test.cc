// The program as a function: words, exit codes, output.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <vector>

#include "adapters/cli/command.h"
#include "adapters/cli/secrets.h"
#include "adapters/cli/system.h"
#include "tests/unit/cli/ran.h"

namespace jinqiao::adapters::cli {
namespace {

TEST(Program, HelpIsThereInBothLanguages) {
    const Ran english = ran({"--lang", "en", "--help"});
    EXPECT_EQ(english.code, 0);
    EXPECT_NE(english.out.find("early warning"), std::string::npos);
    const Ran chinese = ran({"--lang=zh-CN", "--help"});
    EXPECT_NE(chinese.out.find("预警"), std::string::npos);
}

// A word nobody wrote is shown as its code.
TEST(Program, EveryWordOfTheHelpIsWritten) {
    const std::vector<std::vector<std::string>> calls{{"--help"},
                                                      {"serve", "--help"},
                                                      {"check", "--help"},
                                                      {"diagram", "--help"},
                                                      {"file", "--help"},
                                                      {"case", "--help"},
                                                      {"case", "list", "--help"},
                                                      {"case", "show", "--help"},
                                                      {"case", "actions", "--help"},
                                                      {"case", "act", "--help"},
                                                      {"case", "history", "--help"},
                                                      {"case", "notices", "--help"},
                                                      {"audit", "--help"},
                                                      {"audit", "verify", "--help"},
                                                      {"backup", "--help"},
                                                      {"restore", "--help"},
                                                      {"completion", "--help"},
                                                      {"man", "--help"},
                                                      {"document", "--help"},
                                                      {"document", "add", "--help"},
                                                      {"document", "get", "--help"},
                                                      {"document", "list", "--help"},
                                                      {"channel", "--help"},
                                                      {"channel", "list", "--help"},
                                                      {"channel", "test", "--help"},
                                                      {"channel", "serve-echo", "--help"},
                                                      {"seed", "--help"},
                                                      {"replay", "--help"}};
    for (const auto& call : calls)
        for (const char* language : {"zh", "en"}) {
            std::vector<std::string> words{"--lang", language};
            words.insert(words.end(), call.begin(), call.end());
            const Ran help = ran(words);
            EXPECT_EQ(help.code, 0);
            EXPECT_EQ(help.out.find("cli."), std::string::npos) << help.out;
        }
}

TEST(Program, WrongUseIsExitCodeTwo) {
    EXPECT_EQ(ran({}).code, 2);
    EXPECT_EQ(ran({"nonsense"}).code, 2);
    EXPECT_EQ(ran({"check"}).code, 2);
    EXPECT_EQ(ran({"diagram", "dispute", "--format", "png"}).code, 2);
    EXPECT_EQ(ran({"check", "--config", "config", "--at", "tomorrow"}).code, 2);
}

TEST(Program, AMissingConfigurationIsAFault) {
    const Ran checked = ran({"check", "--config", "/nonexistent", "--json"});
    EXPECT_EQ(checked.code, 1);
    const auto answer = boost::json::parse(checked.out);
    EXPECT_FALSE(answer.at("ok").as_bool());
    EXPECT_FALSE(answer.at("faults").as_array().empty());
}

TEST(Program, NobodyListeningIsExitCodeThree) {
    const Ran listed = ran({"case", "list", "--url", "http://127.0.0.1:1"});
    EXPECT_EQ(listed.code, 3);
    EXPECT_NE(listed.err.find("connect"), std::string::npos);
}

TEST(Program, NoDatabaseIsExitCodeThree) {
    EXPECT_EQ(ran({"audit", "verify", "--data", "/nonexistent"}).code, 3);
}

TEST(Ids, SortByTimeAndHaveTheirForm) {
    std::uint64_t state = 0;
    TimeOrderedIds ids([&] { return state++; });
    const auto at = engine::time::from_ms(1'784'000'000'000);
    const std::string first = ids.next(at);
    const std::string second = ids.next(at + std::chrono::milliseconds{1});
    EXPECT_EQ(first.size(), 26U);
    EXPECT_EQ(first.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz"), std::string::npos);
    EXPECT_LT(first, second);
    TimeOrderedIds zero([] { return std::uint64_t{0}; });
    EXPECT_EQ(zero.next(engine::time::from_ms(0)), std::string(26, '0'));
    TimeOrderedIds ones([] { return ~std::uint64_t{0}; });
    EXPECT_EQ(ones.next(engine::time::from_ms(0xFFFFFFFFFFFF)), "7" + std::string(25, 'z'));
}

TEST(Secrets, AreAsLongAsAskedAndNeverTheSame) {
    EXPECT_EQ(random_hex(20).size(), 40U);
    EXPECT_NE(random_hex(20), random_hex(20));
}

}  // namespace
}  // namespace jinqiao::adapters::cli
