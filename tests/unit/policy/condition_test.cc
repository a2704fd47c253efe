#include "engine/policy/condition.h"

#include <gtest/gtest.h>

#include "tests/support/builders.h"

namespace jinqiao::engine::policy {
namespace {

namespace json = boost::json;
using tests::join;
using Op = Condition::Op;

bool met(Op op, const json::value& operand, const json::value& fact) {
    return holds(tests::test(op, "fact", operand), {{"fact", fact}});
}

TEST(Condition, ComparesNumbersWithTheLimitOnTheRightSide) {
    EXPECT_TRUE(met(Op::at_least, 300, 300));
    EXPECT_FALSE(met(Op::at_least, 300, 299));
    EXPECT_TRUE(met(Op::at_most, 3, 3));
    EXPECT_FALSE(met(Op::at_most, 3, 4));
    EXPECT_TRUE(met(Op::over, 10, 11));
    EXPECT_FALSE(met(Op::over, 10, 10));
    EXPECT_TRUE(met(Op::under, 10, 9));
    EXPECT_FALSE(met(Op::under, 10, 10));
}

// share_percent is computed and may have a fraction: 120 of 320 is 37.5.
TEST(Condition, MixesWholeNumbersAndFractions) {
    EXPECT_TRUE(met(Op::at_least, 30, 37.5));
    EXPECT_TRUE(met(Op::over, 37.4, 37.5));
    EXPECT_FALSE(met(Op::over, 38, 37.5));
    EXPECT_TRUE(met(Op::equals, 2, 2.0));
    EXPECT_TRUE(met(Op::equals, json::value(std::uint64_t{2}), 2));
}

TEST(Condition, ComparisonOfWhatIsNoNumberFails) {
    EXPECT_FALSE(met(Op::at_least, 1, "many"));
    EXPECT_FALSE(met(Op::at_most, 1, true));
    EXPECT_FALSE(met(Op::under, "ten", 1));
}

TEST(Condition, EqualsComparesTextsAndFlags) {
    EXPECT_TRUE(met(Op::equals, true, true));
    EXPECT_FALSE(met(Op::equals, true, false));
    EXPECT_FALSE(met(Op::equals, true, 1));
    EXPECT_TRUE(met(Op::equals, "closure", "closure"));
    EXPECT_FALSE(met(Op::equals, "closure", "layoff"));
}

TEST(Condition, OneOfIsAnyOfTheListed) {
    EXPECT_TRUE(met(Op::one_of, {"closure", "layoff"}, "layoff"));
    EXPECT_FALSE(met(Op::one_of, {"closure", "layoff"}, "wages"));
    EXPECT_FALSE(met(Op::one_of, json::array{}, "wages"));
    EXPECT_TRUE(met(Op::one_of, "wages", "wages"));
}

TEST(Condition, ContainsAsksEachElementOfAListFact) {
    EXPECT_TRUE(met(Op::contains, {"gate_block", "petition"}, {"talk", "petition"}));
    EXPECT_FALSE(met(Op::contains, {"gate_block", "petition"}, {"talk"}));
    EXPECT_FALSE(met(Op::contains, {"gate_block"}, json::array{}));
    EXPECT_TRUE(met(Op::contains, "talk", {"talk"}));
    EXPECT_TRUE(met(Op::contains, {"talk", "petition"}, "talk"));
}

// What is not known lifts nothing.
TEST(Condition, AbsentOrNullFactFailsEveryTest) {
    for (auto op :
         {Op::at_least, Op::at_most, Op::over, Op::under, Op::equals, Op::one_of, Op::contains}) {
        EXPECT_FALSE(holds(tests::test(op, "fact", 0), {}));
        EXPECT_FALSE(met(op, 0, nullptr));
        EXPECT_FALSE(met(op, nullptr, nullptr));
    }
}

TEST(Condition, CombinesParts) {
    const auto many = tests::at_least("workers", 50);
    const auto media = tests::test(Op::equals, "media", true);
    const json::object both{{"workers", 60}, {"media", true}};
    const json::object one{{"workers", 60}};
    const json::object none{{"workers", 5}, {"media", false}};
    EXPECT_TRUE(holds(join(Op::all, {many, media}), both));
    EXPECT_FALSE(holds(join(Op::all, {many, media}), one));
    EXPECT_TRUE(holds(join(Op::any, {many, media}), one));
    EXPECT_FALSE(holds(join(Op::any, {many, media}), none));
    EXPECT_TRUE(holds(join(Op::none, {many, media}), none));
    EXPECT_FALSE(holds(join(Op::none, {many, media}), one));
    EXPECT_TRUE(holds(join(Op::none, {media}), one)) << "not of an unknown holds";
}

TEST(Condition, EmptyOnesHaveTheirUsualValue) {
    EXPECT_TRUE(holds(Condition{}, {}));
    EXPECT_TRUE(holds(join(Op::all, {}), {}));
    EXPECT_FALSE(holds(join(Op::any, {}), {}));
    EXPECT_TRUE(holds(join(Op::none, {}), {}));
}

TEST(Condition, NamesEveryFieldItReads) {
    std::vector<std::string> fields;
    collect_fields(join(Op::all, {tests::at_least("workers", 1),
                                  join(Op::any, {tests::test(Op::equals, "media", true),
                                                 tests::at_least("staff", 1)})}),
                   fields);
    EXPECT_EQ(fields, (std::vector<std::string>{"workers", "media", "staff"}));
}

}  // namespace
}  // namespace jinqiao::engine::policy
