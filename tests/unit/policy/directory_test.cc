#include "engine/policy/directory.h"

#include <gtest/gtest.h>

#include "engine/policy/policy.h"
#include "tests/support/builders.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::policy {
namespace {

using model::Addressee;
using model::PersonId;
using model::PostId;
using tests::DirectoryBuilder;
using time::testing::at;

const time::Instant kNow = at("2026-03-03 10:00");

std::vector<std::string> acting(const Directory& of, const std::string& post,
                                time::Instant when = kNow) {
    std::vector<std::string> out;
    for (const auto& one : of.acting(PostId{post}, when)) out.push_back(one.person.value);
    return out;
}

using Names = std::vector<std::string>;

DirectoryBuilder office() {
    return DirectoryBuilder()
        .post("desk", {"second", "third"})
        .post("second", {"fourth"})
        .post("third")
        .post("fourth")
        .person("wang", "desk")
        .person("li", "desk", 1)
        .person("zhao", "second")
        .person("qian", "third")
        .person("sun", "fourth");
}

TEST(Directory, HolderComesBeforeDeputiesAndTheirPosts) {
    EXPECT_EQ(acting(office().build(), "desk"), (Names{"wang", "li", "zhao", "sun", "qian"}));
}

TEST(Directory, RankDecidesWhateverTheOrderOfEntry) {
    auto of = DirectoryBuilder()
                  .post("desk")
                  .person("b", "desk", 2)
                  .person("a", "desk", 0)
                  .person("c", "desk", 1);
    EXPECT_EQ(acting(of.build(), "desk"), (Names{"a", "c", "b"}));
}

TEST(Directory, NobodyIsNamedTwice) {
    auto of = office().person("wang", "second", 1).person("wang", "fourth");
    EXPECT_EQ(acting(of.build(), "desk"), (Names{"wang", "li", "zhao", "sun", "qian"}));
}

TEST(Directory, CycleOfDeputiesEnds) {
    auto of =
        DirectoryBuilder().post("a", {"b"}).post("b", {"a"}).person("x", "a").person("y", "b");
    EXPECT_EQ(acting(of.build(), "a"), (Names{"x", "y"}));
    EXPECT_EQ(acting(of.build(), "b"), (Names{"y", "x"}));
}

TEST(Directory, AbsentAndDisabledPeopleDoNotAct) {
    auto of = office().absent("wang", at("2026-03-02 00:00"), at("2026-03-04 00:00")).build();
    EXPECT_EQ(acting(of, "desk"), (Names{"li", "zhao", "sun", "qian"}));
    EXPECT_EQ(acting(of, "desk", at("2026-03-04 00:00")).front(), "wang") << "end is exclusive";
    EXPECT_EQ(acting(of, "desk", at("2026-03-02 00:00")).front(), "li") << "start is inclusive";
    tests::disable(of, "li");
    EXPECT_EQ(acting(of, "desk").front(), "zhao");
}

TEST(Directory, TermBeginsInclusiveAndEndsExclusive) {
    auto of = office().build();
    tests::end_term(of, "wang", at("2026-03-03 12:00"));
    EXPECT_TRUE(of.holds(PersonId{"wang"}, PostId{"desk"}, at("2026-03-03 11:59")));
    EXPECT_FALSE(of.holds(PersonId{"wang"}, PostId{"desk"}, at("2026-03-03 12:00")));
    EXPECT_EQ(acting(of, "desk", at("2026-03-03 12:00")).front(), "li");
    EXPECT_TRUE(of.holds(PersonId{"li"}, PostId{"desk"}, at("2020-01-01 00:00")));
    EXPECT_FALSE(of.holds(PersonId{"li"}, PostId{"desk"}, at("2019-12-31 23:59")));
}

TEST(Directory, DeputyActsForThePostButDoesNotHoldIt) {
    const auto of = office().build();
    EXPECT_TRUE(of.acts_for(PersonId{"sun"}, PostId{"desk"}, kNow));
    EXPECT_FALSE(of.holds(PersonId{"sun"}, PostId{"desk"}, kNow));
    EXPECT_FALSE(of.acts_for(PersonId{"wang"}, PostId{"second"}, kNow)) << "not the other way";
    EXPECT_FALSE(of.acts_for(PersonId{}, PostId{"desk"}, kNow));
    EXPECT_EQ(of.posts_of(PersonId{"sun"}, kNow), std::vector<PostId>{PostId{"fourth"}});
}

TEST(Directory, PostIsReachedThroughItsHolder) {
    const auto reach = office().build().reach({Addressee::Kind::post, "desk"}, kNow);
    ASSERT_TRUE(reach.reachable());
    EXPECT_EQ(reach.person.value, "wang");
    EXPECT_EQ(reach.contacts.front(), (Contact{"file", "wang"}));
    EXPECT_EQ(reach.reason, "");
}

TEST(Directory, DeskAddressComesBeforeThatOfItsPeople) {
    auto of = office().build();
    of.posts.at(PostId{"desk"}).contacts = {{"file", "desk-box"}};
    const auto reach = of.reach({Addressee::Kind::post, "desk"}, kNow);
    EXPECT_EQ(reach.contacts.at(0).address, "desk-box");
    EXPECT_EQ(reach.contacts.at(1).address, "wang");
}

TEST(Directory, DeputyOfAnotherPostIsReachedWithAReason) {
    auto of = office().build();
    tests::disable(of, "wang");
    tests::disable(of, "li");
    const auto reach = of.reach({Addressee::Kind::post, "desk"}, kNow);
    EXPECT_EQ(reach.person.value, "zhao");
    EXPECT_EQ(reach.reason, "deputy post second");
}

// A mailbox that nobody reads is a silent skip.
TEST(Directory, DeskWithAMailboxButNobodyIsNotReachable) {
    auto of = DirectoryBuilder().post("desk").build();
    of.posts.at(PostId{"desk"}).contacts = {{"file", "box"}};
    const auto reach = of.reach({Addressee::Kind::post, "desk"}, kNow);
    EXPECT_FALSE(reach.reachable());
    EXPECT_EQ(reach.reason, "nobody holds the post");
}

TEST(Directory, ContactOfAnUnknownChannelIsNoContact) {
    auto of = office().build();
    of.channels = {"wecom"};
    const auto reach = of.reach({Addressee::Kind::post, "desk"}, kNow);
    EXPECT_FALSE(reach.reachable());
    EXPECT_EQ(reach.reason, "no working channel");
    EXPECT_FALSE(of.reach({Addressee::Kind::person, "wang"}, kNow).reachable());
}

TEST(Directory, NextPersonWithAChannelIsTaken) {
    auto of = office().build();
    of.people.at(PersonId{"wang"}).contacts.clear();
    const auto reach = of.reach({Addressee::Kind::post, "desk"}, kNow);
    ASSERT_TRUE(reach.reachable());
    EXPECT_EQ(reach.person.value, "li");
    EXPECT_EQ(reach.contacts.front().address, "li");
}

TEST(Directory, WhoeverCannotBeReachedIsGivenAReason) {
    auto of = office().absent("qian", at("2026-03-01 00:00"), at("2026-04-01 00:00")).build();
    tests::disable(of, "sun");
    of.people.at(PersonId{"li"}).contacts.clear();
    const auto why = [&](Addressee::Kind kind, const std::string& id) {
        const auto reach = of.reach({kind, id}, kNow);
        EXPECT_FALSE(reach.reachable()) << id;
        return reach.reason;
    };
    EXPECT_EQ(why(Addressee::Kind::person, "nobody"), "person unknown");
    EXPECT_EQ(why(Addressee::Kind::person, "sun"), "person disabled");
    EXPECT_EQ(why(Addressee::Kind::person, "qian"), "person absent");
    EXPECT_EQ(why(Addressee::Kind::person, "li"), "person has no channel");
    EXPECT_EQ(why(Addressee::Kind::post, "attic"), "post unknown");
    EXPECT_EQ(why(Addressee::Kind::department, "moon"), "department unknown");
}

// A channel taken out of service leaves its contacts behind; the reason has to say so.
TEST(Directory, PersonWithContactsOfADeadChannelIsGivenAReason) {
    auto of = office().build();
    of.channels.clear();
    EXPECT_EQ(of.reach({Addressee::Kind::person, "wang"}, kNow).reason, "no working channel");
    for (const auto* name : {"wang", "li"}) tests::disable(of, name);
    EXPECT_EQ(of.reach({Addressee::Kind::post, "desk"}, kNow).reason, "no working channel")
        << "that a deputy post would act is no reason";
}

TEST(Directory, DepartmentIsReachedThroughItsDesk) {
    auto of = office().department("hrss", "desk").build();
    const auto reach = of.reach({Addressee::Kind::department, "hrss"}, kNow);
    ASSERT_TRUE(reach.reachable());
    EXPECT_EQ(reach.person.value, "wang");
    of.departments.at(model::DepartmentId{"hrss"}).contacts = {{"file", {}}};
    EXPECT_EQ(of.reach({Addressee::Kind::department, "hrss"}, kNow).contacts.front().address,
              "hrss");
}

// Messages went to the mailbox of a department whose desk had been left, and nobody was told.
TEST(Directory, DepartmentWhoseDeskNobodyHoldsIsNotReachedByItsMailbox) {
    auto of = office().department("hrss", "fourth").build();
    of.departments.at(model::DepartmentId{"hrss"}).contacts = {{"file", {}}};
    tests::disable(of, "sun");
    const auto reach = of.reach({Addressee::Kind::department, "hrss"}, kNow);
    EXPECT_FALSE(reach.reachable());
    EXPECT_EQ(reach.reason, "nobody holds the post");
}

TEST(Directory, DepartmentWithoutADeskHasItsMailboxOnly) {
    auto of = office().department("hrss", "").build();
    of.departments.at(model::DepartmentId{"hrss"}).contacts = {{"file", {}}};
    EXPECT_TRUE(of.reach({Addressee::Kind::department, "hrss"}, kNow).reachable());
}

TEST(Policy, ClockIsFoundByName) {
    Policy policy;
    policy.clocks.emplace("st.ack", tests::clock_rule("st.ack", "1 h"));
    EXPECT_NE(policy.clock("st.ack"), nullptr);
    EXPECT_EQ(policy.clock("st.verify"), nullptr);
}

}  // namespace
}  // namespace jinqiao::engine::policy
