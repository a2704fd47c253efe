#include "engine/policy/routing.h"

#include <gtest/gtest.h>

#include "tests/support/builders.h"

namespace jinqiao::engine::policy {
namespace {

using model::GradeLevel;
using tests::department_from;

RoutingRules routing_rules() {
    auto hrss = department_from("hrss", GradeLevel::blue);
    hrss.copy_below = GradeLevel::yellow;
    auto police = department_from("police", GradeLevel::red);
    police.when = tests::test(Condition::Op::contains, "behaviours", {"violence"});
    Route fire;
    fire.id = "fire";
    fire.when = tests::test(Condition::Op::contains, "behaviours", {"damage"});
    auto leader = department_from("leader", GradeLevel::red);
    leader.is_department = false;
    RoutingRules out;
    out.routes = {department_from("union", GradeLevel::blue), hrss, police, fire, leader};
    return out;
}

// "union", "hrss*" (a copy), "police?" (by condition).
std::vector<std::string> told(GradeLevel grade, const boost::json::object& facts = {}) {
    std::vector<std::string> out;
    for (const auto& one : route(routing_rules(), grade, facts))
        out.push_back(one.id + (one.copy ? "*" : "") + (one.why == "condition" ? "?" : ""));
    return out;
}

using Words = std::vector<std::string>;

TEST(Routing, DepartmentIsToldFromItsGradeOn) {
    EXPECT_EQ(told(GradeLevel::yellow), (Words{"union", "hrss"}));
    EXPECT_EQ(told(GradeLevel::red), (Words{"union", "hrss", "police", "leader"}));
}

TEST(Routing, BelowItsMarkADepartmentGetsACopy) {
    EXPECT_EQ(told(GradeLevel::blue), (Words{"union", "hrss*"}));
}

TEST(Routing, ConditionReachesAtAnyGrade) {
    EXPECT_EQ(told(GradeLevel::blue, {{"behaviours", {"violence"}}}),
              (Words{"union", "hrss*", "police?"}));
    EXPECT_EQ(told(GradeLevel::blue, {{"behaviours", {"damage"}}}),
              (Words{"union", "hrss*", "fire?"}));
}

TEST(Routing, ConditionTurnsACopyIntoATask) {
    auto of = routing_rules();
    of.routes[1].when = tests::at_least("workers", 1);
    const auto found = route(of, GradeLevel::blue, {{"workers", 3}});
    EXPECT_FALSE(found.at(1).copy);
}

TEST(Routing, ReasonNamesTheGradeOfTheRule) {
    EXPECT_EQ(route(routing_rules(), GradeLevel::red, {}).at(2).why, "from:red");
    EXPECT_FALSE(route(routing_rules(), GradeLevel::red, {}).at(3).is_department);
}

}  // namespace
}  // namespace jinqiao::engine::policy
