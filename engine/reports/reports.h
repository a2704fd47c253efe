#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "engine/reports/cohort.h"
#include "engine/reports/table.h"

namespace jinqiao::engine::reports {

// What is promised now for a measure (acknowledged, on_site, settled) at a grade, worded; empty:
// nothing.
using Targets = std::function<std::string(std::string_view measure, std::string_view grade)>;

// One kind of report.
struct Report {
    std::string_view name;
    Table (*make)(const Cohort& cohort, const Targets& targets);
};

// headline     disputes filed, at Fortune Global 500 firms, workers, outside the zone
// open         not ended at the end of the period, by grade
// containment  ended in the period, and where they were dealt with, by month
// reaction     acknowledged, on site, settled: how fast, and whether as promised, by grade
// escalations  went up to whom, by month
// sign_for     by department: told, delivered, signed, how fast, never
// causes       filed, by cause and month
// workers      covered, by month and grade
std::span<const Report> all_reports();
const Report* report_named(std::string_view name);

// The smallest value that at least this share of them does not exceed (nearest rank). Sorts.
double percentile(std::vector<double>& values, double share);

// Half of the parts in a hundred are rounded up, to one decimal; nothing of nothing.
Cell share_of(std::int64_t part, std::int64_t whole);

// people.cc
Table reaction(const Cohort& cohort, const Targets& targets);
Table escalations(const Cohort& cohort, const Targets& targets);
Table sign_for(const Cohort& cohort, const Targets& targets);
// series.cc
Table headline(const Cohort& cohort, const Targets& targets);
Table open(const Cohort& cohort, const Targets& targets);
Table containment(const Cohort& cohort, const Targets& targets);
Table causes(const Cohort& cohort, const Targets& targets);
Table workers(const Cohort& cohort, const Targets& targets);

inline constexpr std::string_view grades[] = {"red", "orange", "yellow", "blue"};

}  // namespace jinqiao::engine::reports
