// The shipped routing table against the last column of domain.md 3.

#include <algorithm>
#include <boost/json/parse.hpp>
#include <set>

#include "config/files.h"
#include "config/read_policy.h"
#include "tests/unit/config/config_fixture.h"

namespace jinqiao::tests {

using model::GradeLevel;
using Names = std::set<std::string>;

namespace {

engine::policy::RoutingRules shipped_routing() {
    config::Faults faults;
    auto rules =
        config::read_routing(config::read_yaml(source_dir / "config/routing.yaml", faults), faults);
    EXPECT_TRUE(faults.empty());
    return rules;
}

// Departments by id, posts as "post:id", copies with "*".
Names told(GradeLevel grade, const std::string& facts = "{}") {
    Names names;
    for (const auto& one :
         engine::policy::route(shipped_routing(), grade, boost::json::parse(facts).as_object()))
        names.insert((one.is_department ? "" : "post:") + one.id + (one.copy ? "*" : ""));
    return names;
}

Names with(Names base, const Names& more) {
    base.insert(more.begin(), more.end());
    return base;
}

const Names at_blue{"union", "hrss*"};
const Names at_yellow{"union", "hrss", "justice", "park", "petition", "employers"};
const Names at_orange = with(at_yellow, {"plc", "police", "court", "commerce", "market", "tax",
                                         "emergency", "cyber", "post:supervisor"});
const Names at_red = with(at_orange, {"finance", "housing", "post:leader"});

}  // namespace

TEST(Routing, BlueTellsTheUnionAndHumanResourcesAsACopy) {
    EXPECT_EQ(told(GradeLevel::blue), at_blue);
}
TEST(Routing, YellowTellsTheLocalBodies) { EXPECT_EQ(told(GradeLevel::yellow), at_yellow); }
TEST(Routing, OrangeTellsSupervisorsToo) { EXPECT_EQ(told(GradeLevel::orange), at_orange); }

TEST(Routing, RedTellsAllSixteenAndTheLeader) {
    EXPECT_EQ(told(GradeLevel::red, R"({"workers": 300, "behaviours": ["gate_block"]})"), at_red);
    config::Faults faults;
    const auto channels = config::load_channels(source_dir / "config/channels.yaml", faults);
    const auto organisation =
        config::load_organisation(source_dir / "config/organisation.yaml", channels, faults);
    ASSERT_TRUE(faults.empty());
    EXPECT_EQ(organisation.departments.size(), 16u);
    for (const auto& [id, department] : organisation.departments)
        EXPECT_TRUE(at_red.contains(id.value)) << id.value;
}

TEST(Routing, EachConditionTellsItsDepartmentAtAnyGrade) {
    const std::vector<std::pair<const char*, const char*>> conditions{
        {R"({"behaviours": ["petition"]})", "petition"},
        {R"({"behaviours": ["violence"]})", "police"},
        {R"({"behaviours": ["road_block"]})", "police"},
        {R"({"foreign": true})", "commerce"},
        {R"({"cause": "closure"})", "market"},
        {R"({"hq_closure": true})", "market"},
        {R"({"owner_unreachable": true})", "finance"},
        {R"({"industry": "construction"})", "housing"},
        {R"({"industry": "建筑业"})", "housing"},
        {R"({"cause": "injury_safety"})", "emergency"},
        {R"({"media": true})", "cyber"},
    };
    for (const auto& [facts, department] : conditions)
        EXPECT_EQ(told(GradeLevel::blue, facts), with(at_blue, {department})) << facts;
}

TEST(Routing, OtherFactsTellNobodyElse) {
    EXPECT_EQ(told(GradeLevel::blue, R"({"behaviours": ["gate_block", "talk"], "foreign": false,
                                         "cause": "wage_arrears", "media": false})"),
              at_blue);
}

TEST(Routing, SaysWhyEachIsTold) {
    for (const auto& one :
         engine::policy::route(shipped_routing(), GradeLevel::yellow, {{"media", true}}))
        EXPECT_EQ(one.why, one.id == "cyber"                       ? "condition"
                           : one.id == "union" || one.id == "hrss" ? "from:blue"
                                                                   : "from:yellow");
}

TEST(Organisation, NamesTheTwoDepartmentsOfTheSourceAndMarksTheOthersAsSamples) {
    config::Faults faults;
    const auto organisation = config::load_organisation(
        source_dir / "config/organisation.yaml",
        config::load_channels(source_dir / "config/channels.yaml", faults), faults);
    for (const auto& [id, department] : organisation.departments) {
        EXPECT_EQ(department.sample, id.value != "hrss" && id.value != "justice") << id.value;
        EXPECT_EQ(department.name.en.ends_with("(sample)"), department.sample);
    }
    EXPECT_EQ(organisation.department_order.front().value, "hrss");
    EXPECT_EQ(organisation.fallback.value, "fallback_desk");
}

}  // namespace jinqiao::tests
