#include "engine/policy/satisfiable.h"

#include <gtest/gtest.h>

namespace jinqiao::engine::policy {

using Op = Condition::Op;

namespace {

Condition test(Op op, const char* field, boost::json::value operand) {
    return {op, field, std::move(operand), {}};
}
Condition all(std::vector<Condition> parts) { return {Op::all, {}, nullptr, std::move(parts)}; }
Condition none(std::vector<Condition> parts) { return {Op::none, {}, nullptr, std::move(parts)}; }

}  // namespace

TEST(Satisfiable, WhatSomeFactsFulfil) {
    EXPECT_TRUE(satisfiable({}));
    EXPECT_TRUE(satisfiable(test(Op::at_least, "workers", 300)));
    EXPECT_TRUE(satisfiable(test(Op::equals, "media", true)));
    EXPECT_TRUE(satisfiable(test(Op::one_of, "cause", {"closure", "layoff"})));
    EXPECT_TRUE(satisfiable(none({test(Op::equals, "media", true)})));
    EXPECT_TRUE(satisfiable(all({test(Op::contains, "behaviours", {"stoppage"}),
                                 none({test(Op::contains, "behaviours", {"violence"})})})));
    EXPECT_TRUE(satisfiable(all({test(Op::over, "workers", 9), test(Op::at_most, "workers", 10)})));
}

TEST(Satisfiable, WhatNoFactsFulfil) {
    EXPECT_FALSE(satisfiable(none({Condition{}})));
    EXPECT_FALSE(satisfiable({Op::any, {}, nullptr, {}}));
    EXPECT_FALSE(satisfiable(test(Op::under, "workers", 0)));  // a count
    EXPECT_FALSE(satisfiable(all({test(Op::over, "workers", 10), test(Op::under, "workers", 11)})));
    EXPECT_FALSE(satisfiable(
        all({test(Op::equals, "media", true), none({test(Op::equals, "media", true)})})));
    EXPECT_FALSE(satisfiable(
        all({test(Op::one_of, "cause", {"closure"}), test(Op::one_of, "cause", {"layoff"})})));
    EXPECT_FALSE(satisfiable(all({test(Op::contains, "behaviours", {"stoppage", "talk"}),
                                  none({test(Op::contains, "behaviours", {"stoppage"}),
                                        test(Op::contains, "behaviours", {"talk"})})})));
}

// Too much to try is not called impossible.
TEST(Satisfiable, ManyFactsAreTakenForPossible) {
    std::vector<Condition> parts;
    for (int i = 0; i < 30; ++i)
        parts.push_back(test(Op::at_least, ("f" + std::to_string(i)).c_str(), 1));
    parts.push_back(none({Condition{}}));
    EXPECT_TRUE(satisfiable(all(parts)));
}

}  // namespace jinqiao::engine::policy
