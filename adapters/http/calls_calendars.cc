// Which days are worked, from which notice, and whether next year's is still missing.
#include <boost/json/array.hpp>
#include <charconv>

#include "adapters/http/api.h"
#include "adapters/http/rights.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::Message;
using engine::time::Calendar;
using engine::time::Date;

namespace {

// As far as `check` looks ahead: deadlines that long are promised to people.
constexpr std::chrono::days calendar_horizon{365};
constexpr int first_year = 1990, last_year = 2100;  // what can be asked for

std::chrono::year_month_day ymd(Date date) {
    return std::chrono::year_month_day{std::chrono::sys_days{date.time_since_epoch()}};
}

std::string day_text(Date date) {
    const auto parts = ymd(date);
    const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(static_cast<int>(parts.year())) + "-" +
           two(static_cast<unsigned>(parts.month())) + "-" +
           two(static_cast<unsigned>(parts.day()));
}

json::object view_day(Date date, const Calendar& calendar) {
    const bool working = calendar.is_working(date);
    const auto off = calendar.off_name(date);
    const auto worked = calendar.worked_name(date);
    const char* kind =
        working ? (worked.empty() ? "working" : "adjusted") : (off.empty() ? "rest" : "holiday");
    json::object out{{"date", day_text(date)}, {"kind", kind}};
    if (const auto name = working ? worked : off; !name.empty()) out["name"] = name;
    return out;
}

json::array days_of(int year, const Calendar& calendar) {
    const auto local = [](std::chrono::year_month_day day) {
        return Date{std::chrono::sys_days{day}.time_since_epoch()};
    };
    const std::chrono::year of{year};
    json::array out;
    for (Date date = local(of / 1 / 1); date <= local(of / 12 / 31); date += std::chrono::days{1})
        out.push_back(view_day(date, calendar));
    return out;
}

}  // namespace

Reply Api::calendars(Call& call) {
    if (!ever(call.account().roles, Right::settings))
        return answered(Problem::of(403, "forbidden"), call.lens);
    if (auto problem = unknown_parameter(call, {"year"})) return answered(*problem, call.lens);
    const Calendar& calendar = *call.world().calendar;
    const Date today = calendar.local_date(call.lens.now);
    const int this_year = static_cast<int>(ymd(today).year());
    const int until = static_cast<int>(ymd(today + calendar_horizon).year());
    int year = this_year;
    if (const auto asked = call.target.one("year")) {
        const auto* end = asked->data() + asked->size();
        const auto read = std::from_chars(asked->data(), end, year);
        if (read.ec != std::errc{} || read.ptr != end || year < first_year || year > last_year)
            return answered(
                Problem::fault(400, "bad_request", "year",
                               Message{"query.value", {{"name", "year"}, {"value", *asked}}}),
                call.lens);
    }
    json::array years, missing;
    for (const int each : calendar.years())
        years.push_back(json::object{{"year", each}, {"source", calendar.source(each)}});
    for (int each = this_year; each <= until; ++each)
        if (!calendar.has_year(each)) missing.emplace_back(each);
    json::array hours;
    const auto clock = [](std::chrono::minutes at) {
        const auto two = [](auto n) { return (n < 10 ? "0" : "") + std::to_string(n); };
        return two(at.count() / 60) + ":" + two(at.count() % 60);
    };
    for (const auto& period : calendar.working_hours())
        hours.push_back(json::object{{"from", clock(period.from)}, {"until", clock(period.until)}});
    return json_response(200, json::object{{"version", calendar.version()},
                                           {"today", day_text(today)},
                                           {"horizon", day_text(today + calendar_horizon)},
                                           {"years", std::move(years)},
                                           {"missing", std::move(missing)},
                                           {"working_hours", std::move(hours)},
                                           {"year", year},
                                           {"known", calendar.has_year(year)},
                                           {"source", calendar.source(year)},
                                           {"days", days_of(year, calendar)}});
}

}  // namespace jinqiao::adapters::http
