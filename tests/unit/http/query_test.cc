#include "adapters/http/query.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::http {
namespace {

using Texts = std::vector<std::string>;

TEST(Query, TakesPathAndParametersApart) {
    const auto target = parse_target("/api/v1/cases?state=team,joint&state=reported&q=%E9%97%A8+x");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->segments, (Texts{"api", "v1", "cases"}));
    EXPECT_EQ(target->list("state"), (Texts{"team", "joint", "reported"}));
    EXPECT_EQ(target->one("q"), "门 x");
    EXPECT_EQ(target->one("grade"), std::nullopt);
    EXPECT_EQ(target->count("state"), 2U);
}

TEST(Query, AnEscapedSlashStaysInsideItsSegment) {
    EXPECT_EQ(parse_target("/a%2Fb/c")->segments, (Texts{"a/b", "c"}));
}

TEST(Query, ATrailingSlashIsAnotherPath) {
    EXPECT_EQ(parse_target("/a/")->segments, (Texts{"a", ""}));
    EXPECT_EQ(parse_target("/")->segments, (Texts{""}));
}

TEST(Query, AbsoluteFormIsTaken) {
    EXPECT_EQ(parse_target("http://host:80/a?b=c")->segments, (Texts{"a"}));
    EXPECT_EQ(parse_target("http://host")->segments, (Texts{""}));
}

TEST(Query, EmptyPiecesAreNothing) {
    const auto target = parse_target("/a?&&b&=c&d=");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->one("b"), "");
    EXPECT_EQ(target->one("d"), "");
    EXPECT_TRUE(target->list("d").empty());
}

TEST(Query, RefusesWhatCannotBeDecoded) {
    for (const auto* text :
         {"", "a", "*", "/%", "/%2", "/%zz", "/%00", "/%ff", "/a?q=%C0%AF", "host:80"})
        EXPECT_FALSE(parse_target(text)) << text;
}

}  // namespace
}  // namespace jinqiao::adapters::http
