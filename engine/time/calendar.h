#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/time/instant.h"

namespace jinqiao::engine::time {

enum class DayStatus { working, rest };

// Minutes after local midnight, `until` exclusive.
struct WorkingPeriod {
    std::chrono::minutes from{0};
    std::chrono::minutes until{0};

    bool operator==(const WorkingPeriod&) const = default;
};

// 09:00-11:30 and 13:30-17:30.
std::vector<WorkingPeriod> usual_working_hours();

// What a calendar is made of, as config reads it. A notice for year Y may touch December of Y-1;
// the loader merges all years into one value before it gets here.
struct CalendarData {
    std::string version;  // stored with every due time computed from it
    std::chrono::minutes utc_offset{480};

    // Any order; overlapping periods are joined and empty ones dropped. None at all means that the
    // whole of a working day counts.
    std::vector<WorkingPeriod> working_hours = usual_working_hours();
    std::chrono::minutes close_of_business{17 * 60 + 30};

    std::map<Date, std::string> off;     // rest days by notice, with the holiday's name
    std::map<Date, std::string> worked;  // shifted working days, with the holiday they pay for
    std::set<int> years;                 // years whose notice has been read
    std::map<int, std::string> sources;  // year -> the notice
};

// Which days are worked, in one place with one fixed offset from UTC (China has no summer time).
//
// A day named by a notice is what the notice says, `worked` winning over `off`; every other day is
// worked Monday to Friday. That holds in a year without a notice too, where it is a guess: callers
// that turn a date into a promise ask covers() and say so.
//
// Copies share one immutable table, so a Calendar is passed and kept by value; any number of
// threads may read it. is_working() is one load from that table.
class Calendar {
  public:
    Calendar();  // no year known: Monday to Friday throughout
    explicit Calendar(CalendarData data);

    DayStatus status(Date date) const;
    bool is_working(Date date) const;

    bool has_year(int year) const;
    bool covers(Date date) const;  // has_year() of its year

    Date local_date(Instant at) const;
    Instant start_of(Date date) const;                         // 00:00
    Instant end_of(Date date) const;                           // 24:00 = 00:00 of the next day
    Instant at(Date date, std::chrono::minutes minute) const;  // minutes after midnight
    Instant close_of_business(Date date) const;

    // The date itself if it is worked, else the nearest worked one.
    Date next_working(Date date) const;
    Date previous_working(Date date) const;

    // The holiday a day belongs to; empty for days no notice names, plain weekends among them.
    std::string_view off_name(Date date) const;
    std::string_view worked_name(Date date) const;

    const std::string& version() const;
    std::chrono::minutes utc_offset() const;
    const std::vector<WorkingPeriod>& working_hours() const;  // sorted, disjoint, never empty
    const std::set<int>& years() const;
    std::string_view source(int year) const;

  private:
    struct Table {
        CalendarData data;
        Date first{};                       // of `working`
        std::vector<std::uint8_t> working;  // one entry a day, from first listed to last listed
    };

    std::shared_ptr<const Table> table_;
};

inline bool is_weekend(Date date) { return std::chrono::weekday{date}.iso_encoding() >= 6; }

inline bool Calendar::is_working(Date date) const {
    const auto index = (date - table_->first).count();
    const auto& working = table_->working;
    if (index >= 0 && static_cast<std::size_t>(index) < working.size())
        return working[static_cast<std::size_t>(index)] != 0;
    return !is_weekend(date);
}

inline DayStatus Calendar::status(Date date) const {
    return is_working(date) ? DayStatus::working : DayStatus::rest;
}

inline Date Calendar::local_date(Instant at) const {
    const std::chrono::local_time<std::chrono::milliseconds> local{at.time_since_epoch() +
                                                                   table_->data.utc_offset};
    return std::chrono::floor<std::chrono::days>(local);
}

inline Instant Calendar::at(Date date, std::chrono::minutes minute) const {
    return Instant{date.time_since_epoch() + minute - table_->data.utc_offset};
}

inline Instant Calendar::start_of(Date date) const { return at(date, std::chrono::minutes{0}); }

inline Instant Calendar::end_of(Date date) const { return start_of(date + std::chrono::days{1}); }

}  // namespace jinqiao::engine::time
