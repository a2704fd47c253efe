// Replays in which people do not do their work: no case may be forgotten, every run must end, and
// the report must name what broke.
#include "adapters/cli/replay/conduct.h"

#include <gtest/gtest.h>

#include <sstream>

#include "adapters/cli/replay/breaks_view.h"
#include "adapters/cli/replay/csv.h"
#include "adapters/cli/replay/simulation.h"
#include "adapters/store/memory/memory_store.h"
#include "tests/unit/cli/three_rows.h"

namespace jinqiao::adapters::cli::replay {
namespace {

using Kind = Conduct::Kind;
using Configured = cli::Setup;  // a fixture has a member of that name
using engine::model::DepartmentId;
using std::chrono::days;

class Hostile : public ::testing::Test {
  protected:
    Hostile() {
        std::ostringstream faults;
        setup_ =
            load_setup({speech_, faults, faults},
                       std::filesystem::path(JINQIAO_SOURCE_DIR) / "config", SystemClock().now());
        EXPECT_TRUE(setup_.has_value()) << faults.str();
    }

    Report replay(Conduct conduct) {
        std::istringstream in(three_rows);
        const auto table = CsvTable::read(in);
        EXPECT_TRUE(table.ok());
        std::vector<MappedRow> mapped;
        for (std::size_t i = 0; i < table->size(); ++i) {
            auto row = map_row(*table, i, 1, *setup_->configuration.calendar);
            mapped.push_back(std::move(std::get<MappedRow>(row)));
        }
        store::memory::MemoryStore store;
        auto report = Simulation(*setup_, store, 1, std::move(conduct))
                          .run(std::move(mapped), [](std::uint64_t, std::uint64_t) {});
        EXPECT_TRUE(report.ok());
        EXPECT_TRUE(report->forgotten.empty());
        return *report;
    }

    const Speech speech_{engine::model::Language::en};
    std::optional<Configured> setup_;
};

TEST_F(Hostile, WhatNobodyTouchesEndsWithTheFallbackDeskAndKeepsRinging) {
    const auto report = replay({Kind::idle, {}, days{7}});
    EXPECT_EQ(report.open, 3U);
    EXPECT_EQ(report.findings.with_fallback, 3U);
    EXPECT_EQ(report.findings.watched_by, (Counts{{"fallback_desk", 3}}));
    EXPECT_FALSE(report.findings.spent_ladders.empty());
    ASSERT_TRUE(report.findings.silence.has_value());
    EXPECT_LE(report.findings.silence->until - report.findings.silence->from, days{1});
    for (const auto& [id, department] : report.findings.departments) {
        EXPECT_EQ(department.signed_for, 0U) << id;
        EXPECT_EQ(department.found_after.size(), department.told) << id;
    }
}

// A red case that nobody touched cost some five hundred steps a day, for as long as it was open.
TEST_F(Hostile, IdlePeopleCostABoundedNumberOfStepsADay) {
    const auto week = replay({Kind::idle, {}, days{7}});
    const auto fortnight = replay({Kind::idle, {}, days{14}});
    const auto later = static_cast<double>(fortnight.findings.rungs - week.findings.rungs);
    EXPECT_GT(later, 0);
    EXPECT_LT(later / (3 * 7), 60);
    EXPECT_LT(week.findings.busiest.rungs, 300U);
}

TEST_F(Hostile, EverybodyLateStillBringsEveryCaseToItsEnd) {
    const auto report = replay({Kind::late, {}, days{365}});
    EXPECT_EQ(report.open, 0U);
    EXPECT_GT(report.deadlines_missed, report.cases);
    EXPECT_FALSE(report.findings.spent_ladders.empty());
}

TEST_F(Hostile, ADepartmentThatNeverAnswersIsFoundOut) {
    const auto report = replay({Kind::dead_department, {}, days{365}});
    EXPECT_EQ(report.conduct.dead, DepartmentId("union"));
    const auto& dead = report.findings.departments.at("union");
    EXPECT_GE(dead.told, 3U);
    EXPECT_EQ(dead.signed_for, 0U);
    EXPECT_EQ(dead.found_after.size(), dead.told);
    EXPECT_FALSE(dead.found_by.empty());
}

TEST_F(Hostile, AnotherDepartmentMayBeTheDeadOne) {
    const auto report = replay({Kind::dead_department, DepartmentId("justice"), days{365}});
    EXPECT_EQ(report.findings.departments.at("justice").signed_for, 0U);
    EXPECT_GT(report.findings.departments.at("union").signed_for, 0U);
}

// Messages to a desk that had been left lay in its mailbox.
TEST_F(Hostile, WhoLeavesIsToldNothingMoreAndNoMessageLiesUnread) {
    const auto report = replay({Kind::turnover, {}, days{365}});
    EXPECT_EQ(report.findings.to_leavers, 0U);
    EXPECT_EQ(report.findings.reached_nobody, Counts{});
    EXPECT_FALSE(report.findings.empty_posts.empty());
}

TEST_F(Hostile, EqualSeedsGiveEqualDigests) {
    const Conduct conduct{Kind::turnover, {}, days{30}};
    EXPECT_EQ(replay(conduct).digest, replay(conduct).digest);
}

TEST_F(Hostile, TheReportSaysItInWords) {
    const auto report = replay({Kind::dead_department, {}, days{30}});
    std::ostringstream out;
    const Context context{speech_, out, out};
    show(context, report, setup_->configuration.organisation);
    EXPECT_NE(out.str().find("Federation of Trade Unions (sample) never answers"),
              std::string::npos)
        << out.str();
    EXPECT_NE(out.str().find("Departments that never signed"), std::string::npos);
    EXPECT_EQ(out.str().find("cli."), std::string::npos) << "a text is missing";
}

TEST(ConductNames, AreReadBack) {
    EXPECT_EQ(conduct_named("dead-department"), Kind::dead_department);
    EXPECT_EQ(name(Kind::turnover), "turnover");
    EXPECT_FALSE(conduct_named("lazy").has_value());
}

TEST(ToldMost, IsWhoSignsAtTheLowestGradeNotWhoGetsACopy) {
    using engine::model::GradeLevel;
    engine::policy::RoutingRules routing;
    const auto add = [&](const char* id, bool department, GradeLevel from) -> auto& {
        auto& route = routing.routes.emplace_back();
        route.id = id;
        route.is_department = department;
        route.from = from;
        return route;
    };
    add("copied", true, GradeLevel::blue).copy_below = GradeLevel::yellow;
    add("late", true, GradeLevel::orange);
    add("signs", true, GradeLevel::blue);
    add("desk", false, GradeLevel::blue);
    EXPECT_EQ(told_most(routing), DepartmentId("signs"));
    EXPECT_TRUE(told_most({}).empty());
}

}  // namespace
}  // namespace jinqiao::adapters::cli::replay
