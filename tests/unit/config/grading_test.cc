// The shipped grading table against domain.md 2.2, situation by situation.

#include <boost/json/parse.hpp>

#include "config/read_policy.h"
#include "tests/unit/config/config_fixture.h"

namespace jinqiao::tests {

using model::GradeLevel;

namespace {

struct Situation {
    const char* name;
    const char* facts;
    GradeLevel level;
    std::vector<std::string> reasons;
};

// Named in failures instead of printed byte by byte.
void PrintTo(const Situation& situation, std::ostream* out) { *out << situation.name; }

engine::policy::GradingRules shipped_grading() {
    config::Faults faults;
    auto rules =
        config::read_grading(config::read_yaml(source_dir / "config/grading.yaml", faults), faults);
    EXPECT_TRUE(faults.empty());
    return rules;
}

engine::policy::Assessment assess(const engine::policy::GradingRules& rules,
                                  const std::string& facts, const char* today = "2026-06-01") {
    return engine::policy::assess(rules, boost::json::parse(facts).as_object(),
                                  *engine::time::parse_date(today));
}

constexpr auto blue = GradeLevel::blue;
constexpr auto yellow = GradeLevel::yellow;
constexpr auto orange = GradeLevel::orange;
constexpr auto red = GradeLevel::red;

const std::vector<Situation> situations{
    {"NothingKnown", R"({})", blue, {"people_few"}},
    {"NinePeople", R"({"workers": 9})", blue, {"people_few"}},
    {"TenPeople", R"({"workers": 10})", yellow, {"people_10"}},
    {"FortyNine", R"({"workers": 49})", yellow, {"people_10"}},
    {"Fifty", R"({"workers": 50})", orange, {"people_10", "people_50"}},
    {"TwoHundredNinetyNine", R"({"workers": 299})", orange, {"people_10", "people_50"}},
    {"ThreeHundred", R"({"workers": 300})", red, {"people_10", "people_50", "people_300"}},
    {"ThreeOfFiveIsNotRed",
     R"({"workers": 3, "staff": 5, "share_percent": 60})",
     yellow,
     {"people_few", "share_10"}},
    {"NineOfHundredIsBlue", R"({"workers": 9, "share_percent": 9})", blue, {"people_few"}},
    {"NineOfNinetyIsYellow",
     R"({"workers": 9, "share_percent": 10})",
     yellow,
     {"people_few", "share_10"}},
    {"TenOfThirtyThree",
     R"({"workers": 10, "share_percent": 30})",
     orange,
     {"people_10", "share_10", "share_30"}},
    {"JustUnderThirtyPercent",
     R"({"workers": 40, "share_percent": 29.9})",
     yellow,
     {"people_10", "share_10"}},
    {"HalfTheStaff",
     R"({"workers": 10, "share_percent": 50})",
     red,
     {"people_10", "share_10", "share_30", "share_50"}},
    {"OneMonthOfPay",
     R"({"workers": 3, "share_percent": 5, "arrears_months": 1})",
     blue,
     {"people_few"}},
    {"OverOneMonthOfPay",
     R"({"workers": 3, "arrears_months": 2})",
     yellow,
     {"people_few", "arrears_1"}},
    {"ThreeMonthsOfThreePeople",
     R"({"workers": 3, "arrears_months": 3})",
     yellow,
     {"people_few", "arrears_1"}},
    {"ThreeMonthsOfTwelvePeople",
     R"({"workers": 12, "arrears_months": 3})",
     orange,
     {"people_10", "arrears_1", "arrears_2"}},
    {"OwnerFledTenPeople",
     R"({"workers": 10, "owner_unreachable": true})",
     red,
     {"people_10", "owner_unreachable"}},
    {"OwnerFledFourPeople",
     R"({"workers": 4, "owner_unreachable": true})",
     yellow,
     {"people_few", "arrears_grave_few"}},
    {"CriminalArrearsTwentyPeople",
     R"({"workers": 20, "arrears_criminal": true})",
     red,
     {"people_10", "arrears_criminal"}},
    {"CriminalArrearsOnePerson",
     R"({"workers": 1, "arrears_criminal": true})",
     yellow,
     {"people_few", "arrears_grave_few"}},
    {"GateBlockedByThree",
     R"({"workers": 3, "behaviours": ["gate_block"]})",
     orange,
     {"people_few", "blockade"}},
    {"RoadBlocked",
     R"({"behaviours": ["talk", "road_block"]})",
     orange,
     {"people_few", "blockade"}},
    {"Petition", R"({"behaviours": ["petition"]})", orange, {"people_few", "petition"}},
    {"TalkOnly", R"({"behaviours": ["talk", "collective_letter"]})", blue, {"people_few"}},
    {"BlockadeThatIsOver",
     R"({"behaviours": [], "behaviours_ever": ["gate_block"]})",
     blue,
     {"people_few"}},
    {"StoppageOfUnderTwentyFourHours", R"({"stoppage_hours": 23})", blue, {"people_few"}},
    {"StoppageOfMore", R"({"stoppage_hours": 24})", orange, {"people_few", "stoppage_24h"}},
    {"Violence", R"({"behaviours": ["violence"]})", red, {"people_few", "violence"}},
    {"SelfHarmThreat", R"({"behaviours": ["self_harm_threat"]})", red, {"people_few", "violence"}},
    {"ManagersHeld", R"({"behaviours": ["detention_of_person"]})", red, {"people_few", "violence"}},
    {"OneInjured", R"({"injured": 1})", red, {"people_few", "injury"}},
    {"NobodyInjured", R"({"injured": 0})", blue, {"people_few"}},
    {"AcrossEnterprises", R"({"cross_enterprise": true})", red, {"people_few", "cross_enterprise"}},
    {"Spread", R"({"spread": true})", red, {"people_few", "spread"}},
    {"Media", R"({"media": true})", red, {"people_few", "media"}},
    {"NoMedia", R"({"media": false})", blue, {"people_few"}},
    {"LayoffUnexplained",
     R"({"workers": 5, "layoff_unexplained": true})",
     yellow,
     {"people_few", "layoff_unexplained"}},
    {"HeadOfficeClosure",
     R"({"workers": 20, "hq_closure": true})",
     orange,
     {"people_10", "hq_closure"}},
    {"SecondIncident",
     R"({"workers": 5, "second_incident": true})",
     yellow,
     {"people_few", "second_incident"}},
    {"StepsStopAtRed",
     R"({"workers": 300, "hq_closure": true, "second_incident": true})",
     red,
     {"people_10", "people_50", "people_300", "hq_closure", "second_incident"}},
    {"StoryS1",
     R"({"workers": 120, "staff": 320, "share_percent": 37.5, "foreign": true,
                    "behaviours": ["gathering_inside"], "cause": "hq_decision"})",
     orange,
     {"people_10", "people_50", "share_10", "share_30"}},
    {"StoryS3",
     R"({"workers": 80, "share_percent": 53.3, "arrears_months": 3,
                    "behaviours": ["gate_block"]})",
     red,
     {"people_10", "people_50", "share_10", "share_30", "share_50", "arrears_1", "arrears_2",
      "blockade"}},
};

