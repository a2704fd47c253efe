#include "engine/time/calendar.h"

#include <algorithm>
#include <utility>

namespace jinqiao::engine::time {

namespace chr = std::chrono;

namespace {

// Sorted, disjoint and never empty: counting working hours relies on meeting some every week.
std::vector<WorkingPeriod> tidy(std::vector<WorkingPeriod> periods) {
    std::erase_if(periods, [](const WorkingPeriod& period) { return period.from >= period.until; });
    std::sort(periods.begin(), periods.end(),
              [](const WorkingPeriod& a, const WorkingPeriod& b) { return a.from < b.from; });
    std::vector<WorkingPeriod> out;
    for (const WorkingPeriod& period : periods) {
        if (!out.empty() && period.from <= out.back().until)
            out.back().until = std::max(out.back().until, period.until);
        else
            out.push_back(period);
    }
    if (out.empty()) out.push_back({chr::minutes{0}, chr::minutes{24 * 60}});
    return out;
}

std::string_view find_name(const std::map<Date, std::string>& names, Date date) {
    const auto found = names.find(date);
    return found == names.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace

std::vector<WorkingPeriod> usual_working_hours() {
    std::vector<WorkingPeriod> periods;
    periods.push_back({chr::minutes{9 * 60}, chr::minutes{11 * 60 + 30}});
    periods.push_back({chr::minutes{13 * 60 + 30}, chr::minutes{17 * 60 + 30}});
    return periods;
}

Calendar::Calendar() : Calendar(CalendarData{}) {}

Calendar::Calendar(CalendarData data) {
    auto table = std::make_shared<Table>();
    data.working_hours = tidy(std::move(data.working_hours));

    const auto& off = data.off;
    const auto& worked = data.worked;
    if (!off.empty() || !worked.empty()) {
        Date last{};
        if (off.empty() || worked.empty()) {
            const auto& only = off.empty() ? worked : off;
            table->first = only.begin()->first;
            last = only.rbegin()->first;
        } else {
            table->first = std::min(off.begin()->first, worked.begin()->first);
            last = std::max(off.rbegin()->first, worked.rbegin()->first);
        }
        table->working.reserve(static_cast<std::size_t>((last - table->first).count() + 1));
        for (Date date = table->first; date <= last; date += chr::days{1})
            table->working.push_back(is_weekend(date) ? 0 : 1);
        const auto set = [&](Date date, std::uint8_t value) {
            table->working[static_cast<std::size_t>((date - table->first).count())] = value;
        };
        for (const auto& [date, name] : off) set(date, 0);
        for (const auto& [date, name] : worked) set(date, 1);
    }

    table->data = std::move(data);
    table_ = std::move(table);
}

bool Calendar::has_year(int year) const { return table_->data.years.contains(year); }

bool Calendar::covers(Date date) const {
    return has_year(static_cast<int>(chr::year_month_day{date}.year()));
}

Instant Calendar::close_of_business(Date date) const {
    return at(date, table_->data.close_of_business);
}

Date Calendar::next_working(Date date) const {
    while (!is_working(date)) date += chr::days{1};
    return date;
}

Date Calendar::previous_working(Date date) const {
    while (!is_working(date)) date -= chr::days{1};
    return date;
}

std::string_view Calendar::off_name(Date date) const { return find_name(table_->data.off, date); }

std::string_view Calendar::worked_name(Date date) const {
    return find_name(table_->data.worked, date);
}

const std::string& Calendar::version() const { return table_->data.version; }

chr::minutes Calendar::utc_offset() const { return table_->data.utc_offset; }

const std::vector<WorkingPeriod>& Calendar::working_hours() const {
    return table_->data.working_hours;
}

const std::set<int>& Calendar::years() const { return table_->data.years; }

std::string_view Calendar::source(int year) const {
    const auto found = table_->data.sources.find(year);
    return found == table_->data.sources.end() ? std::string_view{}
                                               : std::string_view{found->second};
}

}  // namespace jinqiao::engine::time
