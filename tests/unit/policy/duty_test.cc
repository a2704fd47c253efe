#include "engine/policy/duty.h"

#include <gtest/gtest.h>

#include "engine/policy/directory.h"
#include "tests/support/builders.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::policy {
namespace {

using model::PersonId;
using model::PostId;
using tests::DirectoryBuilder;
using time::testing::at;

const PostId kDesk{"desk"};

// Days of 24 hours from 08:30, from Monday 2026-01-05 on, taken by wang, li and hu in turn.
DirectoryBuilder desk() {
    return DirectoryBuilder()
        .post("desk")
        .person("wang", "desk")
        .person("li", "desk", 1)
        .person("hu", "desk", 2)
        .rota("desk", at("2026-01-05 08:30"), 24, {"wang", "li", "hu"});
}

std::string on(const Directory& directory, const std::string& when) {
    const auto duty = on_duty(directory, kDesk, at(when));
    return duty ? duty->person.value : "";
}

void add(Directory& directory, const std::string& person, const std::string& from,
         const std::string& until) {
    directory.overrides.push_back({kDesk, PersonId{person}, at(from), at(until), {}, {}});
}

TEST(Duty, ShiftsPassOnInTurnAtTheHandover) {
    const auto of = desk().build();
    EXPECT_EQ(on(of, "2026-01-05 08:30"), "wang");
    EXPECT_EQ(on(of, "2026-01-06 08:29"), "wang");
    EXPECT_EQ(on(of, "2026-01-06 08:30"), "li");
    EXPECT_EQ(on(of, "2026-01-07 08:30"), "hu");
    EXPECT_EQ(on(of, "2026-01-08 08:30"), "wang");
    EXPECT_EQ(on(of, "2036-01-05 08:30"), on_duty(of, kDesk, at("2036-01-06 08:29"))->person.value);
}

TEST(Duty, NobodyIsOnBeforeTheFirstShift) { EXPECT_EQ(on(desk().build(), "2026-01-05 08:29"), ""); }

TEST(Duty, NewOrderBeginsWithItsFirstInTheShiftItBeginsIn) {
    auto of = desk().build();
    of.rotations.push_back({kDesk, at("2026-01-06 12:00"), {PersonId{"hu"}, PersonId{"wang"}}});
    EXPECT_EQ(on(of, "2026-01-06 11:59"), "li");
    EXPECT_EQ(on(of, "2026-01-06 12:00"), "hu");
    EXPECT_EQ(on(of, "2026-01-07 08:30"), "wang");
    EXPECT_EQ(on(of, "2026-01-08 08:30"), "hu");
}

TEST(Duty, OrderOfNobodyEndsTheRota) {
    auto of = desk().build();
    of.rotations.push_back({kDesk, at("2026-01-06 12:00"), {}});
    EXPECT_EQ(on(of, "2026-01-06 12:00"), "");
}

// Friday the 9th, then the weekend of January 10 and 11.
TEST(Duty, RestDaysMayHaveAnOrderOfTheirOwn) {
    auto of = desk().build();
    of.rotations.front().order = {PersonId{"wang"}};
    of.rotations.push_back(
        {kDesk, at("2026-01-05 08:30"), {PersonId{"li"}, PersonId{"hu"}}, DutyDays::rest});
    EXPECT_EQ(on(of, "2026-01-09 09:00"), "wang");
    EXPECT_EQ(on(of, "2026-01-10 08:29"), "wang") << "Friday's shift lasts into Saturday";
    EXPECT_EQ(on(of, "2026-01-10 08:30"), "li");
    EXPECT_EQ(on(of, "2026-01-11 09:00"), "hu");
    EXPECT_EQ(on(of, "2026-01-12 09:00"), "wang");
    EXPECT_EQ(on(of, "2026-01-17 09:00"), "li") << "turns are counted over such days only";
    EXPECT_EQ(next_duty_change(of, at("2026-01-09 09:00")), at("2026-01-10 08:30"));
}

TEST(Duty, HolidaysAndShiftedWorkingDaysAreAsTheCalendarSays) {
    auto of = desk().build();
    of.calendar = std::make_shared<time::Calendar>(time::testing::calendar_2026());
    of.rotations.push_back({kDesk, at("2026-01-05 08:30"), {PersonId{"hu"}}, DutyDays::working});
    of.rotations.push_back({kDesk, at("2026-01-05 08:30"), {PersonId{"li"}}, DutyDays::rest});
    EXPECT_EQ(on(of, "2026-10-01 09:00"), "li") << "a Thursday of the National Day week";
    EXPECT_EQ(on(of, "2026-10-10 09:00"), "hu") << "a Saturday that is worked";
    EXPECT_EQ(on(of, "2026-10-11 09:00"), "li");
}

TEST(Duty, ShiftsAreListedWithoutHolesAndCutToTheQuestion) {
    auto of = desk().build();
    add(of, "hu", "2026-01-06 20:00", "2026-01-07 08:30");
    const auto list = shifts(of, kDesk, at("2026-01-06 00:00"), at("2026-01-08 00:00"));
    ASSERT_EQ(list.size(), 4U);
    EXPECT_EQ(list[0],
              (Shift{at("2026-01-06 00:00"), at("2026-01-06 08:30"), PersonId{"wang"}, "rota"}));
    EXPECT_EQ(list[1],
              (Shift{at("2026-01-06 08:30"), at("2026-01-06 20:00"), PersonId{"li"}, "rota"}));
    EXPECT_EQ(list[2],
              (Shift{at("2026-01-06 20:00"), at("2026-01-07 08:30"), PersonId{"hu"}, "override"}));
    EXPECT_EQ(list[3].person.value, "hu");
    EXPECT_EQ(list[3].until, at("2026-01-08 00:00"));
}

TEST(Duty, ActingAsksWhoeverIsOnFirstAndNamesThemOnce) {
    const auto of = desk().build();
    const auto chain = of.acting(kDesk, at("2026-01-07 10:00"));
    ASSERT_EQ(chain.size(), 3U);
    EXPECT_EQ(chain[0].person.value, "hu");
    EXPECT_TRUE(chain[0].on_duty);
    EXPECT_EQ(chain[1].person.value, "wang");
    EXPECT_EQ(chain[2].person.value, "li");
}

TEST(Duty, WhoeverIsOnButCannotActIsPassedOver) {
    auto of = desk().absent("hu", at("2026-01-07 00:00"), at("2026-01-08 00:00")).build();
    EXPECT_EQ(on(of, "2026-01-07 10:00"), "hu") << "it is still their turn";
    EXPECT_EQ(of.acting(kDesk, at("2026-01-07 10:00")).front().person.value, "wang");
    tests::disable(of, "wang");
    EXPECT_EQ(of.acting(kDesk, at("2026-01-07 10:00")).front().person.value, "li");
}

TEST(Duty, DeputyPostSendsWhoeverIsOnThereFirst) {
    auto of = desk().post("front", {"desk"}).build();
    EXPECT_EQ(of.acting(PostId{"front"}, at("2026-01-06 10:00")).front().person.value, "li");
}

TEST(Duty, ChangesAreShiftsAndOverridesAndNothingElse) {
    auto of = desk().build();
    EXPECT_EQ(next_duty_change(of, at("2026-01-06 10:00")), at("2026-01-07 08:30"));
    add(of, "hu", "2026-01-06 20:00", "2026-01-06 22:00");
    EXPECT_EQ(next_duty_change(of, at("2026-01-06 10:00")), at("2026-01-06 20:00"));
    EXPECT_EQ(next_duty_change(of, at("2026-01-06 20:00")), at("2026-01-06 22:00"));
    of.overrides.clear();
    of.rotations.back().order.resize(1);
    EXPECT_EQ(next_duty_change(of, at("2026-01-06 10:00")), std::nullopt)
        << "one person relieves nobody";
}

// --- natural deputies and posts inside an enterprise -------------------------------------------

TEST(Directory, NaturalDeputyComesBeforeTheOthersAndItsOwnDeputiesLast) {
    const auto of = DirectoryBuilder()
                        .post("chair", {"liaison"})
                        .post("secretary", {"office"})
                        .post("liaison")
                        .post("office")
                        .person("chen", "chair")
                        .person("xu", "secretary")
                        .person("lin", "liaison")
                        .person("ou", "office")
                        .natural_pair("chair", "secretary")
                        .build();
    const auto names = [&](const std::string& post) {
        std::string out;
        for (const auto& one : of.acting(PostId{post}, at("2026-03-03 10:00")))
            out += one.person.value + " ";
        return out;
    };
    EXPECT_EQ(names("chair"), "chen xu lin ou ");
    EXPECT_EQ(names("secretary"), "xu chen ou lin ");
    EXPECT_EQ(of.deputies_of(PostId{"chair"}),
              (std::vector<PostId>{PostId{"secretary"}, PostId{"liaison"}}));
}

TEST(Directory, DeputiesInsideAnEnterpriseAreItsOwn) {
    const auto of = DirectoryBuilder()
                        .post("chair")
                        .post("committee", {"chair"})
                        .post("chair_1")
                        .post("committee_1", {"chair"})
                        .person("zone", "chair")
                        .person("own", "chair_1")
                        .inside("ent-1", "chair_1", "chair")
                        .inside("ent-1", "committee_1", "committee")
                        .build();
    const auto first = [&](const std::string& post) {
        return of.acting(PostId{post}, at("2026-03-03 10:00")).front().person.value;
    };
    EXPECT_EQ(first("committee_1"), "own");
    EXPECT_EQ(first("committee"), "zone");
    EXPECT_EQ(of.post_in(model::EnterpriseId{"ent-1"}, PostId{"committee"}).value, "committee_1");
    EXPECT_EQ(of.post_in(model::EnterpriseId{"ent-2"}, PostId{"committee"}).value, "committee");
    EXPECT_EQ(of.post_in(model::EnterpriseId{}, PostId{"committee"}).value, "committee");
}

}  // namespace
}  // namespace jinqiao::engine::policy
