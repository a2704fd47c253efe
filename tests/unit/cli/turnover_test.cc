// Who leaves when in a hostile replay: a plan of commands, drawn and checked before it runs.
#include "adapters/cli/replay/turnover.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "adapters/cli/replay/staff.h"

namespace jinqiao::adapters::cli::replay {
namespace {

using engine::model::PostId;
using engine::time::Instant;
using std::chrono::days;

const Instant start = engine::time::from_ms(1'400'000'000'000);

engine::policy::Directory organisation(int posts) {
    engine::policy::Directory directory;
    for (int i = 0; i < posts; ++i) {
        const PostId id("post" + std::to_string(i));
        directory.posts[id].id = id;
    }
    directory.posts[PostId("fallback_desk")].id = PostId("fallback_desk");
    directory.fallback = PostId("fallback_desk");
    return staff(std::move(directory));
}

std::string text(const Leaving& leaving, const char* key) {
    const auto* value = leaving.change.data.if_contains(key);
    return value == nullptr ? std::string() : std::string(value->as_string());
}

bool goes(const Leaving& leaving) {
    return leaving.change.kind == "end_term" || leaving.change.kind == "disable_person";
}

TEST(Turnover, TwoInThreeLeaveWithinAYear) {
    const auto directory = organisation(300);
    std::set<std::string> gone;
    for (const auto& leaving : turnover(directory, 1, start, start + days{365}))
        if (goes(leaving) &&
            directory.people.contains(engine::model::PersonId(text(leaving, "person"))))
            gone.insert(text(leaving, "person"));
    EXPECT_NEAR(static_cast<double>(gone.size()) / 602, 0.66, 0.05);
}

TEST(Turnover, ComesInOrderOfTimeAndFromTheSeedOnly) {
    const auto directory = organisation(20);
    const auto one = turnover(directory, 1, start, start + days{730});
    const auto two = turnover(directory, 1, start, start + days{730});
    const auto other = turnover(directory, 2, start, start + days{730});
    ASSERT_EQ(one.size(), two.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].at, two[i].at);
        EXPECT_EQ(one[i].change.data, two[i].change.data);
        EXPECT_TRUE(i == 0 || one[i - 1].at <= one[i].at);
        EXPECT_GE(one[i].at, start);
    }
    EXPECT_NE(one.size(), other.size());
}

TEST(Turnover, NobodyLeavesTheFallbackDeskBeforeASuccessorIsThere) {
    const auto directory = organisation(0);
    std::multimap<Instant, int> moves;
    for (const auto& leaving : turnover(directory, 3, start, start + days{3650})) {
        const auto* until = leaving.change.data.if_contains("until_ms");
        if (leaving.change.kind == "put_term") moves.emplace(leaving.at, 1);
        if (goes(leaving))
            moves.emplace(until == nullptr ? leaving.at : engine::time::from_ms(until->as_int64()),
                          -1);
    }
    ASSERT_GT(moves.size(), 10U);
    int there = 2;
    for (const auto& [at, move] : moves) {
        there += move;
        EXPECT_GE(there, 2);
    }
}

TEST(Turnover, SomePostsLoseEverybodyAtOnce) {
    const auto directory = organisation(100);
    std::map<std::pair<Instant, std::string>, int> together;
    for (const auto& leaving : turnover(directory, 1, start, start + days{365}))
        if (leaving.change.kind == "end_term") ++together[{leaving.at, text(leaving, "post")}];
    EXPECT_TRUE(std::any_of(together.begin(), together.end(),
                            [](const auto& each) { return each.second == 2; }));
}

}  // namespace
}  // namespace jinqiao::adapters::cli::replay