class Grading : public testing::TestWithParam<Situation> {};

TEST_P(Grading, OfTheSituation) {
    const auto assessment = assess(shipped_grading(), GetParam().facts);
    EXPECT_EQ(assessment.level, GetParam().level);
    std::vector<std::string> reasons;
    for (const auto& reason : assessment.reasons) reasons.push_back(reason.rule);
    EXPECT_EQ(reasons, GetParam().reasons);
}

INSTANTIATE_TEST_SUITE_P(Shipped, Grading, testing::ValuesIn(situations),
                         [](const auto& situation) { return std::string(situation.param.name); });

}  // namespace

TEST(GradingPeriods, NoneIsShippedActive) { EXPECT_TRUE(shipped_grading().periods.empty()); }

TEST(GradingPeriods, LiftOnceOnTheirDays) {
    config::Faults faults;
    const auto rules = config::read_grading(config::read_yaml_text(R"(
rules:
  - {id: many, text: {zh: 多, en: many}, when: {workers: {at_least: 10}}, at_least: yellow, source: t}
periods:
  - {id: one, text: {zh: 一, en: one}, from: 2026-09-28, to: 2026-10-08, steps: 1}
  - {id: two, text: {zh: 二, en: two}, from: 2026-10-01, to: 2026-10-07, steps: 1}
)",
                                                                   "grading.yaml", faults),
                                            faults);
    ASSERT_TRUE(faults.empty());
    EXPECT_EQ(assess(rules, R"({"workers": 10})", "2026-09-27").level, yellow);
    EXPECT_EQ(assess(rules, R"({"workers": 10})", "2026-09-28").level, orange);
    EXPECT_EQ(assess(rules, R"({"workers": 10})", "2026-10-03").level, orange);
    EXPECT_EQ(assess(rules, R"({"workers": 10})", "2026-10-08").level, orange);
    EXPECT_EQ(assess(rules, R"({"workers": 10})", "2026-10-09").level, yellow);
}

// G.floor: no lowering while an override goes on.
TEST(GradingFloor, IsHeldByWhatGoesOn) {
    const auto rules = shipped_grading();
    EXPECT_EQ(assess(rules, R"({"behaviours": ["gate_block"]})").floor, orange);
    EXPECT_EQ(assess(rules, R"({"spread": true, "behaviours": ["petition"]})").floor, red);
    EXPECT_EQ(assess(rules, R"({"workers": 300})").floor, std::nullopt);
}

}  // namespace jinqiao::tests
