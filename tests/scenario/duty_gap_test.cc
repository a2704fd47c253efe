// Gaps announced before they come, and contacts that want to be confirmed.
#include "tests/scenario/duty_story.h"

#include "engine/policy/coverage.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {

namespace time = engine::time;

class Gaps : public DutyStory {
  protected:
    void away(const std::string& person, const std::string& from, const std::string& until) {
        change("put_absence", R"({"person": ")" + person + R"(", "from": ")" + from +
                                  R"(:00+08:00", "until": ")" + until + R"(:00+08:00"})");
    }
};

TEST_F(Gaps, LeaveInThreeWeeksIsAnnouncedSevenDaysBeforeItBegins) {
    open("2026-03-03 10:00");
    away("sun", "2026-03-24T08:00", "2026-03-27T00:00");
    EXPECT_EQ(sent("coverage_gap"), Lines{});
    at("2026-03-17 07:59");
    EXPECT_EQ(sent("coverage_gap"), Lines{});
    at("2026-03-17 08:00");
    EXPECT_EQ(sent("coverage_gap"), (Lines{"03-17 08:00 qian", "03-17 08:00 wu"}));
    EXPECT_TRUE(recorded("directory", "coverage_gap"));
    at("2026-03-28 00:00");
    EXPECT_EQ(sent("coverage_gap").size(), 2U) << "once for each gap";
}

TEST_F(Gaps, SickTodayIsAnnouncedAtOnce) {
    open("2026-03-03 10:00");
    away("sun", "2026-03-03T10:00", "2026-03-06T00:00");
    EXPECT_EQ(sent("coverage_gap"), (Lines{"03-03 10:00 qian", "03-03 10:00 wu"}));
}

TEST_F(Gaps, AbsenceThatADeputyCoversIsNone) {
    open("2026-03-03 10:00");
    away("qian", "2026-03-03T10:00", "2026-03-06T00:00");
    EXPECT_EQ(sent("coverage_gap"), Lines{});
}

TEST_F(Gaps, OneThatWasMendedAndComesAgainIsAnnouncedAgain) {
    open("2026-03-03 10:00");
    away("sun", "2026-03-05T08:00", "2026-03-06T00:00");
    EXPECT_EQ(sent("coverage_gap").size(), 2U);
    change("drop_absence", R"({"person": "sun", "from": "2026-03-05T08:00:00+08:00"})");
    away("sun", "2026-03-05T08:00", "2026-03-06T00:00");
    EXPECT_EQ(sent("coverage_gap").size(), 4U);
}

TEST_F(Gaps, OneThatNowBeginsEarlierIsNews) {
    open("2026-03-03 10:00");
    away("sun", "2026-03-06T08:00", "2026-03-08T00:00");
    EXPECT_EQ(sent("coverage_gap").size(), 2U);
    away("sun", "2026-03-05T08:00", "2026-03-07T00:00");
    EXPECT_EQ(sent("coverage_gap").size(), 4U);
    away("sun", "2026-03-07T08:00", "2026-03-09T00:00");
    EXPECT_EQ(sent("coverage_gap").size(), 4U) << "longer is not earlier";
}

TEST_F(Gaps, AnnouncementOutlivesARestart) {
    open("2026-03-03 10:00");
    away("sun", "2026-03-05T08:00", "2026-03-06T00:00");
    restart();
    away("wang", "2026-03-05T08:00", "2026-03-06T00:00");
    EXPECT_EQ(sent("coverage_gap").size(), 2U);
}

TEST_F(Gaps, LastTermThatRunsOutIsAnnouncedToo) {
    open("2026-03-03 10:00");
    change("end_term",
           R"({"person": "zhou", "post": "leader", "until": "2026-04-01T00:00:00+08:00"})");
    at("2026-03-24 23:59");
    EXPECT_EQ(sent("coverage_gap"), Lines{});
    at("2026-03-25 00:00");
    EXPECT_EQ(sent("coverage_gap").size(), 2U);
}

TEST_F(Gaps, FallbackDeskGoingEmptyIsToldToWhoeverCanBeReached) {
    open("2026-03-03 10:00");
    away("wu", "2026-03-03T10:00", "2026-03-04T00:00");
    EXPECT_EQ(sent("coverage_gap").front(), "03-03 10:00 qian");
}

