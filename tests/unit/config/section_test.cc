#include <cstdlib>

#include "tests/unit/config/config_fixture.h"

namespace jinqiao::tests {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

namespace {

class SectionOfAChannel : public ConfigFolder {
  protected:
    // Loads a channel "c" with these options.
    void channel(const std::string& options) {
        write("channels.yaml",
              "channels:\n  file: {kind: file}\n  c: {kind: c, " + options + "}\n");
        loaded_ = load();
        ASSERT_TRUE(loaded_.configuration);
        config_ = loaded_.configuration->channels.at(1);
    }
    std::unique_ptr<engine::ports::Section> open() { return config::open(config_, faults); }
    Lines lines() const { return described(faults, *loaded_.texts); }

    config::Faults faults;
    config::ChannelConfig config_;
    config::Loaded loaded_;
};

}  // namespace

TEST_F(SectionOfAChannel, ReadsEveryKindOfValue) {
    channel("t: words, n: 7, f: true, s: 15 s, l: [a, b], m: {x: 1}");
    auto section = open();
    EXPECT_EQ(section->text("t"), "words");
    EXPECT_EQ(section->text("absent", "default"), "default");
    EXPECT_EQ(section->integer("n", 1, 10, 3), 7);
    EXPECT_TRUE(section->flag("f", false));
    EXPECT_EQ(section->span("s", 1s), 15s);
    EXPECT_EQ(section->texts("l"), (Lines{"a", "b"}));
    EXPECT_EQ(section->section("m")->integer("x", 0, 9, 0), 1);
    EXPECT_EQ(section->section("absent")->text("y", "z"), "z");
    EXPECT_EQ(section->keys(), (Lines{"kind", "t", "n", "f", "s", "l", "m"}));
    section.reset();
    EXPECT_EQ(lines(), Lines{});
}

TEST_F(SectionOfAChannel, NotesEveryFaultAndGoesOnWithTheDefaults) {
    channel("n: 99, f: yes, s: soon, l: a, extra: 1");
    auto section = open();
    EXPECT_EQ(section->integer("n", 1, 10, 3), 3);
    EXPECT_FALSE(section->flag("f", false));
    EXPECT_EQ(section->span("s", 2s), 2s);
    EXPECT_TRUE(section->texts("l").empty());
    EXPECT_EQ(section->required_text("url"), "");
    section->fault("n", "a prime", "99");
    section.reset();
    EXPECT_EQ(
        lines(),
        (Lines{"channels.yaml:3:16: channels.c.n: expected a whole number from 1 to 10, found 99",
               "channels.yaml:3:23: channels.c.f: expected true or false, found yes",
               "channels.yaml:3:31: channels.c.s: expected a length of time such as 15 s, 2 min, "
               "12 h, 14 d, found soon",
               "channels.yaml:3:40: channels.c.l: expected a list, found a",
               "channels.yaml:3:3: channels.c.url: expected this key, which is required, found "
               "nothing",
               "channels.yaml:3:16: channels.c.n: expected a prime, found 99",
               "channels.yaml:3:46: channels.c.extra: expected one of the keys f, kind, l, n, s, "
               "url, found extra"}));
}

TEST_F(SectionOfAChannel, SecretsComeFromAFileBesideTheConfigurationOrTheEnvironment) {
    write("key", "whsec_abc\n");
    setenv("JINQIAO_TEST_SECRET", "from-env", 1);
    channel("a: {file: key}, b: {env: JINQIAO_TEST_SECRET}");
    auto section = open();
    EXPECT_EQ(section->secret("a", true), "whsec_abc");
    EXPECT_EQ(section->secret("b", true), "from-env");
    EXPECT_EQ(section->secret("absent", false), "");
    section.reset();
    EXPECT_EQ(lines(), Lines{});
}

TEST_F(SectionOfAChannel, ALiteralSecretIsAFaultThatDoesNotRepeatIt) {
    channel("a: hunter2, b: {file: nowhere}, c: {env: JINQIAO_NOT_SET}, d: {}");
    auto section = open();
    for (const char* key : {"a", "b", "c", "d", "e"}) EXPECT_EQ(section->secret(key, true), "");
    section.reset();
    ASSERT_EQ(lines().size(), 5u);
    EXPECT_EQ(lines()[0],
              "channels.yaml:3:16: channels.c.a: expected {file: PATH} or {env: NAME}, found a "
              "literal value (not shown)");
    EXPECT_EQ(lines()[1],
              "channels.yaml:3:32: channels.c.b.file: expected a readable file that is not empty, "
              "found nowhere");
    EXPECT_EQ(lines()[2],
              "channels.yaml:3:52: channels.c.c.env: expected an environment variable that is set, "
              "found JINQIAO_NOT_SET");
}

TEST_F(SectionOfAChannel, OfAKindNobodyKnowsIsAFaultWithTheNearestOne) {
    channel("x: 1");
    config_ = loaded_.configuration->channels.at(0);
    const std::vector<std::string> known{"files", "webhook"};
    faults.push_back(config::unknown_kind(config_, known));
    EXPECT_EQ(lines(), Lines{"channels.yaml:2:10: channels.file.kind: expected a kind of channel, "
                             "one of files, webhook, found file; did you mean files?"});
}

}  // namespace jinqiao::tests
