#include "adapters/http/sessions.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::http {
namespace {

struct Chair final : Seat {
    void close_now() override { closed = true; }
    bool closed = false;
};

Peer peer(const std::string& key, bool trusted = false) { return {Address(), key, trusted}; }

// A seat that was last answered so many seconds ago.
void sit(Sessions& sessions, Chair& chair, const std::string& key, int ago) {
    chair.since -= std::chrono::seconds(ago);
    sessions.add(&chair, peer(key));
}

TEST(Sessions, TheOneLongestUnansweredMakesRoom) {
    Sessions sessions({3, 10, 100});
    Chair new_one, old_one, busy;
    sit(sessions, new_one, "a", 1);
    sit(sessions, old_one, "b", 9);
    sit(sessions, busy, "c", 20);
    busy.being_answered = true;
    EXPECT_TRUE(sessions.room_for(peer("d")));
    EXPECT_TRUE(old_one.closed);
    EXPECT_FALSE(new_one.closed);
    EXPECT_FALSE(busy.closed);
    // It is not gone yet: the next newcomer costs somebody else the place.
    EXPECT_TRUE(sessions.room_for(peer("e")));
    EXPECT_TRUE(new_one.closed);
    EXPECT_FALSE(sessions.room_for(peer("f")));
}

TEST(Sessions, AnAddressThatHasItsShareCostsOnlyItself) {
    Sessions sessions({10, 2, 100});
    Chair other, first, second;
    sit(sessions, other, "b", 100);
    sit(sessions, first, "a", 5);
    sit(sessions, second, "a", 1);
    EXPECT_TRUE(sessions.room_for(peer("b")));
    EXPECT_FALSE(first.closed);
    EXPECT_TRUE(sessions.room_for(peer("a")));
    EXPECT_TRUE(first.closed);
    EXPECT_FALSE(other.closed);
    EXPECT_FALSE(second.closed);
    sessions.remove(&first);
    sessions.remove(&second);
    sessions.remove(&second);
    EXPECT_EQ(sessions.count(), 1U);
    EXPECT_TRUE(sessions.room_for(peer("a")));
}

TEST(Sessions, ATrustedProxyIsManyPeople) {
    Sessions sessions({10, 1, 100});
    Chair one, two;
    sessions.add(&one, peer("a", true));
    EXPECT_TRUE(sessions.room_for(peer("a", true)));
    sessions.add(&two, peer("a", true));
    EXPECT_TRUE(sessions.room_for(peer("a", true)));
    EXPECT_FALSE(one.closed);
}

TEST(Sessions, FinishingClosesIdleOnesAndTellsWhenTheLastIsGone) {
    Sessions sessions({10, 10, 100});
    Chair idle, busy;
    sit(sessions, idle, "a", 0);
    sit(sessions, busy, "a", 0);
    busy.idle = false;
    sessions.finish();
    EXPECT_TRUE(idle.closed);
    EXPECT_FALSE(busy.closed);
    bool empty = false;
    sessions.when_empty([&] { empty = true; });
    sessions.remove(&idle);
    EXPECT_FALSE(empty);
    sessions.cut();
    EXPECT_TRUE(busy.closed);
    sessions.remove(&busy);
    EXPECT_TRUE(empty);
}

TEST(Sessions, BodiesShareTheirMemory) {
    Sessions sessions({10, 10, 100});
    Room one(sessions);
    EXPECT_TRUE(one.take(60));
    {
        Room two(sessions);
        EXPECT_FALSE(two.take(41));
        EXPECT_TRUE(two.take(40));
        EXPECT_FALSE(one.take(1));
    }
    EXPECT_TRUE(one.take(40));
    one.give_back();
    EXPECT_TRUE(one.take(100));
    EXPECT_FALSE(one.take(1));
}

}  // namespace
}  // namespace jinqiao::adapters::http
