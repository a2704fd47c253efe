#include "config/zone.h"

#include "config/files.h"
#include "tests/unit/config/config_fixture.h"

namespace jinqiao::tests {

using engine::policy::Directory;

namespace {

Directory shipped_organisation() {
    config::Faults faults;
    auto organisation = config::load_organisation(
        source_dir / "config/organisation.yaml",
        config::load_channels(source_dir / "config/channels.yaml", faults), faults);
    EXPECT_TRUE(faults.empty());
    return organisation;
}

config::ZoneLoaded demo() {
    return config::load_zone(source_dir / "config/demo/zone.yaml", shipped_organisation());
}

class ZoneFile : public ConfigFolder {
  protected:
    std::vector<std::string> faults_of(const std::string& text) {
        write("zone.yaml", text);
        const auto loaded = load();
        const auto zone =
            config::load_zone(folder / "zone.yaml", loaded.configuration->organisation);
        EXPECT_EQ(zone.zone.has_value(), zone.faults.empty());
        return described(zone.faults, *loaded.texts);
    }
};

const std::string people = R"(people:
  - {id: p1, name: 示例甲, contacts: [{channel: file}]}
  - {id: p2, name: 示例乙, contacts: [{channel: file}]}
)";

}  // namespace

TEST(DemoZone, HasNoFaultAndATokenForEveryDemoUser) {
    const auto loaded = demo();
    for (const auto& fault : loaded.faults) ADD_FAILURE() << fault.path << fault.expected.code;
    ASSERT_TRUE(loaded.zone);
    EXPECT_TRUE(loaded.zone->demo);
    EXPECT_FALSE(config::Zone{}.demo);
    std::set<std::string> tokens;
    for (const auto& account : loaded.zone->accounts) tokens.insert(account.token_name);
    for (const char* name : {"enterprise_union", "duty_officer", "mediator", "supervisor",
                             "supervisor2", "administrator", "auditor"})
        EXPECT_TRUE(tokens.contains(name)) << name;
    for (const auto& [id, department] : shipped_organisation().departments)
        EXPECT_TRUE(tokens.contains("department:" + id.value)) << id.value;
    EXPECT_EQ(tokens.size(), 7u + 16u);
}

TEST(DemoZone, NamesNobodyWhoCouldBeReal) {
    const auto loaded = demo();
    for (const auto& person : loaded.zone->people)
        EXPECT_TRUE(person.name.starts_with("示例")) << person.name;
    for (const auto& enterprise : loaded.zone->enterprises)
        EXPECT_TRUE(enterprise.name.starts_with("示例")) << enterprise.name;
}

TEST(DemoZone, ReachesEveryPostAndDepartment) {
    const auto directory = config::staffed(shipped_organisation(), *demo().zone);
    for (const auto& [id, post] : directory.posts)
        EXPECT_TRUE(directory.reach({model::Addressee::Kind::post, id.value}, some_day).reachable())
            << id.value;
    for (const auto& [id, department] : directory.departments) {
        const auto reach =
            directory.reach({model::Addressee::Kind::department, id.value}, some_day);
        ASSERT_TRUE(reach.reachable()) << id.value;
        EXPECT_EQ(reach.contacts.front(), (engine::policy::Contact{"file", id.value}));
    }
}

// Two persons for whatever needs a second one (G.two).
TEST(DemoZone, TheTwoSupervisorsAreTwoPersons) {
    const auto directory = config::staffed(shipped_organisation(), *demo().zone);
    const auto first = directory.acting(model::PostId("supervisor"), some_day);
    const auto second = directory.acting(model::PostId("supervisor2"), some_day);
    EXPECT_NE(first.front().person, second.front().person);
}

TEST_F(ZoneFile, EveryPostWantsAHolderAndADeputy) {
    EXPECT_EQ(faults_of(people + "terms:\n  - {person: p1, post: fallback_desk}\n"),
              (std::vector<std::string>{
                  "zone.yaml:4:1: terms: expected a holder of the post duty_desk, found nothing",
                  "zone.yaml:4:1: terms: expected two people in the line of the post duty_desk, "
                  "found fewer than two",
                  "zone.yaml:4:1: terms: expected two people in the line of the post "
                  "fallback_desk, found fewer than two"}));
}

