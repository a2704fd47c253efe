#pragma once
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "adapters/http/lens.h"
#include "engine/reports/reports.h"

namespace jinqiao::adapters::http {

// Reports as somebody asked for them: one, or all of them as the pack for a meeting.
struct ReportAnswer {
    std::string name;
    engine::reports::Period period;
    std::int64_t exercises = 0;
    std::vector<engine::reports::Table> tables;
};

// "report.headline.title" and the like, in the reader's language.
boost::json::object view_report_name(std::string_view name, const Lens& lens);
boost::json::object view_report(const ReportAnswer& answer, const Lens& lens);
// For spreadsheets: figures without units, a heading for each of several tables.
std::string report_csv(const ReportAnswer& answer, const Lens& lens);
// "headline-2026-11-01-2026-11-30.csv": the last day is one of the period.
std::string report_file(const ReportAnswer& answer);

// What the policy in force promises for a measure at a grade, worded.
engine::reports::Targets targets_of(const Lens& lens);

}  // namespace jinqiao::adapters::http