TEST_F(Gaps, AnnouncementThatCannotBeDeliveredGoesToTheNextContactAndThenTheFallbackDesk) {
    open("2026-03-03 10:00");
    std::vector<std::string> tried;
    channel.answer_with([&](const engine::ports::Transmission& transmission) {
        tried.push_back(transmission.address);
        const bool works = transmission.address == "wu";
        return engine::ports::Outcome{works ? engine::ports::Outcome::Kind::delivered
                                            : engine::ports::Outcome::Kind::rejected,
                                      "x",
                                      {},
                                      {},
                                      {}};
    });
    away("sun", "2026-03-03T10:00", "2026-03-06T00:00");
    EXPECT_EQ(tried, (Lines{"qian", "wu", "feng", "zhou", "wu"}));
}

TEST_F(Gaps, GapsThatNobodyCouldBeToldOfAreToldAsSoonAsSomebodyCan) {
    for (const auto* person : {"qian", "feng", "zhou", "wu"})
        people.people.at(engine::model::PersonId{person}).enabled = false;
    open("2026-03-03 10:00");
    away("sun", "2026-03-03T10:00", "2026-03-06T00:00");
    EXPECT_EQ(sent("coverage_gap"), Lines{});
    change("put_person", R"({"id": "wu", "name": "wu", "enabled": true})");
    const auto told = sent("coverage_gap");
    EXPECT_GE(told.size(), 3U) << "chief, chief2 and leader at least";
    EXPECT_EQ(std::count(told.begin(), told.end(), "03-03 10:00 wu"),
              static_cast<std::ptrdiff_t>(told.size()));
}

TEST_F(Gaps, CoverageAnswersForAnyInstant) {
    open("2026-03-03 10:00");
    change("put_rotation", R"({"post": "desk", "order": ["wang", "li"]})");
    away("wang", "2026-09-30T00:00", "2026-10-08T00:00");
    away("sun", "2026-09-30T00:00", "2026-10-08T00:00");
    const auto then = time::testing::at("2026-10-01 03:00");
    const auto desk = engine::policy::coverage_of(directory(), engine::model::PostId{"desk"}, then);
    ASSERT_FALSE(desk.chain.empty());
    EXPECT_EQ(desk.chain.front().person.value, "li");
    EXPECT_EQ(desk.chain.front().why, "duty");
    EXPECT_EQ(desk.chain.front().channels, Lines{"file"});
    const auto chief2 =
        engine::policy::coverage_of(directory(), engine::model::PostId{"chief2"}, then);
    EXPECT_EQ(chief2.gap, "nobody");
    EXPECT_EQ(chief2.reason, "nobody holds the post");
}

TEST_F(Gaps, ContactNobodyHasConfirmedForAYearIsAskedAboutOnce) {
    open("2026-03-03 10:00");
    at("2027-03-03 09:59");
    EXPECT_EQ(sent("contacts_stale"), Lines{});
    at("2027-03-03 10:00");
    EXPECT_EQ(sent("contacts_stale"), (Lines{"03-03 10:00 admin"}));
    EXPECT_EQ(sent("contacts_stale_count"), (Lines{"03-03 10:00 qian"}));
    at("2027-06-01 10:00");
    EXPECT_EQ(sent("contacts_stale").size(), 1U);
    at("2028-03-02 10:00");
    EXPECT_EQ(sent("contacts_stale").size(), 2U) << "once a year until it is confirmed";
}

TEST_F(Gaps, ConfirmedContactIsGoodForAnotherYear) {
    open("2026-03-03 10:00");
    at("2026-12-01 10:00");
    change("confirm_contacts", R"({"person": "admin"})");
    at("2027-11-30 10:00");
    EXPECT_EQ(sent("contacts_stale"), Lines{});
    at("2027-12-01 10:00");
    EXPECT_EQ(sent("contacts_stale").size(), 1U);
}

TEST_F(Gaps, ContactThatWasNeverConfirmedIsAWarningInTheCoverage) {
    open("2026-03-03 10:00");
    const auto stale = engine::policy::coverage(directory(), time::testing::at("2026-03-03 10:00"));
    const auto of = [&](const std::string& person) {
        return std::count_if(stale.stale.begin(), stale.stale.end(),
                             [&](const auto& one) { return one.person.value == person; });
    };
    EXPECT_EQ(of("wang"), 1);
    EXPECT_EQ(of("admin"), 0);
}

}  // namespace jinqiao::tests