TEST_F(ZoneFile, NamesAreLookedUp) {
    const auto lines = faults_of(people + R"(terms:
  - {person: p1, post: duty_desk}
  - {person: p2, post: duty_desk, rank: 1}
  - {person: p1, post: fallback_desk}
  - {person: p2, post: fallback_desk, rank: 1}
  - {person: p3, post: fallback_dsk, from: yesterday}
accounts:
  - {id: a1, roles: [departmnt], person: p1}
  - {id: a2, roles: [department], person: p1, department: hrs}
  - {id: a2, roles: [department], person: p1}
)");
    ASSERT_EQ(lines.size(), 7u);
    EXPECT_EQ(lines[0],
              "zone.yaml:9:6: terms.4.person: expected a person of this file, found p3; "
              "did you mean p1?");
    EXPECT_EQ(lines[1],
              "zone.yaml:9:18: terms.4.post: expected a post, one of duty_desk, "
              "fallback_desk, found fallback_dsk; did you mean fallback_desk?");
    EXPECT_EQ(lines[2],
              "zone.yaml:9:38: terms.4.from: expected a date (2026-10-01) or an instant "
              "(2026-10-01T08:00:00+08:00), found yesterday");
    EXPECT_TRUE(lines[3].ends_with("found departmnt; did you mean department?"));
    EXPECT_TRUE(lines[4].ends_with("found hrs; did you mean hrss?"));
    EXPECT_EQ(lines[5],
              "zone.yaml:13:5: accounts.2.department: expected this key, which is "
              "required, found nothing");
    EXPECT_EQ(lines[6], "zone.yaml:13:5: accounts.2: expected an id used once, found a2");
}

TEST_F(ZoneFile, JointUnionWantsTwoInReserve) {
    auto text = slurp(folder / "organisation.yaml");
    text.replace(text.find("contacts:"), 0, "unit: joint, ");
    write("organisation.yaml", text);
    const auto lines = faults_of(people + R"(terms:
  - {person: p1, post: duty_desk}
  - {person: p2, post: duty_desk, rank: 1}
  - {person: p1, post: fallback_desk}
  - {person: p2, post: fallback_desk, rank: 1}
)");
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0],
              "zone.yaml:4:1: terms: expected 2 in reserve behind the first of duty_desk, found 1");
}

TEST_F(ZoneFile, QuietHoursAndRotationsAreChecked) {
    const auto lines = faults_of(R"(people:
  - {id: p1, name: 示例甲, contacts: [{channel: file}], quiet: [{from: "22:00", until: "22:00"}]}
  - {id: p2, name: 示例乙, contacts: [{channel: file}], quiet: [{from: "22:00", until: "07:00", days: [8]}]}
terms:
  - {person: p1, post: duty_desk}
  - {person: p2, post: duty_desk, rank: 1}
  - {person: p1, post: fallback_desk}
  - {person: p2, post: fallback_desk, rank: 1}
rotations:
  - {post: duty_desk, order: [p1, p3]}
)");
    ASSERT_EQ(lines.size(), 4u);
    EXPECT_TRUE(lines[0].ends_with("expected another time than from, found 22:00")) << lines[0];
    EXPECT_TRUE(lines[1].ends_with("found 8")) << lines[1];
    EXPECT_TRUE(lines[2].find("a post with a rota") != std::string::npos) << lines[2];
    EXPECT_TRUE(lines[3].ends_with("found p3; did you mean p1?")) << lines[3];
}

TEST_F(ZoneFile, TermsWithoutDatesHaveAlwaysHeld) {
    write("zone.yaml", people + R"(terms:
  - {person: p1, post: duty_desk, from: 2026-06-01}
  - {person: p2, post: duty_desk, rank: 1, until: 2026-06-01T09:00:00+08:00}
  - {person: p1, post: fallback_desk}
  - {person: p2, post: fallback_desk}
)");
    const auto loaded = load();
    const auto zone = config::load_zone(folder / "zone.yaml", loaded.configuration->organisation);
    ASSERT_TRUE(zone.zone);
    const auto& terms = zone.zone->terms;
    EXPECT_EQ(terms[0].from, *engine::time::parse_rfc3339("2026-06-01T00:00:00+08:00"));
    EXPECT_LT(terms[1].from, *engine::time::parse_rfc3339("2007-01-01T00:00:00+08:00"));
    EXPECT_EQ(terms[1].until, some_day);
}

}  // namespace jinqiao::tests
