#include "adapters/http/buckets.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::http {
namespace {

using namespace std::chrono_literals;

const Buckets::Time start{};

TEST(Buckets, ABurstThenOneEach) {
    Buckets buckets({3, 100ms}, 10);
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(buckets.take("a", start)) << i;
    EXPECT_EQ(buckets.take("a", start), 100ms);
    EXPECT_EQ(buckets.take("a", start + 60ms), 40ms);
    EXPECT_FALSE(buckets.take("a", start + 100ms));
    EXPECT_TRUE(buckets.take("a", start + 100ms).has_value());
    EXPECT_FALSE(buckets.take("b", start));  // somebody else's is full
    // A long rest gives a burst, not more.
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(buckets.take("a", start + 1h)) << i;
    EXPECT_TRUE(buckets.take("a", start + 1h).has_value());
}

TEST(Buckets, WhatIsGivenBackMayBeTakenAgain) {
    Buckets buckets({1, 1min}, 10);
    EXPECT_FALSE(buckets.take("a", start));
    buckets.give_back("a");
    EXPECT_FALSE(buckets.take("a", start));
    EXPECT_TRUE(buckets.take("a", start).has_value());
    buckets.give_back("nobody");
}

TEST(Buckets, NoBurstIsNoLimit) {
    Buckets buckets({0, 1min}, 10);
    for (int i = 0; i < 100; ++i) EXPECT_FALSE(buckets.take("a", start));
    EXPECT_EQ(buckets.size(), 0U);
}

TEST(Buckets, TheOneNotSeenForLongestIsForgotten) {
    Buckets buckets({1, 1min}, 2);
    EXPECT_FALSE(buckets.take("a", start));
    EXPECT_FALSE(buckets.take("b", start));
    EXPECT_TRUE(buckets.take("a", start).has_value());
    EXPECT_FALSE(buckets.take("c", start));  // b goes
    EXPECT_EQ(buckets.size(), 2U);
    EXPECT_TRUE(buckets.take("a", start).has_value());
    EXPECT_FALSE(buckets.take("b", start));
}

TEST(Buckets, SecondsToWaitAreNeverNone) {
    EXPECT_EQ(whole_seconds(1ms), 1s);
    EXPECT_EQ(whole_seconds(1000ms), 1s);
    EXPECT_EQ(whole_seconds(1001ms), 2s);
}

}  // namespace
}  // namespace jinqiao::adapters::http
