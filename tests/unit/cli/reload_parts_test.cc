#include <gtest/gtest.h>

#include <fstream>

#include "adapters/cli/configuration_digest.h"
#include "adapters/cli/service_settings.h"
#include "tests/support/scratch_dir.h"

// Small things a reload rests on.
namespace jinqiao::adapters::cli {
namespace {

using Keys = std::vector<std::string>;

void write(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

TEST(ConfigurationDigest, IsThatOfNamesAndContentsWhereverTheFolderLies) {
    const tests::support::ScratchDir dir;
    for (const auto* place : {"a", "b"}) {
        write(dir.path() / place / "service.yaml", "zone_name: x\n");
        write(dir.path() / place / "texts" / "api.yaml", "a: b\n");
    }
    const auto first = configuration_digest(dir.path() / "a");
    EXPECT_EQ(first.size(), 64U);
    EXPECT_EQ(configuration_digest(dir.path() / "b"), first);
    write(dir.path() / "b" / "README.md", "no part of it");
    EXPECT_EQ(configuration_digest(dir.path() / "b"), first);
    write(dir.path() / "b" / "texts" / "api.yaml", "a: c\n");
    EXPECT_NE(configuration_digest(dir.path() / "b"), first);
    std::filesystem::rename(dir.path() / "a" / "texts" / "api.yaml",
                            dir.path() / "a" / "texts" / "other.yaml");
    EXPECT_NE(configuration_digest(dir.path() / "a"), first);
}

TEST(NeedingRestart, NamesEachKeyThatWaits) {
    config::Service before;
    EXPECT_EQ(needing_restart(before, before), Keys{});
    auto after = before;
    after.listen = "0.0.0.0:80";
    after.commit.batch = 7;
    after.http.body_limit = 2048;
    after.audit.clock_jump = std::chrono::minutes{1};
    after.console = "/elsewhere";
    EXPECT_EQ(needing_restart(before, after), (Keys{"listen", "commit.batch", "audit.clock_jump",
                                                    "http.body_limit_bytes", "console.folder"}));
}

TEST(NeedingRestart, LeavesOutWhatAReloadTakesOver) {
    config::Service before;
    auto after = before;
    after.zone_name = "another";
    after.public_url = "https://elsewhere.example";
    after.number_prefix = "NEU";
    after.language = engine::model::Language::en;
    after.delivery.in_flight = 1;
    after.audit.every = std::chrono::minutes{1};
    after.sign_link_ttl = std::chrono::hours{1};
    EXPECT_EQ(needing_restart(before, after), Keys{});
}

}  // namespace
}  // namespace jinqiao::adapters::cli
