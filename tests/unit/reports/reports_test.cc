#include "engine/reports/reports.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "tests/support/figures.h"

namespace jinqiao::tests {
namespace {

namespace reports = engine::reports;
namespace time = engine::time;
using engine::model::Figures;
using reports::Cell;
using reports::Cohort;
using reports::Period;
using std::chrono::days;
using std::chrono::minutes;

time::Date day(const char* text) { return time::parse_date(text).value(); }

Figures filed(time::Instant at, const char* grade = "blue") {
    Figures figures;
    figures.grade = grade;
    figures.workers = 10;
    figures.filed_at = at;
    return figures;
}

Figures ended(time::Instant filed_at, time::Instant at) {
    auto figures = filed(filed_at);
    figures.ended_at = at;
    figures.end = "settled";
    figures.settled = true;
    return figures;
}

Figures restricted(time::Instant at) {
    auto figures = filed(at);
    figures.restricted = true;
    return figures;
}

struct Zone {
    time::Calendar calendar;
    std::vector<Figures> cases, hidden;
    time::Instant now = morning(12, 31);

    Cohort cohort(const char* from, const char* until, std::int64_t smallest = 3) const {
        return Cohort(calendar, Period{day(from), day(until)}, now, cases, hidden, smallest);
    }
    reports::Row headline(const char* from, const char* until, std::int64_t smallest = 3) const {
        return reports::headline(cohort(from, until, smallest), {}).rows.front();
    }
};

const reports::Row& row_of(const reports::Table& table, const std::string& first,
                           const std::string& second = {}) {
    for (const auto& row : table.rows)
        if (row[0] == Cell(first) && (second.empty() || row[1] == Cell(second))) return row;
    ADD_FAILURE() << table.name << " has no row " << first << ' ' << second;
    return table.rows.front();
}

// The first instant of a month counts, that of the next one does not; Shanghai's midnight, not
// Greenwich's.
TEST(Reports, DaysBeginAtMidnightOfTheZone) {
    Zone zone;
    const auto march = zone.calendar.start_of(day("2026-03-01"));
    const auto april = zone.calendar.start_of(day("2026-04-01"));
    zone.cases = {filed(march - minutes(1)), filed(march), filed(april - minutes(1)), filed(april)};
    EXPECT_EQ(time::to_rfc3339(march, minutes(0)), "2026-02-28T16:00:00+00:00");
    EXPECT_EQ(zone.headline("2026-03-01", "2026-04-01")[0], Cell(std::int64_t{2}));
    const auto table = reports::workers(zone.cohort("2026-02-01", "2026-05-01"), {});
    ASSERT_EQ(table.rows.size(), 3U);
    EXPECT_EQ(row_of(table, "2026-02")[1], Cell(std::int64_t{1}));
    EXPECT_EQ(row_of(table, "2026-03")[1], Cell(std::int64_t{2}));
    EXPECT_EQ(row_of(table, "2026-04")[1], Cell(std::int64_t{1}));
}

TEST(Reports, HeadlineIsTheZonesOwnTable) {
    Zone zone;
    auto large = filed(morning(5, 4), "red");
    large.workers = 320;
    large.fortune500 = large.spread = true;
    auto exercise = filed(morning(5, 5));
    exercise.exercise = true;
    auto merged = ended(morning(5, 6), morning(5, 7));
    merged.merged = true;
    auto part = filed(morning(5, 8));
    part.part = true;
    part.workers = 7;
    zone.cases = {large, exercise, merged, part, ended(morning(4, 2), morning(5, 9))};
    const auto cohort = zone.cohort("2026-05-01", "2026-06-01");
    const auto table = reports::headline(cohort, {});
    EXPECT_EQ(table.rows.front(), (reports::Row{std::int64_t{1}, std::int64_t{1}, std::int64_t{327},
                                                std::int64_t{1}, std::int64_t{1}, 100.0}));
    EXPECT_EQ(cohort.exercises(), 1);
}

TEST(Reports, NothingIsDividedByNothing) {
    const Zone zone;
    EXPECT_EQ(zone.headline("2026-05-01", "2026-06-01").back(), Cell());
    for (const auto& report : reports::all_reports()) {
        const auto table = report.make(zone.cohort("2026-05-01", "2026-06-01"),
                                       [](auto, auto) { return std::string(); });
        EXPECT_EQ(table.name, report.name);
        for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size());
        if (table.total) {
            EXPECT_EQ(table.total->size(), table.columns.size());
        }
    }
}

TEST(Reports, PercentilesAreValuesThatWereMeasured) {
    std::vector<double> ten{10, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    EXPECT_EQ(reports::percentile(ten, 0.5), 5);
    EXPECT_EQ(reports::percentile(ten, 0.9), 9);
    EXPECT_EQ(reports::percentile(ten, 1.0), 10);
    std::vector<double> one{4};
    EXPECT_EQ(reports::percentile(one, 0.5), 4);
    EXPECT_EQ(reports::share_of(1, 3), Cell(33.3));
    EXPECT_EQ(reports::share_of(0, 0), Cell());
}

// Who has not reacted at all counts against the share as soon as it is late.
TEST(Reports, WhatIsOverdueIsNotInTime) {
    Zone zone;
    zone.now = morning(5, 10);
    auto quick = filed(morning(5, 4), "red");
    quick.acknowledged = {quick.filed_at + minutes(10), quick.filed_at + minutes(4), false};
    auto late = quick;
    late.acknowledged.at = late.filed_at + minutes(10);  // at the deadline is too late
    auto never = quick;
    never.acknowledged.at.reset();
    auto fresh = filed(zone.now - minutes(2), "red");
    fresh.acknowledged.due = fresh.filed_at + minutes(10);
    auto left = quick;
    left.acknowledged = {left.filed_at + minutes(10), {}, true};
    zone.cases = {quick, late, never, fresh, left};
    const auto table = reports::reaction(
        zone.cohort("2026-05-01", "2026-06-01"),
        [](auto measure, auto grade) { return std::string(measure) + "/" + std::string(grade); });
    const auto& row = row_of(table, "acknowledged", "red");
    EXPECT_EQ(row, (reports::Row{std::string("acknowledged"), std::string("red"), std::int64_t{2},
                                 4.0, 10.0, 10.0, std::string("acknowledged/red"), std::int64_t{1},
                                 33.3, std::int64_t{2}, std::int64_t{1}}));
    EXPECT_EQ(row_of(table, "acknowledged", "all")[2], Cell(std::int64_t{2}));
    EXPECT_EQ(row_of(table, "on_site", "red")[2], Cell(std::int64_t{0}));
}

TEST(Reports, SettledIsLookedAtFromTheEnd) {
    Zone zone;
    auto settled = ended(morning(3, 2), morning(5, 4));
    settled.close = {morning(4, 1), settled.ended_at, false};
    auto referred = settled;
    referred.settled = false;
    zone.cases = {settled, referred};
    const auto table = reports::reaction(zone.cohort("2026-05-01", "2026-06-01"),
                                         [](auto, auto) { return std::string(); });
    const auto& row = row_of(table, "settled", "blue");
    EXPECT_EQ(row[2], Cell(std::int64_t{1}));
    EXPECT_EQ(row[3], Cell(63.0 * 24 * 60));
    EXPECT_EQ(row[8], Cell(0.0));
}

TEST(Reports, ADepartmentThatNeverSignedIsNamed) {
    Zone zone;
    auto kase = ended(morning(5, 4), morning(5, 5));
    const auto at = kase.filed_at;
    kase.told = {{"hrss", at, at + minutes(1), {at + minutes(61), at + minutes(31), false}},
                 {"hrss", at, at + minutes(1), {at + minutes(61), {}, true}},
                 {"police", at, {}, {{}, {}, false}}};
    zone.cases = {kase};
    const auto table = reports::sign_for(zone.cohort("2026-05-01", "2026-06-01"), {});
    EXPECT_EQ(row_of(table, "hrss"),
              (reports::Row{std::string("hrss"), std::int64_t{2}, std::int64_t{2}, std::int64_t{1},
                            30.0, 30.0, 100.0, std::int64_t{0}, std::int64_t{0}, std::int64_t{1}}));
    EXPECT_EQ(row_of(table, "police")[7], Cell(std::int64_t{1}));
}

TEST(Reports, EscalationsAreByMonthAndLevel) {
    Zone zone;
    auto kase = filed(morning(4, 30));
    kase.escalations = {{"supervisor", morning(4, 30), morning(4, 30)},
                        {"supervisor", morning(5, 1), {}},
                        {"supervisor2", morning(5, 1), {}},
                        {"supervisor", morning(6, 1), {}}};
    zone.cases = {kase};
    const auto table = reports::escalations(zone.cohort("2026-04-01", "2026-06-01"), {});
    ASSERT_EQ(table.rows.size(), 3U);
    EXPECT_EQ(row_of(table, "2026-04", "supervisor")[3], Cell(std::int64_t{1}));
    EXPECT_EQ((*table.total)[2], Cell(std::int64_t{3}));
    EXPECT_EQ((*table.total)[5], Cell(std::int64_t{1})) << "one case";
}

// --- restricted cases ---------------------------------------------------------------------------

TEST(ConfidentialReports, NoCellHoldsARestrictedCase) {
    Zone zone;
    zone.cases = {filed(morning(5, 4))};
    const auto without = zone;
    for (int i = 1; i < 9; ++i) {
        auto hidden = restricted(morning(5, i));
        hidden.escalations = {{"supervisor", hidden.filed_at, {}}};
        hidden.told = {{"hrss", hidden.filed_at, {}, {}}};
        hidden.ended_at = hidden.filed_at + days(1);
        zone.hidden.push_back(hidden);
        zone.cases.push_back(hidden);
    }
    for (const auto& report : reports::all_reports()) {
        if (report.name == "headline") continue;
        const auto targets = [](auto, auto) { return std::string(); };
        const auto with = report.make(zone.cohort("2026-01-01", "2027-01-01"), targets);
        const auto plain = report.make(without.cohort("2026-01-01", "2027-01-01"), targets);
        EXPECT_EQ(with.rows, plain.rows) << report.name;
        EXPECT_EQ(with.total, plain.total) << report.name;
    }
}

TEST(ConfidentialReports, OneCountsAsADisputeAndNothingMoreIsSaidOfIt) {
    Zone zone;
    zone.hidden = {restricted(morning(5, 4))};
    auto headline = zone.headline("2026-05-01", "2026-06-01");
    EXPECT_EQ(headline[0], Cell(std::int64_t{1}));
    EXPECT_EQ(headline[2], Cell(std::int64_t{0}));
    EXPECT_EQ(zone.headline("2026-05-01", "2026-06-01", 1)[2], Cell(std::int64_t{10}));
    // Less than the month would say on which days it was not.
    EXPECT_EQ(zone.headline("2026-05-02", "2026-06-01")[0], Cell(std::int64_t{0}));
    EXPECT_EQ(zone.headline("2026-05-01", "2026-05-08")[0], Cell(std::int64_t{0}));
}

TEST(ConfidentialReports, GroupsEnterASumAsAWhole) {
    Zone zone;
    zone.hidden = {restricted(morning(2, 4)), restricted(morning(3, 4)), restricted(morning(5, 4)),
                   restricted(morning(6, 4))};
    const auto workers = [&](const char* from, const char* until) {
        return std::get<std::int64_t>(zone.headline(from, until)[2]);
    };
    EXPECT_EQ(workers("2026-02-01", "2026-06-01"), 30);
    EXPECT_EQ(workers("2026-03-01", "2026-07-01"), 0) << "a part of the group only";
    EXPECT_EQ(workers("2026-01-01", "2027-01-01"), 30) << "one is left for the next group";
    EXPECT_EQ(zone.headline("2026-01-01", "2027-01-01")[0], Cell(std::int64_t{4}));
}

// Whoever subtracts one period from another learns of a whole group or of nothing.
TEST(ConfidentialReports, NoTwoPeriodsDifferByLessThanAGroup) {
    FiguresMaker maker(5);
    Zone zone;
    for (int i = 0; i < 40; ++i) {
        auto hidden = restricted(morning(1, 1) + days(maker.number(0, 364)));
        hidden.workers = i;  // tells them apart
        zone.hidden.push_back(hidden);
    }
    std::vector<std::set<std::int64_t>> seen;
    for (int from = 1; from <= 12; ++from)
        for (int until = from + 1; until <= 13; ++until) {
            const auto first = [](int month) {
                return time::Date{std::chrono::year{2026 + (month - 1) / 12} /
                                  std::chrono::month(static_cast<unsigned>((month - 1) % 12 + 1)) /
                                  std::chrono::day{1}};
            };
            const Cohort cohort(zone.calendar, {first(from), first(until)}, zone.now, {},
                                zone.hidden, 5);
            auto& in_it = seen.emplace_back();
            for (const auto& each : cohort.grouped()) in_it.insert(each.workers);
        }
    for (const auto& a : seen)
        for (const auto& b : seen) {
            std::vector<std::int64_t> apart;
            std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(),
                                          std::back_inserter(apart));
            EXPECT_TRUE(apart.empty() || apart.size() >= 5) << apart.size();
        }
}

}  // namespace
}  // namespace jinqiao::tests
