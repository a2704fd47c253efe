#include "config/effective.h"

#include <algorithm>

#include "tests/unit/config/config_fixture.h"

namespace jinqiao::tests {
namespace {

using config::Effective;
using Origin = Effective::Origin;

class EffectiveValues : public ConfigFolder {
  protected:
    std::vector<Effective> values() {
        const config::Ledger ledger;
        const auto loaded = load();
        EXPECT_TRUE(loaded.configuration);
        if (loaded.configuration)
            for (const auto& channel : loaded.configuration->channels) {
                config::Faults faults;
                const auto section = config::open(channel, faults);
                (void)section->text("folder", "spool");
                (void)section->secret("url", false);
            }
        return config::effective(folder, ledger);
    }
    // The value of one key as "value @line" of the file, "value @default" or "where @secret".
    std::string of(const std::string& key) {
        const auto all = values();
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.key == key; });
        if (found == all.end()) return "absent";
        const auto origin = found->origin == Origin::file       ? std::to_string(found->line)
                            : found->origin == Origin::fallback ? "default"
                                                                : "secret";
        return found->value + " @" + origin;
    }
};

TEST_F(EffectiveValues, ComeFromTheLineTheyStandIn) {
    write("service.yaml", "zone_name: z\ncommit:\n  batch: 7\n");
    EXPECT_EQ(of("service.zone_name"), "z @1");
    EXPECT_EQ(of("service.commit.batch"), "7 @3");
}

TEST_F(EffectiveValues, AreTheDefaultsWhereTheFileSaysNothing) {
    write("service.yaml", "zone_name: z\ncommit:\n  batch: 7\n");
    write("channels.yaml", "channels:\n  file: {kind: file}\n");
    EXPECT_EQ(of("service.commit.queue"), "4096 @default");
    EXPECT_EQ(of("service.delivery.patience"), "15 s @default") << "the whole part is left out";
    EXPECT_EQ(of("service.language"), "zh @default");
    EXPECT_EQ(of("service.close_of_business"), "17:30 @default");
    EXPECT_EQ(of("channels.file.folder"), "spool @default");
}

TEST_F(EffectiveValues, NeverHoldASecret) {
    write("url", "https://hooks.example/abcdef");
    setenv("JINQIAO_TEST_URL", "https://hooks.example/fedcba", 1);
    write("channels.yaml",
          "channels:\n  file: {kind: file, url: {file: url}}\n"
          "  other: {kind: file, url: {env: JINQIAO_TEST_URL}}\n");
    EXPECT_EQ(of("channels.file.url"), "file url @secret");
    EXPECT_EQ(of("channels.other.url"), "env JINQIAO_TEST_URL @secret");
    for (const auto& one : values())
        EXPECT_EQ(one.value.find("hooks.example"), std::string::npos) << one.key;
    unsetenv("JINQIAO_TEST_URL");
}

TEST_F(EffectiveValues, NameEachKeyOnce) {
    std::vector<std::string> keys;
    for (const auto& one : values()) keys.push_back(one.key);
    std::sort(keys.begin(), keys.end());
    const auto twice = std::adjacent_find(keys.begin(), keys.end());
    EXPECT_EQ(twice, keys.end()) << *twice;
    EXPECT_FALSE(keys.empty());
}

TEST(Ledger, WithoutOneNothingIsNotedAndTheOuterComesBack) {
    config::Faults faults;
    const auto tree = config::read_yaml_text("a: 1\n", "x.yaml", faults);
    config::Ledger::asked(tree, "nobody hears");
    const config::Ledger outer;
    {
        const config::Ledger inner;
        config::Ledger::asked(tree, "a");
        EXPECT_EQ(inner.entries().size(), 1u);
    }
    config::Ledger::asked(tree, "b");
    ASSERT_EQ(outer.entries().size(), 1u);
    EXPECT_EQ(outer.entries()[0].path, "b");
}

}  // namespace
}  // namespace jinqiao::tests
