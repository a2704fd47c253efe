// The test suite of a policy in YAML, played against the configuration as shipped.

#include "config/situations.h"

#include <algorithm>

#include "config/zone.h"
#include "tests/unit/config/config_fixture.h"
#include "workflows/catalogue.h"

namespace jinqiao::tests {

namespace {

class Situations : public testing::Test {
  protected:
    Situations() : workflows(workflows::catalogue()) {
        std::vector<const kernel::Workflow*> borrowed;
        for (const auto& workflow : workflows) borrowed.push_back(workflow.get());
        loaded = config::load(source_dir / "config", borrowed, some_day);
        const auto zone = config::load_zone(source_dir / "config/demo/zone.yaml",
                                            loaded.configuration->organisation);
        directory = config::staffed(loaded.configuration->organisation, *zone.zone);
        filer.kind = model::Actor::Kind::person;
        filer.person = model::PersonId{"p_chair_1"};
        filer.roles = {"enterprise_union"};
    }

    std::vector<std::string> faults_of(const std::string& yaml) {
        config::Faults faults;
        const auto tree = config::read_yaml_text(yaml, "s.yaml", faults);
        const auto situations = config::read_situations(tree, faults);
        const auto policy = loaded.configuration->policies.at("dispute");
        const kernel::Trial::World world{workflows.front().get(), policy.get(), &directory,
                                         loaded.configuration->calendar.get()};
        if (faults.empty())
            for (const auto& tried : situations) try_situation(tried, world, filer, faults);
        std::vector<std::string> lines;
        for (const auto& fault : faults)
            lines.push_back(config::describe(fault, *loaded.texts, model::Language::en));
        return lines;
    }

    // Three unpaid workers, and what is expected of it.
    static std::string three_workers(const std::string& expect, const std::string& more = {}) {
        return "situations:\n"
               "  - name: {zh: 三人, en: three}\n"
               "    at: \"2026-04-24 09:30\"\n"
               "    alert: {enterprise: {staff: 60}, event: {cause: wage_arrears, "
               "workers_involved: 3}}\n" +
               more + "    expect: {" + expect + "}\n";
    }

    std::vector<std::shared_ptr<const kernel::Workflow>> workflows;
    config::Loaded loaded;
    engine::policy::Directory directory;
    model::Actor filer;
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_F(Situations, TheShippedOnesTurnOutAsExpected) {
    EXPECT_EQ(faults_of(slurp(source_dir / "config/situations.yaml")), Lines{});
}

TEST_F(Situations, AnotherGradeIsToldAtItsLine) {
    EXPECT_EQ(faults_of(three_workers("grade: red")),
              Lines{"s.yaml:5:14: situations.0.expect.grade: expected grade red (I), found grade "
                    "blue (IV)"});
}

TEST_F(Situations, SomebodyWhoWasNotToldIsNamed) {
    EXPECT_EQ(faults_of(three_workers("told: [hrss, police]")),
              Lines{"s.yaml:5:14: situations.0.expect.told: expected police told at filing, found "
                    "police never told"});
}

TEST_F(Situations, SomebodyWhoWasToldAgainstExpectationIsNamed) {
    EXPECT_EQ(faults_of(three_workers("not_told: [hrss]")),
              Lines{"s.yaml:5:14: situations.0.expect.not_told: expected hrss not told, found hrss "
                    "told after 0 min"});
}

TEST_F(Situations, TooLateIsSaidInMinutes) {
    EXPECT_EQ(faults_of(three_workers("reached: [{who: liaison, within: 3 h}]")),
              Lines{"s.yaml:5:14: situations.0.expect.reached: expected liaison told within 180 "
                    "min, found liaison told after 240 min"});
}

TEST_F(Situations, AnotherOwnerIsNamed) {
    EXPECT_EQ(faults_of(three_workers("owner: liaison", "    watch: 10 min\n")),
              Lines{"s.yaml:6:14: situations.0.expect.owner: expected owned by liaison in the end, "
                    "found owned by duty_desk in the end"});
}

TEST_F(Situations, ADeedThatIsRefusedIsAFault) {
    const auto lines =
        faults_of(three_workers("grade: blue", "    deeds: [{after: 5 min, do: close_settled}]\n"));
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_NE(lines[0].find("expected close_settled to be possible"), std::string::npos)
        << lines[0];
}

TEST_F(Situations, AnAlertThatIsNotAcceptedIsAFault) {
    const auto lines = faults_of(
        "situations:\n  - name: {zh: 空, en: empty}\n    at: \"2026-04-24 09:30\"\n"
        "    alert: {event: {cause: nonsense}}\n    expect: {grade: blue}\n");
    ASSERT_FALSE(lines.empty());
    EXPECT_NE(lines[0].find("expected an alert that is accepted"), std::string::npos) << lines[0];
}

TEST_F(Situations, WhatCannotBeReadIsToldAtItsPlace) {
    EXPECT_EQ(faults_of("situations:\n  - name: {zh: 空, en: empty}\n    at: soon\n"
                        "    alert: {}\n    expect: {grad: blue}\n"),
              (Lines{"s.yaml:3:5: situations.0.at: expected a moment such as \"2026-02-18 03:00\", "
                     "found soon",
                     "s.yaml:5:14: situations.0.expect.grad: expected one of the keys grade, "
                     "not_told, owner, reached, told, found grad; did you mean grade?"}));
}

// A rung fewer, and the suite says who is no longer reached.
TEST_F(Situations, ALadderWithoutItsLastRungIsFoundOut) {
    auto policy = *loaded.configuration->policies.at("dispute");
    for (auto& ladder : policy.ladders)
        if (ladder.clock == "st.ack") ladder.rungs.resize(1);
    config::Faults faults;
    const auto situations = config::read_situations(
        config::read_yaml(source_dir / "config/situations.yaml", faults), faults);
    const kernel::Trial::World world{workflows.front().get(), &policy, &directory,
                                     loaded.configuration->calendar.get()};
    const auto bad = std::count_if(situations.begin(), situations.end(), [&](const auto& tried) {
        return !try_situation(tried, world, filer, faults);
    });
    EXPECT_GE(bad, 3);
}

}  // namespace jinqiao::tests
