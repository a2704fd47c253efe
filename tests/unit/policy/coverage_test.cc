#include "engine/policy/coverage.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "engine/policy/directory_codec.h"
#include "tests/support/builders.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::policy {
namespace {

using model::PersonId;
using model::PostId;
using tests::DirectoryBuilder;
using time::testing::at;

DirectoryBuilder zone() {
    return DirectoryBuilder()
        .post("desk", {"second"})
        .post("second")
        .post("fallback")
        .person("wang", "desk")
        .person("li", "desk", 1)
        .person("zhao", "second")
        .person("wu", "fallback")
        .fallback("fallback");
}

std::vector<std::string> lines(const std::vector<Gap>& gaps) {
    std::vector<std::string> out;
    for (const auto& gap : gaps)
        out.push_back(gap.post.value + " " + gap.kind + " " + time::testing::show(gap.from) + " " +
                      (gap.until ? time::testing::show(*gap.until) : "-"));
    return out;
}

using Lines = std::vector<std::string>;

TEST(Coverage, ChainSaysWhoHowAndWhy) {
    auto of = zone().quiet("wang", "22:00", "07:00").build();
    const auto desk = coverage_of(of, PostId{"desk"}, at("2026-10-01 03:00"));
    ASSERT_EQ(desk.chain.size(), 3U);
    EXPECT_EQ(desk.chain[0].why, "holder");
    EXPECT_EQ(desk.chain[0].held_until, at("2026-10-01 07:00"));
    EXPECT_EQ(desk.chain[1].why, "deputy");
    EXPECT_EQ(desk.chain[2].why, "deputy_post");
    EXPECT_EQ(desk.chain[2].channels, Lines{"file"});
    EXPECT_EQ(desk.gap, "");
    EXPECT_EQ(desk.reason, "");
}

TEST(Coverage, DutyThatIsAwayIsSaid) {
    const auto of = zone()
                        .rota("desk", at("2026-01-05 08:00"), 12, {"li", "wang"})
                        .absent("li", at("2026-03-01 00:00"), at("2026-03-09 00:00"))
                        .build();
    const auto desk = coverage_of(of, PostId{"desk"}, at("2026-03-03 09:00"));
    EXPECT_EQ(desk.off_duty.value, "li");
    EXPECT_EQ(desk.chain.front().person.value, "wang");
}

TEST(Coverage, GapBeginsAndEndsWithWhoeverMakesIt) {
    const auto of = zone().absent("zhao", at("2026-03-05 08:00"), at("2026-03-06 18:00")).build();
    EXPECT_EQ(lines(gaps(of, at("2026-03-03 10:00"), at("2026-03-10 10:00"))),
              (Lines{"second nobody 2026-03-05T08:00:00+08:00 2026-03-06T18:00:00+08:00"}));
    EXPECT_TRUE(gaps(of, at("2026-03-03 10:00"), at("2026-03-05 08:00")).empty())
        << "the end is exclusive";
}

TEST(Coverage, GapOfThePostIsTheTimeInWhichItsWholeLineIsAway) {
    const auto of = zone()
                        .absent("wang", at("2026-03-05 00:00"), at("2026-03-08 00:00"))
                        .absent("li", at("2026-03-06 00:00"), at("2026-03-09 00:00"))
                        .absent("zhao", at("2026-03-07 00:00"), at("2026-03-07 12:00"))
                        .build();
    EXPECT_EQ(lines(gaps(of, at("2026-03-03 10:00"), at("2026-03-10 10:00"))),
              (Lines{"desk nobody 2026-03-07T00:00:00+08:00 2026-03-07T12:00:00+08:00",
                     "second nobody 2026-03-07T00:00:00+08:00 2026-03-07T12:00:00+08:00"}));
}

TEST(Coverage, OneThatLastsAlreadyBeginsNowAndMayHaveNoEnd) {
    auto of = zone().build();
    tests::end_term(of, "zhao", at("2026-03-01 00:00"));
    EXPECT_EQ(lines(gaps(of, at("2026-03-03 10:00"), at("2026-03-10 10:00"))),
              (Lines{"second nobody 2026-03-03T10:00:00+08:00 -"}));
}

TEST(Coverage, LineThatEndsAtTheFallbackDeskIsAGapOfItsOwnKind) {
    auto of = zone().build();
    of.posts.at(PostId{"second"}).deputies = {PostId{"fallback"}};
    tests::disable(of, "zhao");
    EXPECT_EQ(coverage_of(of, PostId{"second"}, at("2026-03-03 10:00")).gap, "fallback_only");
    EXPECT_EQ(coverage_of(of, PostId{"fallback"}, at("2026-03-03 10:00")).gap, "");
}

TEST(Coverage, OverrideOfAnOutsiderFillsTheGapWhileItLasts) {
    auto of = zone().build();
    tests::disable(of, "zhao");
    of.overrides.push_back(
        {PostId{"second"}, PersonId{"wu"}, at("2026-03-04 00:00"), at("2026-03-05 00:00"), {}, {}});
    EXPECT_EQ(lines(gaps(of, at("2026-03-03 10:00"), at("2026-03-10 10:00"))),
              (Lines{"second nobody 2026-03-03T10:00:00+08:00 2026-03-04T00:00:00+08:00",
                     "second nobody 2026-03-05T00:00:00+08:00 -"}));
}

std::string thin_of(const Directory& of, const char* post) {
    const auto found = thin(of, PostId{post}, at("2026-03-03 10:00"), at("2027-03-03 10:00"));
    if (!found) return "";
    return found->kind + " " + found->reason + " " + time::testing::show(found->at) +
           (found->away.empty() ? "" : " without " + found->away.value);
}

TEST(Thin, ALineOfTwoHoldsWithoutAnyOneOfThem) {
    EXPECT_EQ(thin_of(zone().build(), "desk"), "");
    EXPECT_EQ(thin_of(zone().person("chen", "second", 1).build(), "second"), "");
}

TEST(Thin, ALineOfOneDoesNot) {
    EXPECT_EQ(thin_of(zone().build(), "second"),
              "nobody nobody 2026-03-03T10:00:00+08:00 without zhao");
    EXPECT_EQ(thin_of(zone().build(), "no such post"), "nobody nobody 2026-03-03T10:00:00+08:00");
}

TEST(Thin, AnAbsenceThatIsPlannedLeavesOneToFallIll) {
    const auto of = zone()
                        .person("chen", "second", 1)
                        .absent("zhao", at("2026-10-01 00:00"), at("2026-10-09 00:00"))
                        .build();
    EXPECT_EQ(thin_of(of, "second"), "nobody nobody 2026-10-01T00:00:00+08:00 without chen");
}

TEST(Thin, AWholeLineAwayIsWorseThanOneThatIsThin) {
    const auto of = zone().absent("zhao", at("2026-10-01 00:00"), at("2026-10-09 00:00")).build();
    EXPECT_EQ(thin_of(of, "second"), "nobody nobody 2026-10-01T00:00:00+08:00");
}

TEST(Thin, PeopleWithoutAChannelAreNoLine) {
    auto of = zone().person("chen", "second", 1).build();
    of.posts.at(PostId{"second"}).contacts.clear();
    EXPECT_EQ(thin_of(of, "second"), "");
    of.people.at(PersonId{"chen"}).contacts = {{"carrier_pigeon", "x"}};
    EXPECT_EQ(thin_of(of, "second"), "nobody no channel 2026-03-03T10:00:00+08:00 without zhao");
}

TEST(Thin, TheFallbackDeskIsNobodysOwnLine) {
    auto of = zone().build();
    of.posts.at(PostId{"second"}).deputies = {PostId{"fallback"}};
    EXPECT_EQ(thin_of(of, "second"), "fallback_only nobody 2026-03-03T10:00:00+08:00 without zhao");
}

TEST(Coverage, WhatDependsOnAPersonIsTheirPostsAndWhomThoseStandInFor) {
    const auto of = zone().post("front", {"desk"}).natural_pair("front", "fallback").build();
    const auto names = [&](const std::set<PersonId>& people, const std::set<PostId>& posts) {
        std::string out;
        for (const auto& id : depending_on(of, people, posts)) out += id.value + " ";
        return out;
    };
    EXPECT_EQ(names({PersonId{"zhao"}}, {}), "desk fallback front second ");
    EXPECT_EQ(names({PersonId{"wu"}}, {}), "fallback front ");
    EXPECT_EQ(names({}, {PostId{"desk"}}), "desk fallback front ");
    EXPECT_EQ(names({}, {}), "");
}

TEST(Reserve, IndependentUnitWantsOneAndAJointOneTwo) {
    auto of = zone().unit("desk", Unit::joint).build();
    auto desk = coverage_of(of, PostId{"desk"}, at("2026-03-03 10:00"));
    EXPECT_EQ(desk.reserve_needed, 2);
    EXPECT_EQ(desk.reserve_found, 1) << "the zone's second desk is nobody's reserve";
    EXPECT_TRUE(desk.short_of_reserve());
    of.posts.at(PostId{"desk"}).unit = Unit::independent;
    desk = coverage_of(of, PostId{"desk"}, at("2026-03-03 10:00"));
    EXPECT_FALSE(desk.short_of_reserve());
}

TEST(Reserve, NaturalDeputyCountsAndTheAbsentDoNot) {
    auto of = zone().natural_pair("desk", "second").unit("desk", Unit::joint).build();
    EXPECT_EQ(reserve_of(of, PostId{"desk"}, at("2026-03-03 10:00")), 2);
    of.absences.push_back({PersonId{"li"}, at("2026-03-01 00:00"), at("2026-03-09 00:00")});
    EXPECT_EQ(reserve_of(of, PostId{"desk"}, at("2026-03-03 10:00")), 1);
}

TEST(Reserve, DeputyInsideTheSameEnterpriseCounts) {
    auto of = zone().inside("ent-1", "second", "x").inside("ent-1", "desk", "y").build();
    EXPECT_EQ(reserve_of(of, PostId{"desk"}, at("2026-03-03 10:00")), 2);
}

TEST(Contacts, AreStaleAYearAfterTheyWereConfirmed) {
    auto of = zone().build();
    Contact contact{"file", {}, at("2026-03-03 10:00")};
    EXPECT_FALSE(stale(of, contact, at("2027-03-03 09:59")));
    EXPECT_TRUE(stale(of, contact, at("2027-03-03 10:00")));
    contact.confirmed_at.reset();
    EXPECT_TRUE(stale(of, contact, at("2026-03-03 10:00")));
}

// --- what is stored ---------------------------------------------------------------------------

Directory full() {
    auto of = zone()
                  .rota("desk", at("2026-01-05 08:00"), 12, {"wang", "li"})
                  .natural_pair("desk", "second")
                  .inside("ent-1", "second", "fallback")
                  .unit("desk", Unit::joint)
                  .quiet("wang", "22:00", "07:00", {1, 7})
                  .build();
    auto& wang = of.people.at(PersonId{"wang"});
    wang.contacts.front().confirmed_at = at("2026-01-01 00:00");
    wang.reminded_at = at("2026-02-01 00:00");
    of.overrides.push_back({PostId{"desk"}, PersonId{"zhao"}, at("2026-03-04 00:00"),
                            at("2026-03-05 00:00"), "x", "swap-1"});
    of.swaps.push_back({"swap-1", PostId{"desk"}, PersonId{"wang"}, PersonId{"li"},
                        at("2026-03-04 08:00"), at("2026-03-04 20:00"), at("2026-03-05 08:00"),
                        at("2026-03-05 20:00"), "x", SwapState::refused});
    of.announced.push_back(
        {PostId{"second"}, "nobody", at("2026-03-04 00:00"), at("2026-03-05 00:00")});
    of.rotations.push_back(
        {PostId{"desk"}, at("2026-03-01 08:00"), {PersonId{"li"}}, DutyDays::rest});
    of.seq = 9;
    return of;
}

TEST(DirectoryRows, SurviveTheRoundTrip) {
    const auto of = full();
    const auto json = encode_rows(of);
    Directory back;
    ASSERT_TRUE(decode_rows(json, back).ok());
    EXPECT_EQ(encode_rows(back), json);
    EXPECT_EQ(back.rotations, of.rotations);
    EXPECT_EQ(back.overrides, of.overrides);
    EXPECT_EQ(back.swaps, of.swaps);
    EXPECT_EQ(back.announced, of.announced);
    EXPECT_EQ(back.people.at(PersonId{"wang"}).quiet, of.people.at(PersonId{"wang"}).quiet);
    EXPECT_EQ(back.people.at(PersonId{"wang"}).reminded_at, at("2026-02-01 00:00"));
    EXPECT_EQ(back.people.at(PersonId{"wang"}).contacts.front().confirmed_at,
              at("2026-01-01 00:00"));
}

TEST(DirectoryRows, PostsSurviveTheRoundTrip) {
    for (const auto& [id, post] : full().posts) {
        const auto back = decode_post(encode(post));
        ASSERT_TRUE(back.ok()) << id.value;
        EXPECT_EQ(encode(*back), encode(post));
        EXPECT_EQ(back->rota, post.rota);
        EXPECT_EQ(back->unit, post.unit);
    }
}

TEST(DirectoryRows, OfAnOlderProgramHaveNoDuty) {
    auto json = encode_rows(full());
    for (const auto* list : {"rotations", "overrides", "swaps", "announced"}) json.erase(list);
    Directory back;
    ASSERT_TRUE(decode_rows(json, back).ok());
    EXPECT_TRUE(back.rotations.empty());
    EXPECT_EQ(back.terms.size(), full().terms.size());
}

TEST(DirectoryRows, QuietHoursThatAreNoTimeAreAFault) {
    for (const auto* text : {R"({"quiet": [{"from": "25:00", "until": "07:00"}]})",
                             R"({"quiet": [{"from": "22:00", "until": "22:00"}]})",
                             R"({"quiet": [{"from": "2200", "until": "07:00"}]})",
                             R"({"quiet": [{"from": "22:00", "until": "07:00", "days": [0]}]})"})
        EXPECT_FALSE(decode_quiet(boost::json::parse(text).as_object()).ok()) << text;
}

}  // namespace
}  // namespace jinqiao::engine::policy
