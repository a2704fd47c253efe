#include <array>

#include "config/files.h"
#include "config/map.h"
#include "config/read_policy.h"

namespace jinqiao::config {

using engine::time::Calendar;
using engine::time::CalendarData;
using engine::time::Date;

namespace {

constexpr int longest_run_days = 40;

int year_of(Date date) { return static_cast<int>(std::chrono::year_month_day{date}.year()); }

class Reader {
  public:
    Reader(CalendarData& data, Faults& faults) : data_(data), faults_(faults) {}

    void read(const std::filesystem::path& file) {
        const Tree tree = read_yaml(file, faults_);
        Map map(tree, faults_);
        year_ = static_cast<int>(map.integer("year", 1949, 2199, 0));
        map.need("year");
        if (year_ != 0 && file.stem().string() != std::to_string(year_))
            map.fault("year", {"check.year_of_file", {{"year", file.stem().string()}}},
                      {"check.found.value", {{"value", std::to_string(year_)}}});
        data_.years.insert(year_);
        data_.sources[year_] = map.required_text("source");
        map.need("off");
        map.each("off", [&](const Tree& item) { read_off(item); });
        map.each("worked", [&](const Tree& item) { read_worked(item); });
    }

  private:
    void read_off(const Tree& item) {
        Map run(item, faults_);
        run.need("from");
        run.need("to");
        const auto from = run.date("from");
        const auto to = run.date("to");
        const std::string name = run.required_text("name");
        if (!from || !to) return;
        if (*to < *from || *to - *from > std::chrono::days{longest_run_days}) {
            run.fault("to", {"check.run", {{"date", engine::time::to_string(*from)}}},
                      {"check.found.value", {{"value", engine::time::to_string(*to)}}});
            return;
        }
        for (Date day = *from; day <= *to; day += std::chrono::days{1})
            note(item, day, data_.off, name);
    }

    void read_worked(const Tree& item) {
        Map map(item, faults_);
        map.need("date");
        const auto date = map.date("date");
        const std::string name = map.required_text("for");
        if (date) note(item, *date, data_.worked, name);
    }

    // A notice for a year may touch the December before it, nothing else outside the year.
    void note(const Tree& item, Date date, std::map<Date, std::string>& into,
              const std::string& name) {
        const auto month = std::chrono::year_month_day{date}.month();
        const bool december = year_of(date) == year_ - 1 && month == std::chrono::December;
        const std::string day = engine::time::to_string(date);
        if (year_of(date) != year_ && !december)
            add(faults_, item, {"check.date_in_year", {{"year", std::to_string(year_)}}},
                {"check.found.value", {{"value", day}}});
        if (data_.off.contains(date) || data_.worked.contains(date))
            add(faults_, item, {"check.date_once", {}}, {"check.found.value", {{"value", day}}});
        into.emplace(date, name);
    }

    CalendarData& data_;
    Faults& faults_;
    int year_ = 0;
};

std::string version_of(const CalendarData& data) {
    std::string text = std::to_string(data.utc_offset.count()) + " " +
                       std::to_string(data.close_of_business.count());
    for (const auto& period : data.working_hours)
        text +=
            " " + std::to_string(period.from.count()) + "-" + std::to_string(period.until.count());
    for (const int year : data.years) text += "\ny " + std::to_string(year);
    for (const auto& [date, name] : data.off)
        text += "\no " + engine::time::to_string(date) + " " + name;
    for (const auto& [date, name] : data.worked)
        text += "\nw " + engine::time::to_string(date) + " " + name;
    return content_hash(text).substr(0, 16);
}

// The notice for next year is usually out in November; before that its absence is no surprise.
void warn_of_missing_years(const CalendarData& data, const std::filesystem::path& folder,
                           engine::time::Instant at, Faults& faults) {
    const Calendar offset_only(data);
    const Date today = offset_only.local_date(at);
    const int last = year_of(today + std::chrono::days{31});
    Tree place;
    place.file = std::make_shared<const std::string>(folder.string());
    for (int year = year_of(today); year <= last; ++year)
        if (!data.years.contains(year))
            add(faults, place, {"check.calendar_year", {{"year", std::to_string(year)}}},
                {"check.found.nothing", {}})
                .warning = true;
}

}  // namespace

std::shared_ptr<const Calendar> load_calendars(const std::filesystem::path& folder,
                                               const Service& service, engine::time::Instant at,
                                               Faults& faults) {
    CalendarData data;
    data.utc_offset = service.utc_offset;
    data.working_hours = service.working_hours;
    data.close_of_business = service.close_of_business;
    for (const auto& file : yaml_files(folder, faults)) Reader(data, faults).read(file);
    data.version = version_of(data);
    warn_of_missing_years(data, folder, at, faults);
    return std::make_shared<const Calendar>(std::move(data));
}

}  // namespace jinqiao::config
