#pragma once
#include <map>
#include <string>
#include <vector>

#include "engine/model/figures.h"
#include "engine/time/calendar.h"

namespace jinqiao::engine::reports {

// Whole days of the zone; `until` is the first one that is not in it any more.
struct Period {
    time::Date from{}, until{};
    bool operator==(const Period&) const = default;
};

// "2026-11" of a day, and the first day of the month it lies in.
std::string month_name(time::Date date);
time::Date month_of(time::Date date);

// The cases a report looks at, sorted into those it may tell apart and those it may not.
//
// Exercises are counted and left out. A case that was merged into another is left out: its workers
// and demands are the target's. Restricted cases are in no row of any table, so that every cell is
// what its reader could count from the cases they may see; sums of the zone take them in by the
// rules of `confidential`.
class Cohort {
  public:
    // `restricted`: the figures of all restricted cases there are; of `all` they are ignored.
    Cohort(const time::Calendar& calendar, Period period, time::Instant now,
           std::vector<model::Figures> all, std::vector<model::Figures> restricted,
           std::int64_t smallest_group);

    const Period& period() const { return period_; }
    time::Instant begin() const { return begin_; }
    time::Instant end() const { return end_; }
    time::Instant now() const { return now_; }
    bool holds(time::Instant at) const { return begin_ <= at && at < end_; }
    std::string month(time::Instant at) const { return month_name(calendar_->local_date(at)); }
    std::vector<std::string> months() const;  // that the period touches, in order

    const std::vector<model::Figures>& cases() const { return cases_; }
    std::int64_t exercises() const { return exercises_; }  // filed in the period

    // Restricted cases as far as a sum may hold them. How many there are is known by whole calendar
    // months. What they are (workers, how they ended) is known of groups only: consecutive months
    // are put together until they hold `smallest_group` of them, always in the same way, so that
    // no two periods differ by less than a group.
    std::int64_t hidden() const { return hidden_; }
    const std::vector<model::Figures>& grouped() const { return grouped_; }

  private:
    void sort_out(std::vector<model::Figures> restricted, std::int64_t smallest_group);
    bool covers(time::Date first_month, time::Date last_month) const;

    const time::Calendar* calendar_;
    Period period_;
    time::Instant begin_, end_, now_;
    std::vector<model::Figures> cases_, grouped_;
    std::int64_t exercises_ = 0, hidden_ = 0;
};

}  // namespace jinqiao::engine::reports
