#include "adapters/cli/console_pages.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/scratch_dir.h"

namespace jinqiao::adapters::cli {
namespace {

TEST(ConsolePages, LieBesideTheProgramUnlessTheConfigurationSaysElse) {
    config::Service service;
    EXPECT_EQ(console_folder(service),
              std::filesystem::read_symlink("/proc/self/exe").parent_path() / "console");
    service.console = "/usr/share/jinqiao/console";
    EXPECT_EQ(console_folder(service), "/usr/share/jinqiao/console");
}

TEST(ConsolePages, WithoutAFolderThereAreNone) {
    tests::support::ScratchDir dir;
    EXPECT_FALSE(console_pages(dir.path() / "nowhere"));
    EXPECT_FALSE(console_pages(dir.path()));
}

TEST(ConsolePages, AreHeldInMemory) {
    tests::support::ScratchDir dir;
    std::ofstream(dir.path() / "index.html") << "front";
    const auto pages = console_pages(dir.path());
    std::filesystem::remove(dir.path() / "index.html");
    ASSERT_TRUE(pages);
    EXPECT_EQ(pages({"cases"})->plain, "front");
    EXPECT_EQ(pages({"cases"})->content_type, "text/html; charset=utf-8");
    EXPECT_FALSE(pages({"assets", "gone.js"}));
}

}  // namespace
}  // namespace jinqiao::adapters::cli
