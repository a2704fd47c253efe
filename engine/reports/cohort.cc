#include "engine/reports/cohort.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace jinqiao::engine::reports {

using model::Figures;
using std::chrono::year_month_day;

std::string month_name(time::Date date) {
    const year_month_day day{date};
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()));
    return text.data();
}

time::Date month_of(time::Date date) {
    const year_month_day day{date};
    return time::Date{day.year() / day.month() / std::chrono::day{1}};
}

namespace {

time::Date month_after(time::Date month) { return month_of(month + std::chrono::days{31}); }

}  // namespace

Cohort::Cohort(const time::Calendar& calendar, Period period, time::Instant now,
               std::vector<Figures> all, std::vector<Figures> restricted,
               std::int64_t smallest_group)
    : calendar_(&calendar),
      period_(period),
      begin_(calendar.start_of(period.from)),
      end_(calendar.start_of(period.until)),
      now_(now) {
    for (auto& figures : all) {
        if (figures.exercise && holds(figures.filed_at)) ++exercises_;
        if (figures.exercise || figures.merged || figures.restricted) continue;
        cases_.push_back(std::move(figures));
    }
    sort_out(std::move(restricted), smallest_group);
}

std::vector<std::string> Cohort::months() const {
    std::vector<std::string> out;
    for (auto month = month_of(period_.from); month < period_.until; month = month_after(month))
        out.push_back(month_name(month));
    return out;
}

bool Cohort::covers(time::Date first_month, time::Date last_month) const {
    return period_.from <= first_month && month_after(last_month) <= period_.until;
}

void Cohort::sort_out(std::vector<Figures> restricted, std::int64_t smallest_group) {
    std::map<time::Date, std::vector<Figures>> by_month;
    for (auto& figures : restricted)
        if (figures.restricted && !figures.exercise && !figures.merged)
            by_month[month_of(calendar_->local_date(figures.filed_at))].push_back(
                std::move(figures));
    std::vector<Figures> group;
    time::Date first{};
    for (auto& [month, figures] : by_month) {
        if (covers(month, month))
            hidden_ += std::count_if(figures.begin(), figures.end(),
                                     [](const Figures& each) { return !each.part; });
        if (group.empty()) first = month;
        std::move(figures.begin(), figures.end(), std::back_inserter(group));
        if (static_cast<std::int64_t>(group.size()) < smallest_group) continue;
        if (covers(first, month))
            std::move(group.begin(), group.end(), std::back_inserter(grouped_));
        group.clear();
    }
}

}  // namespace jinqiao::engine::reports
