// Completion and manual page hold what the program can do: both are made from its own arguments.
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

#include "adapters/cli/shell/completion.h"
#include "adapters/cli/shell/manual.h"
#include "adapters/cli/shell/tree.h"
#include "tests/unit/cli/ran.h"

namespace jinqiao::adapters::cli::shell {
namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Shell, TreeIsWhatTheArgumentsAreReadWith) {
    CLI::App app("An example", "example");
    std::string way, file;
    bool fast = false;
    CLI::App& go = *app.add_subcommand("go", "Go somewhere");
    go.add_option("file", file, "Where to")->required();
    go.add_option("-w,--way", way, "How")->check(CLI::IsMember({"road", "rail"}));
    go.add_flag("--fast", fast, "Soon");
    go.add_subcommand("back", "And back");
    const Command tree = describe(app);
    const auto all = all_of(tree);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[1]->path, "go");
    EXPECT_EQ(all[2]->path, "go back");
    const auto& options = all[1]->options;
    ASSERT_EQ(options.size(), 4U);  // with --help
    EXPECT_EQ(options[1].place, "file");
    EXPECT_TRUE(options[1].required);
    EXPECT_EQ(options[2].names, (std::vector<std::string>{"--way", "-w"}));
    EXPECT_EQ(options[2].choices, (std::vector<std::string>{"road", "rail"}));
    EXPECT_TRUE(options[2].takes_value);
    EXPECT_FALSE(options[3].takes_value);
}

TEST(Shell, EveryCommandIsInEveryScriptAndOnThePage) {
    const std::string help = ran({"--lang", "en", "--help"}).out;
    const std::string page = ran({"--lang", "en", "man"}).out;
    for (const std::string command :
         {"serve", "check", "file", "case list", "case act", "document add", "document get",
          "audit verify", "backup", "channel test", "restore", "completion", "man"}) {
        EXPECT_TRUE(holds(help, command.substr(0, command.find(' ')))) << command;
        EXPECT_TRUE(holds(page, ".SS \"jinqiao " + command + "\"")) << command;
        for (const char* kind : {"bash", "zsh", "fish"})
            EXPECT_TRUE(holds(ran({"completion", kind}).out, "'" + command + "'"))
                << command << " " << kind;
    }
}

TEST(Shell, QuotesInHelpDoNotEndAString) {
    Command program{"", "", {}, {{"go", "It's \\ here", {}, {}}}};
    EXPECT_TRUE(holds(fish_completion(program), "-d 'It\\'s \\\\ here'"));
}

TEST(Shell, PageShowsTextLetterByLetter) {
    const Speech speech(engine::model::Language::en);
    Command program{"", ".starts \\ with-a dot", {}, {}};
    const std::string page = manual(program, speech, "1.0");
    EXPECT_TRUE(holds(page, "jinqiao \\- \\&.starts \\e with\\-a dot\n")) << page;
    program.help = "预警";
    EXPECT_TRUE(holds(manual(program, speech, "1.0"), "预\\:警\\:"));
}

TEST(Shell, NoWordOfThePageIsMissing) {
    for (const char* language : {"en", "zh-CN"})
        EXPECT_FALSE(holds(ran({"--lang", language, "man"}).out, "cli.")) << language;
}

}  // namespace
}  // namespace jinqiao::adapters::cli::shell
