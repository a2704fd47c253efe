#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <fstream>

#include "adapters/cli/configuration_digest.h"
#include "adapters/cli/reload/changes.h"
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

TEST(ChangedFiles, AreNamedWithWhatHappenedToThem) {
    const ConfigurationFiles before{{"a.yaml", "1"}, {"b.yaml", "2"}, {"c.yaml", "3"}};
    const ConfigurationFiles after{{"b.yaml", "2"}, {"c.yaml", "4"}, {"d.yaml", "5"}};
    EXPECT_EQ(boost::json::serialize(changed_files(before, after)),
              R"([{"file":"a.yaml","change":"removed"},{"file":"c.yaml","change":"changed"},)"
              R"({"file":"d.yaml","change":"added"}])");
    EXPECT_TRUE(changed_files(before, before).empty());
}

TEST(ChangedValues, AreThoseSetOtherwiseWhereverTheyStand) {
    using config::Effective;
    const std::vector<Effective> before{
        {Effective::Origin::file, "s.same", "1", "s.yaml", 3},
        {Effective::Origin::fallback, "s.default", "10", "s.yaml", 0},
        {Effective::Origin::file, "s.other", "old", "s.yaml", 4},
        {Effective::Origin::secret, "s.secret", "file /a", "s.yaml", 5}};
    const std::vector<Effective> after{
        {Effective::Origin::file, "s.same", "1", "s.yaml", 9},
        {Effective::Origin::file, "s.default", "10", "s.yaml", 8},  // written down, the same
        {Effective::Origin::file, "s.other", "new", "s.yaml", 4},
        {Effective::Origin::secret, "s.secret", "file /b", "s.yaml", 5},
        {Effective::Origin::file, "s.fresh", "", "s.yaml", 6}};
    const auto changes = changed_values(before, after);
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(boost::json::serialize(changes),
              R"([{"key":"s.fresh","change":"added","before":null,"after":""},)"
              R"({"key":"s.other","change":"changed","before":"old","after":"new"},)"
              R"({"key":"s.secret","change":"changed","before":"file /a","after":"file /b"}])");
}

TEST(FaultsWithin, NameTheirFilesFromTheFolderOn) {
    config::Faults faults(2);
    faults[0].file = "/etc/jinqiao/config/texts/api.yaml";
    faults[1].file = "/elsewhere/x.yaml";
    faults = within("/etc/jinqiao/config", std::move(faults));
    EXPECT_EQ(faults[0].file, "texts/api.yaml");
    EXPECT_EQ(faults[1].file, "/elsewhere/x.yaml");
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
