#pragma once

#include <cstdlib>
#include <string>

#include "engine/time/due.h"

// The year 2026 as a literal table, so that these tests rest on no file, and short ways to write
// Shanghai times.
namespace jinqiao::engine::time::testing {

// "2026-10-09". A slip in a test's own literal ends the test run.
inline Date day(const std::string& text) {
    const auto date = parse_date(text);
    if (!date) std::abort();
    return *date;
}

// "2026-10-09 16:30" or "2026-10-09 16:30:15.250", Shanghai time.
inline Instant at(const std::string& text) {
    std::string full = text.substr(0, 10) + "T" + text.substr(11);
    if (full.size() == 16) full += ":00";
    const auto instant = parse_rfc3339(full + "+08:00");
    if (!instant) std::abort();
    return *instant;
}

// 24:00 of a day, in its stored form.
inline Instant end_of(const std::string& text) {
    return at(text + " 00:00") + std::chrono::days{1};
}

inline void add_off(CalendarData& data, const std::string& name, const std::string& from,
                    const std::string& to) {
    for (Date date = day(from); date <= day(to); date += std::chrono::days{1})
        data.off.emplace(date, name);
}

// Defaults stand for the working hours (09:00-11:30, 13:30-17:30) and close of business (17:30).
inline CalendarData data_2026() {
    CalendarData data;
    data.version = "test-2026";
    data.years = {2026};
    data.sources = {{2026, "国务院办公厅关于2026年部分节假日安排的通知"}};
    add_off(data, "元旦", "2026-01-01", "2026-01-03");
    add_off(data, "春节", "2026-02-15", "2026-02-23");
    add_off(data, "清明节", "2026-04-04", "2026-04-06");
    add_off(data, "劳动节", "2026-05-01", "2026-05-05");
    add_off(data, "端午节", "2026-06-19", "2026-06-21");
    add_off(data, "中秋节", "2026-09-25", "2026-09-27");
    add_off(data, "国庆节", "2026-10-01", "2026-10-07");
    data.worked = {{day("2026-01-04"), "元旦"},   {day("2026-02-14"), "春节"},
                   {day("2026-02-28"), "春节"},   {day("2026-05-09"), "劳动节"},
                   {day("2026-09-20"), "国庆节"}, {day("2026-10-10"), "国庆节"}};
    return data;
}

inline const Calendar& calendar_2026() {
    static const Calendar calendar{data_2026()};
    return calendar;
}

// Known years and no holiday in any of them.
inline Calendar plain_years(int first, int last) {
    CalendarData data;
    for (int year = first; year <= last; ++year) data.years.insert(year);
    return Calendar{data};
}

inline Budget budget(const std::string& text) {
    const auto parsed = parse_budget(text);
    if (!parsed) std::abort();
    return *parsed;
}

inline Rule rule(const std::string& text) { return Rule{.budget = budget(text), .extensions = {}}; }

inline Rule backward(const std::string& text) {
    return Rule{.budget = budget(text), .extensions = {}, .backward = true};
}

inline Suspension pause(const std::string& from, const std::string& until) {
    return {at(from), at(until), "brigade on leave"};
}

inline Suspension open_pause(const std::string& from) {
    return {at(from), std::nullopt, "brigade on leave"};
}

// Readable in a failure message.
inline std::string show(Instant instant) { return to_rfc3339(instant, std::chrono::minutes{480}); }

}  // namespace jinqiao::engine::time::testing
